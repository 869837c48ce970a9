#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/child.h"
#include "base/err.h"

extern char **environ;

/* A child under way, which does not outlive the arena, even when memory runs out halfway. */
struct process {
	pid_t pid;                      /* 0: none */
	int read[2], write[2];          /* ends of the pipes for standard output and standard error; -1: closed */
};

static void
shut(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

static int
wait_for(struct process *p)
{
	int status = 0;

	while (waitpid(p->pid, &status, 0) == -1 && errno == EINTR)
		;
	p->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void
abandon(void *arg)
{
	struct process *p = arg;

	for (int i = 0; i < 2; i++) {
		shut(&p->read[i]);
		shut(&p->write[i]);
	}
	if (p->pid > 0) {
		kill(p->pid, SIGKILL);
		wait_for(p);
	}
}

static bool
is_hidden(const char *variable, const char *const *hidden)
{
	for (; *hidden != NULL; hidden++) {
		size_t n = strlen(*hidden);
		if (strncmp(variable, *hidden, n) == 0 && variable[n] == '=')
			return true;
	}
	return false;
}

static char **
environment(struct arena *a, const char *const *hidden)
{
	size_t n = 0, kept = 0;
	char **list;

	while (environ != NULL && environ[n] != NULL)
		n++;
	list = NEW_ARRAY(a, char *, n + 1);
	for (size_t i = 0; i < n; i++)
		if (!is_hidden(environ[i], hidden))
			list[kept++] = environ[i];
	return list;
}

static int
open_pipe(struct process *p, int i)
{
	int ends[2];

	if (pipe(ends) != 0)
		return errno;
	p->read[i] = ends[0];
	p->write[i] = ends[1];
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return 0;
}

static int
spawn(struct process *p, char *const *argv, char **env)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error != 0)
		return error;
	error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	for (int i = 0; i < 2 && error == 0; i++)
		error = posix_spawn_file_actions_adddup2(&actions, p->write[i], STDOUT_FILENO + i);
	if (error == 0)
		error = posix_spawnp(&p->pid, argv[0], &actions, NULL, argv, env);
	if (error != 0)
		p->pid = 0;
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static void
drain(struct process *p, int i, struct buf *out)
{
	char piece[16384];
	ssize_t got = read(p->read[i], piece, sizeof(piece));

	if (got > 0)
		buf_bytes(out, piece, (size_t)got);
	else if (got == 0 || (errno != EINTR && errno != EAGAIN))
		shut(&p->read[i]);
}

/* Both at once: the child waits when either pipe is full. poll() passes over -1. */
static void
collect(struct process *p, struct buf out[2])
{
	while (p->read[0] != -1 || p->read[1] != -1) {
		struct pollfd fds[] = { { .fd = p->read[0], .events = POLLIN }, { .fd = p->read[1], .events = POLLIN } };
		if (poll(fds, 2, -1) < 0)
			continue;
		for (int i = 0; i < 2; i++)
			if (fds[i].revents != 0)
				drain(p, i, &out[i]);
	}
}

int
child_run(struct arena *a, char *const *argv, const char *const *hidden, struct child *child, struct err *err)
{
	struct process *p = NEW(a, struct process);
	struct buf out[2] = { BUF(a), BUF(a) };
	char **env = environment(a, hidden);
	int error = 0;

	*p = (struct process){ .read = { -1, -1 }, .write = { -1, -1 } };
	arena_defer(a, abandon, p);
	for (int i = 0; i < 2 && error == 0; i++)
		error = open_pipe(p, i);
	if (error == 0)
		error = spawn(p, argv, env);
	if (error != 0) {
		abandon(p);
		return err_set(err, a, "cannot run %s: %s", argv[0], strerror(error));
	}
	shut(&p->write[0]);
	shut(&p->write[1]);
	collect(p, out);
	*child = (struct child){ .out = buf_text(&out[0]), .errors = buf_text(&out[1]), .status = wait_for(p) };
	return 0;
}

#include "cli/args.h"

#include <string.h>

extern const struct command command_completion;

static const struct option_spec options[] = {
	{ 0 },
};

/* An apostrophe would end the quotes around a text, a colon the word before it. */
static void
put_doc(struct buf *out, const char *doc)
{
	for (; *doc; doc++)
		if (*doc != '\'' && *doc != '[' && *doc != ']')
			buf_char(out, *doc == ':' ? ';' : *doc);
}

static const struct option_spec *
options_of(const struct command *c)
{
	static const struct option_spec none[] = { { 0 } };

	return c->options != NULL ? c->options : none;
}

/* ---- bash ---- */

static void
put_bash_options(struct buf *out, const struct command *c)
{
	buf_printf(out, "\t%s) words=\"", c->name);
	for (const struct option_spec *o = options_of(c); o->name; o++)
		buf_printf(out, "--%s ", o->name);
	buf_c(out, "--help\" ;;\n");
}

static void
write_bash(struct buf *out)
{
	size_t n;
	const struct command *const *commands = cli_commands(&n);

	buf_c(out, "# bash completion for dbopt-migrate\n_dbopt_migrate()\n{\n"
		"\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=\n"
		"\tCOMPREPLY=()\n\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\twords=\"");
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s ", commands[i]->name);
	buf_c(out, "--help --version\"\n\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n\t\treturn\n\tfi\n"
		"\tcase $previous in\n"
		"\t--rule|-r|explain) COMPREPLY=($(compgen -W \"$(dbopt-migrate list rules 2>/dev/null | awk '{ print $1 }')\" -- \"$current\")); return ;;\n"
		"\t--format|-f) COMPREPLY=($(compgen -W \"$(dbopt-migrate list formats 2>/dev/null | awk '{ print $1 }')\" -- \"$current\")); return ;;\n"
		"\t--fail-on|-F) COMPREPLY=($(compgen -W 'error warning info never' -- \"$current\")); return ;;\n"
		"\t--color) COMPREPLY=($(compgen -W 'always auto never' -- \"$current\")); return ;;\n"
		"\t--pg-version|-p) COMPREPLY=($(compgen -W '13 14 15 16 17 18' -- \"$current\")); return ;;\n"
		"\tlist) COMPREPLY=($(compgen -W 'rules operations fields formats frameworks' -- \"$current\")); return ;;\n"
		"\tesac\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < n; i++)
		put_bash_options(out, commands[i]);
	buf_c(out, "\tesac\n\tcase $current in\n"
		"\t-*) COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n"
		"\t*) COMPREPLY=($(compgen -f -- \"$current\")) ;;\n"
		"\tesac\n}\ncomplete -o filenames -F _dbopt_migrate dbopt-migrate\n");
}

/* ---- zsh ---- */

static void
put_zsh_command(struct buf *out, const struct command *c)
{
	buf_printf(out, "\t%s) _arguments ", c->name);
	for (const struct option_spec *o = options_of(c); o->name; o++) {
		buf_printf(out, "'*--%s%s[", o->name, o->argument ? "=" : "");
		put_doc(out, o->doc);
		buf_printf(out, "]%s%s%s' ", o->argument ? ":" : "", o->argument ? o->argument : "", o->argument ? ":_files" : "");
	}
	buf_c(out, "'--help[print this and leave]' '*:file:_files' ;;\n");
}

static void
write_zsh(struct buf *out)
{
	size_t n;
	const struct command *const *commands = cli_commands(&n);

	buf_c(out, "#compdef dbopt-migrate\nif (( CURRENT == 2 )); then\n\t_values command");
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, " '%s[", commands[i]->name);
		put_doc(out, commands[i]->summary);
		buf_c(out, "]'");
	}
	buf_c(out, "\n\treturn\nfi\nlocal name=$words[2]\nshift words\n(( CURRENT-- ))\ncase $name in\n");
	for (size_t i = 0; i < n; i++)
		put_zsh_command(out, commands[i]);
	buf_c(out, "esac\n");
}

/* ---- fish ---- */

static void
put_fish_command(struct buf *out, const struct command *c)
{
	buf_printf(out, "complete -c dbopt-migrate -n __fish_use_subcommand -a %s -d '", c->name);
	put_doc(out, c->summary);
	buf_c(out, "'\n");
	for (const struct option_spec *o = options_of(c); o->name; o++) {
		buf_printf(out, "complete -c dbopt-migrate -n '__fish_seen_subcommand_from %s' -l %s%s", c->name, o->name,
		    o->argument ? " -r" : "");
		if (o->letter)
			buf_printf(out, " -s %c", o->letter);
		buf_c(out, " -d '");
		put_doc(out, o->doc);
		buf_c(out, "'\n");
	}
}

static void
write_fish(struct buf *out)
{
	size_t n;
	const struct command *const *commands = cli_commands(&n);

	buf_c(out, "# fish completion for dbopt-migrate\n");
	for (size_t i = 0; i < n; i++)
		put_fish_command(out, commands[i]);
	buf_c(out, "complete -c dbopt-migrate -l help -s h -d 'print help and leave'\n");
}

static int
run(struct arena *arena, int argc, char **argv)
{
	static const struct str shells[] = { { "bash", 4 }, { "zsh", 3 }, { "fish", 4 } };
	static void (*const writers[])(struct buf *) = { write_bash, write_zsh, write_fish };
	struct args args;
	struct buf out = BUF(arena);
	int status;

	if (!args_parse(arena, &command_completion, argc, argv, &args, &status))
		return status;
	if (args.noperands != 1)
		return args_error(&args, "completion takes one shell: bash, zsh or fish");
	int shell = args_choose(&args, "shell", args.operands[0], shells, 3);
	if (shell < 0)
		return STATUS_TROUBLE;
	writers[shell](&out);
	return cli_print(buf_text(&out), STATUS_CLEAN);
}

const struct command command_completion = {
	.name = "completion",
	.usage = "bash|zsh|fish",
	.summary = "Print the completion script of a shell.",
	.details = "`make install` puts it where the shells look for it. Elsewhere: source <(dbopt-migrate completion bash)",
	.options = options,
	.run = run,
};

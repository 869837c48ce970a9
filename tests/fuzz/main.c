/* Stands in for a fuzzer's engine: runs the target once on each file it is given, and prints TAP. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static uint8_t *
read_all(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	long end;

	if (f && fseek(f, 0, SEEK_END) == 0 && (end = ftell(f)) >= 0 && fseek(f, 0, SEEK_SET) == 0 &&
		(data = malloc((size_t)end + 1)))
		*size = fread(data, 1, (size_t)end, f);
	if (f)
		fclose(f);
	return data;
}

int
main(int argc, char **argv)
{
	int failed = 0;

	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		size_t size;
		uint8_t *data = read_all(argv[i], &size);

		if (data)
			LLVMFuzzerTestOneInput(data, size);
		printf("%sok %d - %s\n", data ? "" : "not ", i, argv[i]);
		fflush(stdout);
		failed |= !data;
		free(data);
	}
	return failed;
}

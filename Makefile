# dbopt-migrate.  `make help` lists the targets; everything that is made goes under build/.

BUILD := build
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60

GEN := build/gen
BIN := $(BUILD)/dbopt-migrate
LIB := $(BUILD)/libdbopt_migrate.a
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) $(CFLAGS) $(SANITIZE) -pthread -Isrc -Iinclude -Isrc/gen
ALL_LDFLAGS = $(CFLAGS) $(SANITIZE) -pthread $(LDFLAGS)
# The library comes again for what libpg_query needs of sql/compat.c.
LIBS = $(PG_QUERY_LIBS) $(LIB) -lyaml -lexpat -ljansson -lmd
PQ_CFLAGS ?= -isystem $(shell pg_config --includedir)
PQ_LIBS ?= -lpq

SRC := $(sort $(filter-out src/main.c,$(wildcard src/*.c src/*/*.c)))
GEN_SRC := $(GEN)/registry.c $(GEN)/rules.c
HEADERS := $(sort $(wildcard include/*.h))
RULES := $(sort $(wildcard rules/*/*.yaml))
LIB_OBJ := $(SRC:%.c=$(BUILD)/obj/%.o) $(GEN_SRC:build/%.c=$(BUILD)/obj/%.o)
UNIT_SRC := $(sort $(wildcard tests/unit/*_test.c))
UNIT_SHARED := $(sort $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c)))
UNIT := $(UNIT_SRC:%.c=$(BUILD)/%)
FUZZ_SRC := $(sort $(wildcard tests/fuzz/*_fuzz.c))
FUZZ := $(FUZZ_SRC:%.c=$(BUILD)/%)
FAULT_SRC := $(sort $(wildcard tests/fault/*_test.c))
FAULT := $(FAULT_SRC:%.c=$(BUILD)/%)
ORACLE_MAIN := tests/oracle/main.c tests/oracle/random.c tests/oracle/replay.c tests/oracle/undo.c tests/oracle/advice.c
ORACLE_SHARED := $(sort $(filter-out $(ORACLE_MAIN),$(wildcard tests/oracle/*.c)))
ORACLE := $(ORACLE_MAIN:%.c=$(BUILD)/%)
TESTS := $(UNIT) $(FAULT) $(FUZZ) $(BUILD)/tests/seeds/.made $(ORACLE)
RUN := BUILD=$(BUILD) tests/run
GROUPS := unit rules golden adapters formats fault fuzz house oracle

all: $(BIN)

# Where libpg_query is.  try, test and deps get what is missing first; the others only say so.
DEPS_GOAL := $(filter try test deps,$(MAKECMDGOALS))
ifneq ($(DEPS_GOAL),)
include build/deps/flags.mk
build/deps/flags.mk: FORCE
	@.ci/deps $(if $(filter-out try,$(DEPS_GOAL)),test,try)
else
-include build/deps/flags.mk
ifeq ($(PG_QUERY_LIBS)$(filter clean help,$(MAKECMDGOALS)),)
$(error libpg_query 18 is missing: run `make deps`, or set PG_QUERY_CFLAGS and PG_QUERY_LIBS)
endif
endif

deps: ;

help:
	@echo 'make                     build $(BIN)'
	@echo 'make try                 get what the build needs, build, check the examples'
	@echo 'make test                get what the tests need, build, run everything'
	@echo 'make deps                get what the tests need (Debian 12 or newer)'
	@echo 'make check               run everything that `make test` runs'
	@echo 'make check-GROUP         run one of: $(GROUPS)'
	@echo 'make bless               show what golden tests print now, and accept it (BLESS=yes: do not ask)'
	@echo 'make mutate              make mistakes in the conditions of the rules: an example must notice each'
	@echo 'make asan                `make check` with the address and undefined behaviour sanitizers'
	@echo 'make fuzz                fuzz every target for FUZZ_SECONDS=$(FUZZ_SECONDS) (clang)'
	@echo 'make oracle ARGS=        compare our claims with a real server, in full view'
	@echo 'make replay ARGS=DIR     run migrations on a real server, and compare its catalog with the shadow'
	@echo 'make undo ARGS=DIR       run migrations and their ways back on a real server, and compare with what is said of those'
	@echo 'make advice ARGS=DIR     put each advice in the place of what it is about, and check those histories'
	@echo 'make random ARGS=        run random histories of DDL on a real server, and compare the same (--help)'
	@echo 'make bench               measure'
	@echo 'make install PREFIX= DESTDIR='
	@echo 'make clean               remove build/, but for build/deps'

try: $(BIN)
	@for d in examples/*/migrations; do echo; echo "\$$ dbopt-migrate check $$d"; \
	$(BIN) check $$d || test $$? -eq 1 || exit; done

# The program, and the library that is all of it but main.

$(BIN): $(BUILD)/obj/src/main.o $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

# Only sql/ and op/ see libpg_query.
$(BUILD)/obj/src/sql/%.o $(BUILD)/obj/src/op/%.o $(BUILD)/obj/tests/%.o: ALL_CFLAGS += $(PG_QUERY_CFLAGS)
$(BUILD)/obj/gen/%.o: ALL_CFLAGS += -Wno-overlength-strings
$(BUILD)/obj/tests/oracle/%.o: ALL_CFLAGS += $(PQ_CFLAGS)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(GEN)/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

# The registries: one feature is one file, and the constant that the file has the name of is all that has to be known.

# Replaces $@ by $@.new only where they differ, so that nothing is compiled again for nothing.
define if_changed
@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
endef

$(GEN)/registry.c: FORCE
	@mkdir -p $(@D)
	@for family in 'op op_kind' 'adapter adapter' 'output output' 'cli command'; do src/gen/registry.sh $$family || exit; done >$@.new
	$(if_changed)

$(GEN)/rules.list: FORCE
	@mkdir -p $(@D)
	@echo $(RULES) >$@.new
	$(if_changed)

$(GEN)/rules.c: src/gen/embed.awk $(GEN)/rules.list $(RULES)
	@awk -f $< $(RULES) >$@.new
	@mv $@.new $@

# Tests.  Every group prints TAP; tests/run adds it up.

$(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/%.o $(UNIT_SHARED:%.c=$(BUILD)/obj/%.o) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# With an arena of its own, where every block is one allocation, and with what can fail behind a wrapper.
WRAP := calloc malloc realloc read yaml_parser_parse
$(BUILD)/obj/tests/fault/arena.o: src/base/arena.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -UARENA_CHUNK_MAX -DARENA_CHUNK_MAX=16 -MMD -MP -c -o $@ $<

$(BUILD)/tests/fault/%: $(BUILD)/obj/tests/fault/%.o $(BUILD)/obj/tests/fault/arena.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) $(WRAP:%=-Wl,--wrap=%) -o $@ $^ $(LIBS)

# Without a fuzzer's engine: runs the files it is given.
$(BUILD)/tests/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/obj/tests/fuzz/main.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/seeds/.made: $(BUILD)/obj/tests/fuzz/seeds.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $(BUILD)/tests/make-seeds $^ $(LIBS)
	@rm -f $(@D)/*.sql
	$(BUILD)/tests/make-seeds $(@D)
	@touch $@

$(BUILD)/tests/oracle/%: $(BUILD)/obj/tests/oracle/%.o $(ORACLE_SHARED:%.c=$(BUILD)/obj/%.o) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) $(PQ_LIBS)

test check: $(BIN) $(TESTS)
	@$(RUN) $(GROUPS)

$(GROUPS:%=check-%): check-%: $(BIN) $(TESTS)
	@$(RUN) $*

bless: $(BIN)
	@$(RUN) --bless $(GROUPS)

oracle: $(BIN) $(ORACLE)
	$(BUILD)/tests/oracle/main $(ARGS)

# make replay ARGS=migrations
replay: $(ORACLE)
	@$(BUILD)/tests/oracle/replay $(ARGS)

# make undo ARGS='--every 5 migrations'
undo: $(ORACLE)
	@$(BUILD)/tests/oracle/undo $(ARGS)

# make advice ARGS=migrations
advice: $(ORACLE)
	@$(BUILD)/tests/oracle/advice $(ARGS)

# make random ARGS='--seed 7 --histories 1 --verbose'
random: $(ORACLE)
	@$(BUILD)/tests/oracle/random $(ARGS)

mutate: $(BIN)
	@$(BIN) test --mutate rules >$(BUILD)/mutate.tap; status=$$?; grep -v '^ok' $(BUILD)/mutate.tap; exit $$status

bench: $(BIN)
	BUILD=$(BUILD) tests/bench/run $(ARGS)

# A build of its own, since every object differs.
asan:
	ASAN_OPTIONS=strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) BUILD=build/asan \
	CFLAGS='-O1 -g -fno-omit-frame-pointer -DARENA_CHUNK_MAX=16' SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' check

fuzz:
	$(MAKE) BUILD=build/fuzz CC=clang CFLAGS='-O1 -g -DARENA_CHUNK_MAX=16' \
	SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' fuzz-run

$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

fuzz-run: $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzz/%) $(BUILD)/tests/seeds/.made
	@for f in $(filter-out %/.made,$^); do name=$${f##*/}; name=$${name%_fuzz}; mkdir -p $(BUILD)/corpus/$$name; \
	$$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 -artifact_prefix=$(BUILD)/$$name- \
	$(BUILD)/corpus/$$name $$(ls -d tests/fuzz/corpus/$$name 2>/dev/null) $(BUILD)/tests/seeds || exit; done

install: $(BIN)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib \
	$(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	$(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib
	$(if $(HEADERS),install -m 644 $(HEADERS) $(DESTDIR)$(PREFIX)/include)
	install -m 644 src/cli/dbopt-migrate.1 $(DESTDIR)$(PREFIX)/share/man/man1
	$(BIN) completion bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/dbopt-migrate
	$(BIN) completion zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_dbopt-migrate
	$(BIN) completion fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/dbopt-migrate.fish

clean:
	rm -rf $(filter-out build/deps,$(wildcard build/*))

FORCE:

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: FORCE advice all asan bench bless check clean deps fuzz fuzz-run help install mutate oracle random replay test try undo $(GROUPS:%=check-%)

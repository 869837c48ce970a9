# usage: awk -f embed.awk FILE...
# Prints the C source that holds the text of every rule; the type is in rule/embedded.h.

BEGIN {
	print "#include \"rule/embedded.h\"\n"
	print "#define RULE(path, text) {path, text, sizeof(text) - 1}\n"
	print "const struct embedded_rule embedded_rules[] = {"
	for (i = 1; i < ARGC; i++) {
		printf "RULE(\"%s\",", ARGV[i]
		while ((getline line < ARGV[i]) > 0) {
			gsub(/["\\?]/, "\\\\&", line) # ? would be a trigraph
			gsub(/\r/, "\\r", line)
			printf "\n\"%s\\n\"", line
		}
		close(ARGV[i])
		print " \"\"),"
	}
	print "\t{0, 0, 0},\n};\n\nconst size_t embedded_rules_count = " (ARGC - 1) ";"
}

{{- /* the tables of the first release */ -}}
CREATE TABLE {{.prefix}}notes (
	id bigint PRIMARY KEY,
	{{if .postgres}}made timestamptz{{else if .sqlite}}made text{{else}}made datetime(6){{end}} NOT NULL,
	{{if and .mysql .plugin}}`key`{{else}}key{{end}} text,
	body {{if or .sqlite .mysql}}longtext{{end}}{{if not .mysql}}json{{end}}
) {{if .mysql}}DEFAULT CHARACTER SET utf8mb4{{end}};

{{ if .Dialect }}SELECT 1;{{ end }}

{{ template "shared/v1.sql" . }}

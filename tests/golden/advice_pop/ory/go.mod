module example.com/app

go 1.22

require github.com/ory/x v0.0.600

module shop

go 1.22

require github.com/maragudk/migrate v0.4.3

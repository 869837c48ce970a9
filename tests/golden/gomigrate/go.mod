module shop

go 1.22

require github.com/DavidHuie/gomigrate v0.0.0-20160809001028-4004e6142040

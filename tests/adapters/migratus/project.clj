(defproject shop "1" :dependencies [[migratus "1.6.3"]])

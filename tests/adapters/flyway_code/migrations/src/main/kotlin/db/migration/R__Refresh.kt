package db.migration

class R__Refresh : BaseJavaMigration()

package db.migration.postgresql

class V3_1__Folded : BaseJavaMigration()

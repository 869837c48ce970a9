package sql.pg;

public class V2__Rename_leader extends BaseJavaMigration {
}

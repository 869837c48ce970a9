package db.migration;

public class V2__Nick extends BaseJavaMigration {
}

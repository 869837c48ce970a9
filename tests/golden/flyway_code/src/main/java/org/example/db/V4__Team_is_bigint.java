package org.example.db;

public class V4__Team_is_bigint extends BaseJavaMigration {
}

package db.migration;

public class Helper {
}

databaseChangeLog {
	include file: 'rooms.sql', relativeToChangelogFile: true
}

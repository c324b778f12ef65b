/// Functions of PostgreSQL and its common extensions that change something when a query calls them.
///
/// A read-only transaction refuses some of them, but not those that act on other sessions, files or servers.
enum SideEffects {
    static func has(_ function: String) -> Bool {
        names.contains(function) || prefixes.contains { function.hasPrefix($0) }
    }

    private static let names: Set = [
        "nextval", "setval", "set_config", "pg_notify", "pg_terminate_backend", "pg_cancel_backend", "pg_reload_conf",
        "pg_rotate_logfile", "pg_promote", "pg_switch_wal", "pg_create_restore_point", "pg_logical_emit_message",
        "pg_file_write", "pg_file_unlink", "pg_file_rename", "query_to_xml", "pg_export_snapshot",
    ]

    private static let prefixes = [
        "lo_", "dblink", "pg_advisory_", "pg_try_advisory_", "pg_sleep", "pg_stat_reset", "pg_create_", "pg_drop_",
        "pg_replication_", "pg_wal_replay_",
    ]
}

/// What a function of PostgreSQL or one of its common extensions does besides returning a value.
///
/// The names are those of versions 10 to 18. What a function of the database's own does, only the database knows.
enum FunctionEffect: CaseIterable {
    /// Acts on other sessions, files, the log or the server at once: no transaction holds it back or takes it back.
    case acts
    /// Reaches another server, or this one again, over a connection of its own.
    case connects
    /// Runs a statement that it is given as a text, or that a table's name makes.
    case runsText
    /// Writes in the database; a read-only transaction refuses or rolls back what it does.
    case writes
    /// Changes a setting of the session, which the checks after this one then have, too.
    case sets
    /// Takes or gives back a lock that other sessions wait for.
    case locks
    /// Reads the server's files or slots.
    case readsServer
    /// Waits, with the snapshot held open.
    case waits
    /// Gives what this session did last, and assay's has done nothing.
    case remembers

    init?(_ function: String) {
        let effect = Self.allCases.first { Self.names[$0]?.contains(function) == true }
        let family = Self.families.first { function.hasPrefix($0.prefix) }?.effect
        guard let effect = effect ?? family else { return nil }
        self = effect
    }

    /// A check must not call it at all.
    var isMistake: Bool { self == .acts }

    /// What a reader of the check should know, after the function's name.
    var explanation: String {
        switch self {
        case .acts:
            "acts at once on other sessions, on files or on the server; a read-only transaction does not hold it back, "
                + "and no rollback takes it back: a check must not call it"
        case .connects:
            "reaches a server over a connection of its own; what it reads there is of another snapshot, and what it "
                + "writes there, the read-only transaction here does not hold back"
        case .runsText:
            "runs a statement that is a text here, which lint cannot read; the read-only transaction of an audit keeps it "
                + "from writing"
        case .writes:
            "writes in the database; the read-only transaction of an audit refuses it, or rolls it back"
        case .sets:
            "changes a setting of the session, which then holds for the checks that follow; write the value into the "
                + "query instead"
        case .locks:
            "takes or gives back a lock that other sessions may wait for; a read-only transaction does not hold it back"
        case .readsServer: "reads the server's own files or slots, which a role needs rights for"
        case .waits: "waits, and keeps the snapshot and the connection for as long"
        case .remembers: "gives what its own session did last, and assay's has done nothing: it fails"
        }
    }

    private static let names: [FunctionEffect: Set<String>] = [
        .acts: [
            "pg_terminate_backend", "pg_cancel_backend", "pg_reload_conf", "pg_rotate_logfile",
            "pg_rotate_logfile_old", "pg_promote", "pg_switch_wal", "pg_switch_xlog", "pg_create_restore_point",
            "pg_logical_emit_message", "pg_log_standby_snapshot", "pg_log_backend_memory_contexts",
            "pg_import_system_collations", "pg_nextoid", "pg_stop_making_pinned_objects", "pg_start_backup",
            "pg_stop_backup", "pg_file_write", "pg_file_unlink", "pg_file_rename", "pg_file_sync", "pg_logdir_rotate",
            "lo_export", "brin_summarize_new_values", "brin_summarize_range", "brin_desummarize_range",
            "gin_clean_pending_list", "pg_logical_slot_get_changes", "pg_logical_slot_get_binary_changes",
            "pg_sync_replication_slots", "pg_extension_config_dump", "pg_truncate_visibility_map", "heap_force_kill",
            "heap_force_freeze", "autoprewarm_start_worker", "autoprewarm_dump_now",
            "pg_stat_statements_reset", "pg_qualstats_reset", "pg_wait_sampling_reset_profile",
            "pg_stat_kcache_reset", "pg_stat_monitor_reset", "pg_store_plans_reset", "pg_buffercache_mark_dirty",
            "pg_buffercache_mark_dirty_relation", "pg_buffercache_mark_dirty_all", "pg_log_query_plan",
            "pg_get_process_memory_contexts", "query_export_to_s3", "postgres_fdw_disconnect",
            "postgres_fdw_disconnect_all",
            "dblink_exec", "dblink_send_query", "dblink_cancel_query",
        ],
        .connects: [],
        .runsText: [
            "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "cursor_to_xml", "cursor_to_xmlschema",
            "table_to_xml", "table_to_xmlschema", "table_to_xml_and_xmlschema", "schema_to_xml", "schema_to_xmlschema",
            "schema_to_xml_and_xmlschema", "database_to_xml", "database_to_xmlschema",
            "database_to_xml_and_xmlschema", "xpath_table", "ts_stat", "ts_rewrite", "crosstab", "crosstab2",
            "crosstab3", "crosstab4", "crosstabn", "connectby", "xslt_process",
        ],
        .writes: [
            "nextval", "setval", "pg_notify", "txid_current", "pg_current_xact_id", "lo_creat", "lo_create",
            "lo_from_bytea", "lo_import", "lo_put", "lo_truncate", "lo_truncate64", "lo_unlink", "lo_manage",
            "lowrite", "pg_export_snapshot",
        ],
        .sets: ["set_config", "setseed", "set_limit"],
        .locks: [],
        .readsServer: [
            "pg_read_file", "pg_read_file_old", "pg_read_binary_file", "pg_stat_file", "pg_file_read",
            "pg_file_length", "pg_logical_slot_peek_changes", "pg_logical_slot_peek_binary_changes", "lo_get",
            "lo_open",
            "loread", "pg_hba_file_rules", "pg_ident_file_mappings", "pg_show_all_file_settings",
        ],
        .waits: ["pg_sleep", "pg_sleep_for", "pg_sleep_until"],
        .remembers: ["currval", "lastval"],
    ]

    /// Whole families, by how their names begin; a name above wins.
    private static let families: [(prefix: String, effect: FunctionEffect)] = [
        ("pg_stat_reset", .acts), ("pg_backup_", .acts), ("pg_wal_replay_pause", .acts),
        ("pg_wal_replay_resume", .acts), ("pg_xlog_replay_", .acts), ("pg_create_physical_", .acts),
        ("pg_create_logical_", .acts), ("pg_copy_physical_", .acts), ("pg_copy_logical_", .acts),
        ("pg_drop_replication_slot", .acts), ("pg_replication_slot_advance", .acts),
        ("pg_replication_origin_create", .acts), ("pg_replication_origin_drop", .acts),
        ("pg_replication_origin_advance", .acts), ("pg_replication_origin_session_setup", .acts),
        ("pg_replication_origin_session_reset", .acts), ("pg_replication_origin_xact_", .acts),
        ("pg_restore_relation_stats", .acts), ("pg_restore_attribute_stats", .acts),
        ("pg_restore_extended_stats", .acts), ("pg_clear_relation_stats", .acts),
        ("pg_clear_attribute_stats", .acts), ("pg_clear_extended_stats", .acts), ("pg_buffercache_evict", .acts),
        ("binary_upgrade_", .acts), ("pg_background_", .acts), ("http_", .connects), ("dblink", .connects),
        ("pg_advisory_", .locks), ("pg_try_advisory_", .locks), ("pg_ls_", .readsServer),
    ]
}

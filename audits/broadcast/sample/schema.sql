-- The three tables that the broadcast suite audits, with every constraint the platform's own schema has.
-- sample.sql, sound.sql and Benchmarks/scale.sql are each loaded into an empty database after this file.

CREATE TABLE registered_users (
    user_id  uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    username text NOT NULL UNIQUE,
    email    text NOT NULL
);

-- One row for each registered channel pair: an open channel that advertises, a closed one that is paid for.
-- Nothing here keeps a pair from being registered twice, or without an owner: that is why two checks look.
CREATE TABLE main_clients_database (
    open_channel_id        text,
    open_channel_title     text,
    closed_channel_id      text,
    closed_channel_title   text,
    client_id              uuid REFERENCES registered_users (user_id),
    sub_1_price            numeric(10, 2),
    sub_1_time             integer,
    sub_2_price            numeric(10, 2),
    sub_2_time             integer,
    client_wallet_address  text,
    client_payout_currency text,
    client_payout_network  text,
    created_by             text,
    updated_at             timestamptz DEFAULT now()
);
CREATE INDEX idx_main_clients_client ON main_clients_database (client_id);

-- One row for each channel pair: when it was last announced in the open channel, and when it is next.
CREATE TABLE broadcast_manager (
    id                       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    client_id                uuid NOT NULL,
    open_channel_id          text NOT NULL,
    closed_channel_id        text NOT NULL,
    last_sent_time           timestamptz,
    next_send_time           timestamptz DEFAULT now(),
    broadcast_status         text DEFAULT 'pending',
    last_manual_trigger_time timestamptz,
    manual_trigger_count     integer DEFAULT 0,
    total_broadcasts         integer DEFAULT 0,
    successful_broadcasts    integer DEFAULT 0,
    failed_broadcasts        integer DEFAULT 0,
    last_error_message       text,
    last_error_time          timestamptz,
    consecutive_failures     integer DEFAULT 0,
    is_active                boolean DEFAULT true,
    created_at               timestamptz DEFAULT now(),
    updated_at               timestamptz DEFAULT now(),
    CONSTRAINT unique_channel_pair UNIQUE (open_channel_id, closed_channel_id),
    CONSTRAINT fk_broadcast_client FOREIGN KEY (client_id) REFERENCES registered_users (user_id) ON DELETE CASCADE,
    CONSTRAINT valid_status
        CHECK (broadcast_status IN ('pending', 'in_progress', 'completed', 'failed', 'skipped'))
);
CREATE INDEX idx_broadcast_client ON broadcast_manager (client_id);

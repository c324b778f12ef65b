-- A small platform in good order, loaded into an empty database after schema.sql: no check finds anything.

BEGIN;

-- What schema.sql leaves open: a pair is registered once, by an owner, and its entry goes with it.
ALTER TABLE main_clients_database
    ALTER COLUMN client_id SET NOT NULL,
    ADD CONSTRAINT unique_registration UNIQUE (open_channel_id, closed_channel_id);
ALTER TABLE broadcast_manager
    ADD CONSTRAINT fk_broadcast_channel FOREIGN KEY (open_channel_id, closed_channel_id)
        REFERENCES main_clients_database (open_channel_id, closed_channel_id) ON DELETE CASCADE;

-- 10 users with 3 channels each.
INSERT INTO registered_users (user_id, username, email)
SELECT md5(username)::uuid, username, username || '@example.com'
FROM unnest(ARRAY[
    'amber_news', 'birch_radio', 'cedar_books', 'dahlia_art', 'ember_games',
    'fern_yoga', 'glacier_fx', 'hazel_kitchen', 'iris_photo', 'juniper_law'
]) AS username;

INSERT INTO main_clients_database (
    open_channel_id, open_channel_title, closed_channel_id, closed_channel_title, client_id,
    sub_1_price, sub_1_time, client_wallet_address, client_payout_currency, client_payout_network, created_by)
SELECT
    '-100' || 1300000000 + n, title, '-100' || 1700000000 + n, title || ' VIP', user_id,
    9.99, 30, 'T' || upper(md5(username)), 'USDT', 'TRX', 'registration'
FROM (
    SELECT
        u.user_id, u.username, u.username || ' ' || series.name AS title,
        row_number() OVER (ORDER BY u.username, series.name) AS n
    FROM registered_users AS u, unnest(ARRAY['daily', 'live', 'archive']) AS series (name)
) AS channel;

-- Every status in its right place; 98 of 100 broadcasts arrived.
INSERT INTO broadcast_manager (
    client_id, open_channel_id, closed_channel_id, last_sent_time, next_send_time, broadcast_status,
    total_broadcasts, successful_broadcasts, failed_broadcasts, consecutive_failures, is_active)
SELECT
    client_id, open_channel_id, closed_channel_id, now() - interval '6 hours',
    CASE WHEN n % 5 = 0 THEN now() - interval '1 minute' ELSE now() + interval '6 hours' END,
    (ARRAY['pending', 'in_progress', 'completed', 'failed', 'skipped'])[1 + n % 5],
    100, 98, 2, CASE WHEN n % 5 = 3 THEN 2 ELSE 0 END, n % 15 <> 4
FROM (
    SELECT m.*, row_number() OVER (ORDER BY open_channel_id) AS n
    FROM main_clients_database AS m
) AS channel;

COMMIT;

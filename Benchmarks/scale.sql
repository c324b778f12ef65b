-- A large database for measuring. Load audits/broadcast/sample/schema.sql into an empty database first, then
--
--     psql -v ON_ERROR_STOP=1 -v channels=1000000 -v users=300000 -v missing=10000 -f Benchmarks/scale.sql
--
-- These are also the values when none are given. `missing` may be as large as `channels`; for at most ten channels
-- a user keep `channels` within ten times `users`. channel-without-broadcast then finds exactly `missing` violations
-- and user-missing-broadcasts the users they belong to; of the others only cascade-gap finds something, one row.

\if :{?channels}
\else
\set channels 1000000
\endif
\if :{?users}
\else
\set users 300000
\endif
\if :{?missing}
\else
\set missing 10000
\endif

BEGIN;

INSERT INTO registered_users (user_id, username, email)
SELECT md5('user ' || n)::uuid, 'user_' || n, 'user_' || n || '@example.com'
FROM generate_series(1, :users) AS n;

-- Channel n is the k-th in the order of owners. The prime spreads a user's channels over the table, as years of
-- registrations would: no plan profits from neighbours. `lacks_entry` is true for exactly `missing` values of k.
CREATE TEMPORARY TABLE channel ON COMMIT DROP AS
SELECT
    '-100' || 1000000000 + n AS open_channel_id,
    '-100' || 5000000000 + n AS closed_channel_id,
    md5('user ' || 1 + k * :users / :channels)::uuid AS client_id,
    (k + 1) * :missing / :channels > k * :missing / :channels AS lacks_entry,
    n
FROM generate_series(1, :channels) AS n, LATERAL (SELECT n * 611953::bigint % :channels) AS place (k);

INSERT INTO main_clients_database (
    open_channel_id, open_channel_title, closed_channel_id, closed_channel_title, client_id,
    sub_1_price, sub_1_time, client_wallet_address, client_payout_currency, client_payout_network, created_by)
SELECT
    open_channel_id, 'Channel ' || n, closed_channel_id, 'Channel ' || n || ' VIP', client_id,
    9.99, 30, '0x' || md5('wallet ' || n), 'USDT', 'TRX', 'registration'
FROM channel;

INSERT INTO broadcast_manager (
    client_id, open_channel_id, closed_channel_id, last_sent_time, next_send_time, broadcast_status,
    total_broadcasts, successful_broadcasts, failed_broadcasts)
SELECT
    client_id, open_channel_id, closed_channel_id, now() - interval '12 hours', now() + interval '12 hours', 'completed',
    100, 97 + n % 3, 3 - n % 3
FROM channel
WHERE NOT lacks_entry;

COMMIT;

ANALYZE;

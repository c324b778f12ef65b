-- Sample data for the broadcast suite, loaded into an empty database after schema.sql: a small platform with every
-- kind of trouble that the suite looks for. Times are relative to the moment of loading; everything else is fixed.
--
-- Each section says what it plants and what the checks then find; the last lines hold the counts for programs.

BEGIN;

-- 40 users. The first report of the trouble came from northwind_media. just_looking has no channels.
INSERT INTO registered_users (user_id, username, email) VALUES
    ('7e1018e4-5644-4031-a05c-4166cc877264', 'northwind_media', 'northwind.media@example.com'),
    ('0b6f9a52-0c1e-4a55-9b1c-3f0f1a1c2d77', 'vela.studio', 'vela.studio@example.com'),
    ('c2d1b0d4-2a8e-4c3b-8d4e-5b9ad3c7e001', 'tomas_k', 'tomas.k@example.com'),
    ('f6fadfa7-e5c1-4b62-9362-da5cc13da58a', 'megaphone_network', 'megaphone.network@example.com'),
    ('2c63888f-28f0-4481-be6d-dce7a7ace732', 'tenfold_press', 'tenfold.press@example.com'),
    ('8a119b9e-16bc-4732-8f7b-7676d015b0dc', 'lumen_agency', 'lumen.agency@example.com'),
    ('bc67ba94-637d-4efa-a09e-467ada679f81', 'aurora_analytics', 'aurora.analytics@example.com'),
    ('fab36728-a78b-4b7e-8787-c0de2f960063', 'baltic_trader', 'baltic.trader@example.com'),
    ('a712755f-6cac-44d5-99d5-269512e74f7b', 'casa_dorada', 'casa.dorada@example.com'),
    ('ac8efe12-1c59-49f1-ba2d-de83458bfed0', 'delta_chess', 'delta.chess@example.com'),
    ('5796a670-482c-490e-8d97-82bfcdc83011', 'echo_fitness', 'echo.fitness@example.com'),
    ('0b80a255-53a1-4945-a932-58ef7777682c', 'fjord_radio', 'fjord.radio@example.com'),
    ('45ac16b9-c20d-4c21-8f8a-7abff2e91ac7', 'gilded_kitchen', 'gilded.kitchen@example.com'),
    ('dd2ee150-d284-4277-b89c-1af40ce8fcc9', 'harbor_news', 'harbor.news@example.com'),
    ('3c3ae353-fb14-428e-90b4-01a6c1cc0aff', 'indigo_yoga', 'indigo.yoga@example.com'),
    ('b9c8b9ff-e46e-4627-9419-c7723226db94', 'jade_mandarin', 'jade.mandarin@example.com'),
    ('bbeeb636-1d33-4c6d-96f0-da847a2a3b87', 'kestrel_fx', 'kestrel.fx@example.com'),
    ('68e58909-ccb2-4416-925a-56c9a30f4300', 'lyra_music', 'lyra.music@example.com'),
    ('ff53a46f-5ead-403a-84c4-b877678537a3', 'marlow_books', 'marlow.books@example.com'),
    ('e179f773-a6e0-43c0-9514-b7dde2ad0478', 'nadia.design', 'nadia.design@example.com'),
    ('0c28cec1-b947-42af-a4b9-36976b4b76b0', 'orchard_wine', 'orchard.wine@example.com'),
    ('a398d022-d435-4df4-8322-905089933837', 'pixel_foundry', 'pixel.foundry@example.com'),
    ('4c8b1eb4-4f1e-4ccf-8372-a2a784a67245', 'quarry_climbing', 'quarry.climbing@example.com'),
    ('ac9130f4-547c-47d3-8e3a-655f20731ab2', 'rheingold_opera', 'rheingold.opera@example.com'),
    ('ca3ab343-ac33-4b68-be9b-f77c6519a9d5', 'saffron_spice', 'saffron.spice@example.com'),
    ('03c472ca-4495-48b4-b8d8-89d2b47a5c1d', 'tundra_photo', 'tundra.photo@example.com'),
    ('77dde229-df88-4e4d-ac23-86e5cc86ba64', 'umbra_games', 'umbra.games@example.com'),
    ('c3dd75f6-8085-48e6-ac92-5f09a227f039', 'viola_tutors', 'viola.tutors@example.com'),
    ('bb262a93-4ce1-4c61-aa03-36d98b8c82f1', 'wren_parenting', 'wren.parenting@example.com'),
    ('b183256e-a16e-4121-b07a-6fc42fd7b23a', 'xenon_tech', 'xenon.tech@example.com'),
    ('8f39aaa5-729a-453c-b891-da33e83a9d40', 'yarrow_herbs', 'yarrow.herbs@example.com'),
    ('e5a9f6b1-a297-49bf-adf4-38f7b27c1c74', 'zephyr_sailing', 'zephyr.sailing@example.com'),
    ('f1a38d32-6834-4c65-927c-b2382bedda16', 'alba_recipes', 'alba.recipes@example.com'),
    ('d00f7b11-205f-42f7-88c1-d781b972e776', 'brio_languages', 'brio.languages@example.com'),
    ('b21b1c2e-1f61-41bc-acb7-0dd842762334', 'cobalt_crypto', 'cobalt.crypto@example.com'),
    ('3ceb0831-8744-4e92-ad93-36c0f9c4b930', 'dune_travel', 'dune.travel@example.com'),
    ('b338afd6-b776-4568-a9ca-4bb956e78ec7', 'elm_street_law', 'elm.street.law@example.com'),
    ('ea44bd0d-405e-4311-8b68-dba7a2bb831d', 'fable_theatre', 'fable.theatre@example.com'),
    ('670c1cd3-5555-4e31-84be-37c1dfe6c55b', 'o''brien "the desk"', 'o''brien@example.com'),
    ('6f877ca9-8a42-427f-b0d3-79d72f8cbeb2', 'just_looking', 'just.looking@example.com');

-- 127 channels, each registered once by an owner. A channel is `age` days old.
INSERT INTO main_clients_database (
    open_channel_id, open_channel_title, closed_channel_id, closed_channel_title, client_id,
    sub_1_price, sub_1_time, sub_2_price, sub_2_time,
    client_wallet_address, client_payout_currency, client_payout_network, created_by, updated_at)
SELECT
    open_id, title, closed_id, title || ' VIP', u.user_id,
    4.99 + age % 7, 30, 11.99 + age % 7, 90,
    'T' || upper(md5(c.username)), 'USDT', 'TRX', 'registration', now() - age * interval '1 day'
FROM (VALUES
    ('northwind_media', '-1001551855530', '-1001137911787', 12, 'Northwind Signals'),
    ('northwind_media', '-1001581754393', '-1001196434479', 15, 'Northwind Daily Brief'),
    ('northwind_media', '-1001251739246', '-1001578785924', 18, 'Northwind Macro Notes'),
    ('northwind_media', '-1001229203522', '-1001813138482', 6, 'Northwind Energy Desk'),
    ('northwind_media', '-1001943947012', '-1002097086259', 3, 'Northwind Metals'),
    ('northwind_media', '-1001532530773', '-1002144103583', 10, 'Northwind Freight Watch'),
    ('northwind_media', '-1001635757530', '-1001963726107', 9, 'Northwind Nordic Stocks'),
    ('northwind_media', '-1001658741239', '-1001757757688', 13, 'Northwind Options Lab'),
    ('northwind_media', '-1001148524306', '-1001781426471', 11, 'Northwind Earnings Live'),
    ('northwind_media', '-1001860901911', '-1001560732805', 13, 'Northwind Weekend Read'),
    ('vela.studio', '-1002080144456', '-1002379844223', 202, 'Vela Showreel'),
    ('vela.studio', '-1002287261806', '-1001875032024', 158, 'Vela Colour Grading'),
    ('vela.studio', '-1002352124115', '-1002356573380', 217, 'Vela Motion Class'),
    ('vela.studio', '-1001193825344', '-1001305292132', 20, 'Vela Lens Talk'),
    ('vela.studio', '-1001977226553', '-1002180239442', 24, 'Vela Studio Diary'),
    ('vela.studio', '-1001280160820', '-1001774423176', 24, 'Vela Client Room'),
    ('vela.studio', '-1001355916784', '-1001817943993', 6, 'Vela Presets'),
    ('vela.studio', '-1001797881730', '-1002188342534', 8, 'Vela Night Shoots'),
    ('tomas_k', '-1002185769910', '-1002316052765', 366, 'Tomas Lessons'),
    ('tomas_k', '-1001782263325', '-1001299736905', 274, 'Tomas Endgames'),
    ('tomas_k', '-1001154088042', '-1001513745461', 185, 'Tomas Openings'),
    ('tomas_k', '-1002234951449', '-1001222164934', 207, 'Tomas Blitz Club'),
    ('megaphone_network', '-1001296014878', '-1001681345712', 233, 'Megaphone One'),
    ('megaphone_network', '-1002028996821', '-1002340841982', 115, 'Megaphone Two'),
    ('megaphone_network', '-1002182901186', '-1001337424739', 298, 'Megaphone Three'),
    ('megaphone_network', '-1001356677688', '-1001932734644', 288, 'Megaphone Four'),
    ('megaphone_network', '-1002030343221', '-1001550763313', 288, 'Megaphone Five'),
    ('megaphone_network', '-1001704699652', '-1001146964232', 211, 'Megaphone Six'),
    ('megaphone_network', '-1001723868316', '-1001989498440', 252, 'Megaphone Seven'),
    ('megaphone_network', '-1002321366429', '-1001391577126', 200, 'Megaphone Eight'),
    ('megaphone_network', '-1002332911973', '-1001680182939', 107, 'Megaphone Nine'),
    ('megaphone_network', '-1002045842643', '-1002267466017', 101, 'Megaphone Ten'),
    ('megaphone_network', '-1001413535132', '-1001667578375', 283, 'Megaphone Eleven'),
    ('megaphone_network', '-1002358771894', '-1001579725870', 149, 'Megaphone Twelve'),
    ('tenfold_press', '-1002152394191', '-1001643583576', 251, 'Tenfold Politics'),
    ('tenfold_press', '-1001750820366', '-1001619216735', 152, 'Tenfold Economy'),
    ('tenfold_press', '-1001950433027', '-1002395080454', 142, 'Tenfold Culture'),
    ('tenfold_press', '-1001759733587', '-1001635316221', 163, 'Tenfold Sports'),
    ('tenfold_press', '-1001669032701', '-1001634185866', 68, 'Tenfold Science'),
    ('tenfold_press', '-1001292905257', '-1001484905831', 159, 'Tenfold Cities'),
    ('tenfold_press', '-1001588601413', '-1001354492004', 280, 'Tenfold Opinion'),
    ('tenfold_press', '-1001432922368', '-1002000841135', 102, 'Tenfold Longread'),
    ('tenfold_press', '-1001299918740', '-1001949511245', 237, 'Tenfold Cartoons'),
    ('tenfold_press', '-1001525922976', '-1002227055717', 85, 'Tenfold Archive'),
    ('aurora_analytics', '-1001337738243', '-1001107474356', 127, 'Aurora Markets Live'),
    ('aurora_analytics', '-1002165661204', '-1002144768530', 9, 'Aurora | Alpha | `Beta`'),
    ('baltic_trader', '-1001748900797', '-1001170456436', 321, 'Baltic Trades Signals'),
    ('baltic_trader', '-1002388311296', '-1001600760552', 64, 'Baltic Trades Live'),
    ('baltic_trader', '-1001462474618', '-1001194426808', 269, 'Baltic Trades Archive'),
    ('casa_dorada', '-1001660390084', '-1001591904005', 255, 'Casa Dorada Insiders'),
    ('casa_dorada', '-1001987700768', '-1001218236471', 241, 'Casa Dorada Live'),
    ('casa_dorada', '-1001343792894', '-1001274039752', 6, 'Casa Dorada Signals'),
    ('delta_chess', '-1001937472986', '-1001429227013', 100, 'Delta Chess Insiders'),
    ('delta_chess', '-1001965247611', '-1002287542595', 371, 'Delta Chess Weekly'),
    ('echo_fitness', '-1001822494782', '-1002248160085', 319, 'Echo Fitness Signals'),
    ('echo_fitness', '-1001856822351', '-1002157494263', 332, 'Echo Fitness Weekly'),
    ('fjord_radio', '-1001708414849', '-1002044071708', 367, 'Fjord Radio Insiders'),
    ('fjord_radio', '-1001492929156', '-1001167118658', 82, 'Fjord Radio Live'),
    ('gilded_kitchen', '-1001714412981', '-1001233018649', 189, 'Gilded Kitchen Daily'),
    ('gilded_kitchen', '-1001238082906', '-1001930921313', 64, 'Gilded Kitchen Live'),
    ('harbor_news', '-1001677473063', '-1001164300426', 72, 'Harbor News Live'),
    ('harbor_news', '-1002014331469', '-1001557030215', 402, 'Harbor News Daily'),
    ('harbor_news', '-1002327001375', '-1001718213320', 2, 'Harbor News Weekly'),
    ('indigo_yoga', '-1001757226248', '-1001383392226', 281, 'Indigo Yoga Archive'),
    ('indigo_yoga', '-1001783279520', '-1001309312414', 390, 'Indigo Yoga Weekly'),
    ('jade_mandarin', '-1001360444650', '-1001533902485', 344, 'Jade Mandarin Signals'),
    ('jade_mandarin', '-1001876103540', '-1001443333555', 318, 'Jade Mandarin Weekly'),
    ('jade_mandarin', '-1001747393782', '-1002328434226', 7, E'\u200Fמנדרינית\u200E Jade Mandarin'),
    ('kestrel_fx', '-1001865428494', '-1001463373471', 401, 'Kestrel FX Weekly'),
    ('kestrel_fx', '-1001198733282', '-1001172415896', 5, '<script>alert("kestrel")</script>'),
    ('lyra_music', '-1002105142636', '-1001320225223', 232, 'Lyra Music Weekly'),
    ('lyra_music', '-1001103949541', '-1001196884746', 328, 'Lyra Music Live'),
    ('marlow_books', '-1001160633809', '-1001935285270', 261, 'Marlow Books Daily'),
    ('marlow_books', '-1001381296226', '-1002133764564', 165, 'Marlow Books Live'),
    ('nadia.design', '-1002210073229', '-1001656160538', 204, 'Nadia Designs Live'),
    ('nadia.design', '-1001885689454', '-1002228948326', 139, 'Nadia Designs Archive'),
    ('orchard_wine', '-1001859618003', '-1001892505584', 90, 'Orchard Wine Weekly'),
    ('orchard_wine', '-1001145185077', '-1001459223792', 318, 'Orchard Wine Signals'),
    ('pixel_foundry', '-1001931765535', '-1001744127070', 376, 'Pixel Foundry Signals'),
    ('pixel_foundry', '-1001226159856', '-1001132142717', 370, 'Pixel Foundry Weekly'),
    ('pixel_foundry', '-1001286821380', '-1001610214454', 4, 'Pixel Foundry 🎨🚀 & "Friends"'),
    ('quarry_climbing', '-1001889638397', '-1001454354524', 385, 'Quarry Climbing Live'),
    ('quarry_climbing', '-1001527993886', '-1002264697390', 201, 'Quarry Climbing Weekly'),
    ('rheingold_opera', '-1001299078987', '-1002105972340', 164, 'Rheingold Live'),
    ('rheingold_opera', '-1002337528820', '-1001717002126', 72, 'Rheingold Weekly'),
    ('saffron_spice', '-1002202339261', '-1001178198260', 210, 'Saffron & Spice Signals'),
    ('saffron_spice', '-1002153198634', '-1001698858280', 169, 'Saffron & Spice Live'),
    ('tundra_photo', '-1001574536306', '-1001783183105', 351, 'Tundra Photo Live'),
    ('tundra_photo', '-1002014659243', '-1002301095548', 211, 'Tundra Photo Signals'),
    ('umbra_games', '-1001114260999', '-1001819487863', 84, 'Umbra Games Daily'),
    ('umbra_games', '-1001697676388', '-1001500163951', 376, 'Umbra Games Signals'),
    ('viola_tutors', '-1001476499405', '-1001544956636', 217, 'Viola Tutors Daily'),
    ('viola_tutors', '-1002340406423', '-1001610601946', 375, 'Viola Tutors Insiders'),
    ('viola_tutors', '-1001496433588', '-1001576377848', 132, 'Viola Tutors Signals'),
    ('wren_parenting', '-1002316220287', '-1001955453026', 60, 'Wren Parents Weekly'),
    ('wren_parenting', '-1001630589274', '-1002129840260', 89, 'Wren Parents Daily'),
    ('wren_parenting', '-1001254978737', '-1001544832970', 11, E'Wren Parents\nnow on two lines'),
    ('xenon_tech', '-1002037747071', '-1001808706264', 77, 'Xenon Tech Weekly'),
    ('xenon_tech', '-1001969374943', '-1001802633914', 109, 'Xenon Tech Live'),
    ('xenon_tech', '-1001997891861', '-1001678267249', 362, 'Xenon Tech Daily'),
    ('yarrow_herbs', '-1002001707856', '-1002272103427', 345, 'Yarrow Herbs Daily'),
    ('yarrow_herbs', '-1001123425124', '-1002247589896', 52, 'Yarrow Herbs Weekly'),
    ('yarrow_herbs', '-1002105031580', '-1002052477771', 366, 'Yarrow Herbs Signals'),
    ('zephyr_sailing', '-1001125257556', '-1002156497232', 413, 'Zephyr Sailing Live'),
    ('zephyr_sailing', '-1002315437289', '-1001855433612', 149, 'Zephyr Sailing Insiders'),
    ('alba_recipes', '-1001213124609', '-1001697833508', 43, 'Alba Signals'),
    ('alba_recipes', '-1001335558035', '-1002125101164', 314, 'Alba Weekly'),
    ('alba_recipes', '-1001830540837', '-1002373218952', 98, 'Alba Live'),
    ('brio_languages', '-1001550766865', '-1001184199672', 54, 'Brio Languages Daily'),
    ('brio_languages', '-1002260131672', '-1001724186500', 401, 'Brio Languages Signals'),
    ('cobalt_crypto', '-1001343472720', '-1001660400747', 320, 'Cobalt Insiders'),
    ('cobalt_crypto', '-1002282941847', '-1001946244794', 55, 'Cobalt Daily'),
    ('cobalt_crypto', '-1001655525549', '-1001294194303', 84, 'Cobalt Signals'),
    ('dune_travel', '-1001264955491', '-1001754913318', 376, 'Dune Travel Signals'),
    ('dune_travel', '-1001312172010', '-1001988259089', 84, 'Dune Travel Live'),
    ('dune_travel', '-1001979925672', '-1001716050152', 215, 'Dune Travel Daily'),
    ('elm_street_law', '-1001696934341', '-1002062273265', 80, 'Elm Street Law Insiders'),
    ('elm_street_law', '-1001385120750', '-1001221937653', 185, 'Elm Street Law Archive'),
    ('elm_street_law', '-1001869464154', '-1001350126585', 368, 'Elm Street Law Live'),
    ('fable_theatre', '-1001114391255', '-1001621025322', 398, 'Fable Theatre Live'),
    ('fable_theatre', '-1002016915809', '-1001871477093', 184, 'Fable Theatre Signals'),
    ('fable_theatre', '-1001302034516', '-1001767093750', 172, 'Fable Theatre Weekly'),
    ('o''brien "the desk"', '-1001706519656', '-1001250170950', 311, 'O''Brien''s Desk Weekly'),
    ('o''brien "the desk"', '-1002130063909', '-1001311864716', 8, '=HYPERLINK("https://example.com";"O''Brien")'),
    ('lumen_agency', '-1001432437732', '-1001223738114', 183, 'Lumen Clients Archive'),
    ('lumen_agency', '-1002015534628', '-1001622121151', 86, 'Lumen Clients Weekly'),
    ('lumen_agency', '-1001194522886', '-1002318436030', 406, 'Lumen Clients Daily')
) AS c (username, open_id, closed_id, age, title)
JOIN registered_users AS u USING (username);

-- The one-time script, 30 days ago: an entry for each channel of its day. It has sent once or twice a day since.
INSERT INTO broadcast_manager (
    id, client_id, open_channel_id, closed_channel_id, last_sent_time, next_send_time, broadcast_status,
    total_broadcasts, successful_broadcasts, failed_broadcasts, created_at, updated_at)
SELECT
    md5(open_channel_id || closed_channel_id)::uuid, client_id, open_channel_id, closed_channel_id,
    now() - n % 12 * interval '1 hour', now() + (12 - n % 12) * interval '1 hour', 'completed',
    30 + n % 30, 30 + n % 30 - n % 3, n % 3, now() - interval '30 days', now() - n % 12 * interval '1 hour'
FROM (
    SELECT m.*, row_number() OVER (ORDER BY open_channel_id) AS n
    FROM main_clients_database AS m
    WHERE updated_at < now() - interval '30 days'
) AS channel;

-- channel-without-broadcast: every channel registered since lacks its entry: all 10 of northwind_media, 5 of
-- vela.studio's 8, and 8 more of as many users, six of them with titles that try a report's patience.

-- In the life of a scheduler, and no trouble: due soon, failed once, skipped, being sent, switched off by the owner.
UPDATE broadcast_manager SET broadcast_status = 'pending', next_send_time = now() + interval '20 minutes'
WHERE open_channel_id IN (SELECT open_channel_id FROM main_clients_database WHERE open_channel_title LIKE 'Tenfold %');
UPDATE broadcast_manager SET broadcast_status = 'pending', next_send_time = now() - interval '47 hours'
WHERE open_channel_id = '-1002016915809';  -- Fable Theatre Signals
UPDATE broadcast_manager SET broadcast_status = 'pending', next_send_time = now() - interval '5 days', is_active = false
WHERE open_channel_id = '-1001302034516';  -- Fable Theatre Weekly
UPDATE broadcast_manager SET broadcast_status = 'in_progress', updated_at = now() - interval '5 minutes'
WHERE open_channel_id = '-1001856822351';  -- Echo Fitness Weekly
UPDATE broadcast_manager SET
    broadcast_status = 'failed', consecutive_failures = 1, last_error_time = updated_at,
    last_error_message = 'Too Many Requests: retry after 31'
WHERE open_channel_id = '-1001299078987';  -- Rheingold Live
UPDATE broadcast_manager SET broadcast_status = 'skipped'
WHERE open_channel_id IN ('-1001574536306', '-1002153198634');  -- Tundra Photo Live, Saffron & Spice Live
UPDATE broadcast_manager SET last_manual_trigger_time = now() - interval '2 days', manual_trigger_count = 3
WHERE open_channel_id = '-1002234951449';  -- Tomas Blitz Club

-- broadcast-without-channel: 8 entries whose channels were deleted. The one of casa_dorada makes up for its
-- missing entry in user-missing-broadcasts, which therefore does not name casa_dorada.
INSERT INTO broadcast_manager (
    id, client_id, open_channel_id, closed_channel_id, last_sent_time, next_send_time, broadcast_status,
    total_broadcasts, successful_broadcasts, failed_broadcasts, created_at, updated_at)
SELECT
    md5(open_id || closed_id)::uuid, u.user_id, open_id, closed_id, now() - interval '9 days', now() + interval '1 hour',
    'failed', 48, 21, 27, now() - interval '30 days', now() - interval '2 hours'
FROM (VALUES
    ('casa_dorada', '-1001400000117', '-1001400000208'),
    ('baltic_trader', '-1001400001321', '-1001400001402'),
    ('baltic_trader', '-1001400001533', '-1001400001684'),
    ('baltic_trader', '-1001400001745', '-1001400001856'),
    ('zephyr_sailing', '-1001400002967', '-1001400003078'),
    ('zephyr_sailing', '-1001400003189', '-1001400003290'),
    ('zephyr_sailing', '-1001400003301', '-1001400003412'),
    ('zephyr_sailing', '-1001400003523', '-1001400003634')
) AS gone (username, open_id, closed_id)
JOIN registered_users AS u USING (username);

-- broadcast-owner-mismatch: the entries of two channels of vela.studio and one of tomas_k belong to lumen_agency.
UPDATE broadcast_manager SET client_id = (SELECT user_id FROM registered_users WHERE username = 'lumen_agency')
WHERE open_channel_id IN ('-1002080144456', '-1002352124115', '-1002234951449');

-- duplicate-channel-pair: a double click long ago, one of this week whose channel also lacks its entry (one violation
-- of channel-without-broadcast, not two), and a pair that a second user claims.
INSERT INTO main_clients_database (
    open_channel_id, open_channel_title, closed_channel_id, closed_channel_title, client_id,
    sub_1_price, sub_1_time, created_by, updated_at)
SELECT
    m.open_channel_id, m.open_channel_title, m.closed_channel_id, m.closed_channel_title, u.user_id,
    m.sub_1_price, m.sub_1_time, 'registration', m.updated_at + interval '2 seconds'
FROM (VALUES
    ('-1002152394191', 'tenfold_press'),  -- Tenfold Politics; the user still has 10 channels, not too many
    ('-1002327001375', 'harbor_news'),    -- Harbor News Weekly
    ('-1001103949541', 'cobalt_crypto')   -- Lyra Music Live, whose entry belongs to lyra_music
) AS again (open_channel_id, username)
JOIN main_clients_database AS m USING (open_channel_id)
JOIN registered_users AS u USING (username);

-- channel-incomplete: 4 registrations that nobody can use, none of them with an entry.
INSERT INTO main_clients_database (
    open_channel_id, open_channel_title, closed_channel_id, closed_channel_title, client_id, created_by, updated_at)
SELECT open_id, title, closed_id, title || ' VIP', user_id, 'registration', now() - interval '3 days'
FROM (VALUES
    (NULL, '-1001500000123', '-1001500000234', 'Nobody''s Channel'),
    ('brio_languages', NULL, '-1001500000345', 'Brio Languages, to be opened'),
    ('dune_travel', '-1001500000456', '', 'Dune Travel Offers'),
    ('marlow_books', '-1001500000567', '   ', 'Marlow Books Rare')
) AS c (username, open_id, closed_id, title)
LEFT JOIN registered_users AS u USING (username);

-- counters-disagree: one broadcast that ended in nothing, a sum that is right with a negative part, and no total.
UPDATE broadcast_manager SET total_broadcasts = total_broadcasts + 1
WHERE open_channel_id = '-1001492929156';  -- Fjord Radio Live
UPDATE broadcast_manager SET failed_broadcasts = -2, total_broadcasts = successful_broadcasts - 2
WHERE open_channel_id = '-1001312172010';  -- Dune Travel Live
UPDATE broadcast_manager SET total_broadcasts = NULL
WHERE open_channel_id = '-1001114260999';  -- Umbra Games Daily

-- broadcast-stuck: two since a deployment three hours ago, one since yesterday, one that nobody ever dated.
UPDATE broadcast_manager SET broadcast_status = 'in_progress', updated_at = now() - interval '3 hours'
WHERE open_channel_id IN ('-1001296014878', '-1002028996821');  -- Megaphone One, Megaphone Two
UPDATE broadcast_manager SET broadcast_status = 'in_progress', updated_at = now() - interval '26 hours'
WHERE open_channel_id = '-1001965247611';  -- Delta Chess Weekly
UPDATE broadcast_manager SET broadcast_status = 'in_progress', updated_at = NULL, created_at = NULL
WHERE open_channel_id = '-1001822494782';  -- Echo Fitness Signals

-- broadcast-overdue: 5 that the scheduler passes over.
UPDATE broadcast_manager SET
    broadcast_status = 'pending', last_sent_time = now() - interval '4 days', next_send_time = now() - interval '3 days'
WHERE open_channel_id IN (
    '-1001335558035',  -- Alba Weekly
    '-1001550766865',  -- Brio Languages Daily
    '-1001979925672',  -- Dune Travel Daily
    '-1001869464154',  -- Elm Street Law Live
    '-1001114391255'   -- Fable Theatre Live
);

-- broadcast-switched-off: 3 that kept failing. With the channels that are gone they bring success-rate below 0.95.
UPDATE broadcast_manager SET
    broadcast_status = 'failed', is_active = false, consecutive_failures = failed, last_error_message = message,
    last_error_time = now() - interval '1 day', failed_broadcasts = failed,
    total_broadcasts = successful_broadcasts + failed
FROM (VALUES
    ('-1001714412981', 28, 'Forbidden: bot was kicked from the channel chat'),      -- Gilded Kitchen Daily
    ('-1001783279520', 25, 'Bad Request: not enough rights to send text messages'), -- Indigo Yoga Weekly
    ('-1001889638397', 31, E'Bad Request: chat not found\n| "id" | `-100…` |')      -- Quarry Climbing Live
) AS failing (open_id, failed, message)
WHERE open_channel_id = open_id;

-- too-many-channels: megaphone_network has 12 (northwind_media and tenfold_press have 10 each).

-- constraint-missing: the status check is gone, and a status came in that no sender knows. cascade-gap: schema.sql
-- ties no entry to its channel.
ALTER TABLE broadcast_manager DROP CONSTRAINT valid_status;
UPDATE broadcast_manager SET broadcast_status = 'paused'
WHERE open_channel_id = '-1001969374943';  -- Xenon Tech Live

COMMIT;

-- user-missing-broadcasts follows from the others. Channels and entries of those it finds: northwind_media 10 and 0,
-- vela.studio 8 and 1 (5 missing, 2 under another id), tomas_k 4 and 3, cobalt_crypto 4 and 3 (its claim to Lyra
-- Music Live); and one entry too few each for aurora_analytics, harbor_news, jade_mandarin, kestrel_fx, pixel_foundry,
-- wren_parenting and o'brien "the desk".

-- expect: channel-without-broadcast 23
-- expect: broadcast-without-channel 8
-- expect: user-missing-broadcasts 11
-- expect: broadcast-owner-mismatch 3
-- expect: duplicate-channel-pair 3
-- expect: channel-incomplete 4
-- expect: counters-disagree 3
-- expect: broadcast-stuck 4
-- expect: broadcast-overdue 5
-- expect: broadcast-switched-off 3
-- expect: too-many-channels 1
-- expect: constraint-missing 1
-- expect: cascade-gap 1
-- expect: broadcast-totals channels=127 entries=112 active=108 pending=17 in_progress=5 completed=75 failed=12 skipped=2 missing=23 stray=8
-- expect: success-rate tried=4959 successful=4593 failed=397

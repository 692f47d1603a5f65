CREATE DOMAIN blob AS bytea;
CREATE DOMAIN day AS date;
CREATE DOMAIN keytext AS text COLLATE pg_catalog."C";
CREATE TABLE accounts (
    id bigint NOT NULL,
    version bigint NOT NULL,
    email keytext NOT NULL,
    rights text NOT NULL,
    disabled boolean NOT NULL,
    demo boolean NOT NULL,
    issuer keytext NOT NULL,
    subject keytext NOT NULL,
    CONSTRAINT accounts_demo_check CHECK ((demo = ANY (ARRAY[true, false]))),
    CONSTRAINT accounts_disabled_check CHECK ((disabled = ANY (ARRAY[true, false]))),
    CONSTRAINT accounts_email_check CHECK (((email)::text <> ''::text))
);
CREATE TABLE agencies (
    id bigint NOT NULL,
    version bigint NOT NULL,
    key keytext NOT NULL,
    country keytext NOT NULL,
    kind keytext NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    acronym text NOT NULL,
    first_day day,
    last_day day NOT NULL,
    CONSTRAINT agencies_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT agencies_country_check CHECK (((country)::text = ANY (ARRAY['DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text]))),
    CONSTRAINT agencies_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT agencies_kind_check CHECK (((kind)::text = ANY (ARRAY['police'::text, 'customs'::text]))),
    CONSTRAINT agencies_name_check CHECK ((name <> ''::text))
);
CREATE TABLE assignments (
    id bigint NOT NULL,
    version bigint NOT NULL,
    key keytext NOT NULL,
    officer_id bigint NOT NULL,
    posting_id bigint NOT NULL,
    first_day day NOT NULL,
    last_day day NOT NULL,
    planned_last_day day,
    end_reason text NOT NULL,
    note text NOT NULL,
    CONSTRAINT assignments_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT assignments_check1 CHECK (((first_day)::date <= (planned_last_day)::date)),
    CONSTRAINT assignments_key_check CHECK (((key)::text <> ''::text))
);
CREATE TABLE audit (
    id bigint NOT NULL,
    revision bigint NOT NULL,
    at keytext NOT NULL,
    actor_id bigint NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    request text NOT NULL,
    action keytext NOT NULL,
    noun keytext NOT NULL,
    record_id bigint NOT NULL,
    record_key text NOT NULL,
    state keytext NOT NULL,
    old text,
    new text,
    old_personal text,
    new_personal text,
    salt blob,
    hash blob NOT NULL,
    CONSTRAINT audit_action_check1 CHECK (((action)::text <> ''::text))
);
CREATE TABLE contact_points (
    id bigint NOT NULL,
    version bigint NOT NULL,
    state keytext NOT NULL,
    matter keytext NOT NULL,
    name keytext NOT NULL,
    phone text NOT NULL,
    email text NOT NULL,
    hours text NOT NULL,
    CONSTRAINT contact_points_matter_check CHECK (((matter)::text = ANY (ARRAY['police'::text, 'customs'::text, 'both'::text]))),
    CONSTRAINT contact_points_name_check CHECK (((name)::text <> ''::text)),
    CONSTRAINT contact_points_state_check CHECK (((state)::text = ANY (ARRAY['DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text])))
);
CREATE TABLE coverages (
    id bigint NOT NULL,
    posting_id bigint NOT NULL,
    country keytext NOT NULL,
    first_day day NOT NULL,
    last_day day NOT NULL,
    CONSTRAINT coverages_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT coverages_country_check CHECK ((length((country)::text) = 2))
);
CREATE TABLE credentials (
    account_id bigint NOT NULL,
    password text NOT NULL,
    totp text NOT NULL,
    totp_step bigint NOT NULL,
    recovery text NOT NULL
);
CREATE TABLE directory (
    one bigint NOT NULL,
    revision bigint NOT NULL,
    next_id bigint NOT NULL,
    derived keytext NOT NULL,
    head blob,
    access bigint DEFAULT 0 NOT NULL,
    CONSTRAINT directory_one_check CHECK ((one = 1))
);
CREATE TABLE links (
    hash keytext NOT NULL,
    account_id bigint NOT NULL,
    expires keytext NOT NULL
);
CREATE TABLE migrations (
    version integer NOT NULL,
    name text NOT NULL,
    at text NOT NULL
);
CREATE TABLE officers (
    id bigint NOT NULL,
    version bigint NOT NULL,
    key keytext NOT NULL,
    agency_id bigint NOT NULL,
    name text NOT NULL,
    rank text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    languages text NOT NULL,
    masked boolean NOT NULL,
    note text NOT NULL,
    CONSTRAINT officers_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT officers_masked_check CHECK ((masked = ANY (ARRAY[true, false]))),
    CONSTRAINT officers_name_check CHECK ((name <> ''::text))
);
CREATE TABLE postings (
    id bigint NOT NULL,
    version bigint NOT NULL,
    key keytext NOT NULL,
    agency_id bigint NOT NULL,
    host_country keytext NOT NULL,
    host_city text NOT NULL,
    host_organisation keytext NOT NULL,
    opened day NOT NULL,
    closed day NOT NULL,
    note text NOT NULL,
    restricted boolean DEFAULT false NOT NULL,
    CONSTRAINT postings_check CHECK (((opened)::date <= (closed)::date)),
    CONSTRAINT postings_host_country_check CHECK ((length((host_country)::text) = 2)),
    CONSTRAINT postings_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT postings_restricted_check CHECK ((restricted = ANY (ARRAY[true, false])))
);
CREATE TABLE representations (
    id bigint NOT NULL,
    posting_id bigint NOT NULL,
    state keytext NOT NULL,
    matter keytext NOT NULL,
    first_day day NOT NULL,
    last_day day NOT NULL,
    agreement text NOT NULL,
    CONSTRAINT representations_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT representations_matter_check CHECK (((matter)::text = ANY (ARRAY['police'::text, 'customs'::text, 'both'::text]))),
    CONSTRAINT representations_state_check CHECK (((state)::text = ANY (ARRAY['DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text])))
);
CREATE TABLE search_words (
    noun keytext NOT NULL,
    word keytext NOT NULL,
    record_id bigint NOT NULL
);
CREATE TABLE secrets (
    name keytext NOT NULL,
    value blob NOT NULL
);
CREATE TABLE sessions (
    id keytext NOT NULL,
    account_id bigint NOT NULL,
    data blob NOT NULL,
    expires keytext NOT NULL
);
CREATE TABLE sort_names (
    name keytext NOT NULL,
    language keytext NOT NULL,
    sort blob NOT NULL,
    record_id bigint NOT NULL
);
CREATE TABLE suspensions (
    id bigint NOT NULL,
    posting_id bigint NOT NULL,
    first_day day NOT NULL,
    last_day day NOT NULL,
    reason text NOT NULL,
    CONSTRAINT suspensions_check CHECK (((first_day)::date <= (last_day)::date))
);
CREATE TABLE tokens (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    hash keytext NOT NULL,
    role keytext NOT NULL,
    made keytext NOT NULL,
    expires day NOT NULL,
    revoked boolean NOT NULL,
    CONSTRAINT tokens_revoked_check CHECK ((revoked = ANY (ARRAY[true, false])))
);
CREATE TABLE touched (
    revision bigint NOT NULL,
    noun keytext NOT NULL,
    record_id bigint NOT NULL
);
INSERT INTO accounts VALUES
	(40, 1, 'kari@example.org', 'coordinator:SE', false, false, '', '');
INSERT INTO agencies VALUES
	(1, 1, 'se-police', 'SE', 'police', 'Polismyndigheten', 'Swedish Police Authority', 'NOA', '2015-01-01', '9999-12-31'),
	(2, 1, 'dk-customs', 'DK', 'customs', 'Toldstyrelsen', 'Danish Customs Agency', '', NULL, '9999-12-31');
INSERT INTO assignments VALUES
	(8, 1, 'a-1', 3, 6, '2020-08-17', '2024-08-31', '2025-08-31', 'recalled', 'sits well'),
	(9, 1, 'a-2', 4, 6, '2024-09-01', '9999-12-31', NULL, '', ''),
	(10, 1, 'a-3', 5, 7, '2024-01-01', '2028-02-29', NULL, '', '');
INSERT INTO audit VALUES
	(13, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'agency', 1, 'se-police', '', NULL, '{"id":1,"version":1,"key":"se-police","country":"SE","kind":"police","name":"Polismyndigheten","name_en":"Swedish Police Authority","acronym":"NOA","first_day":"2015-01-01","last_day":"9999-12-31"}', NULL, NULL, NULL, '\xa38dd11244fe1295b9d4f0f376a2a83e72cae6a6d781646d6ef88da4f140ae9a'),
	(14, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'agency', 2, 'dk-customs', '', NULL, '{"id":2,"version":1,"key":"dk-customs","country":"DK","kind":"customs","name":"Toldstyrelsen","name_en":"Danish Customs Agency","acronym":"","first_day":null,"last_day":"9999-12-31"}', NULL, NULL, NULL, '\xaea642c126249783029d0bc8a2a9e0199eb4f8fa95083bdfb51a16280419078d'),
	(15, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'officer', 3, 'o-ase', 'SE', NULL, '{"personal":"6mJuuEt/iHeykITCTfwykw+U4aAY93PZ4pOfHwNeyZM","id":3,"version":1,"agency_id":1,"masked":false}', NULL, '{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}', '\x78ae6eac36fb908bd5debdae59e40f0f', '\xa2933d79d45c575aad2c3c1958fa6439fe7f4a04acdf74457383f91bac5d713c'),
	(16, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'officer', 4, 'o-bo', 'SE', NULL, '{"personal":"8XZ+yXJQjNOctElYz/hX+0/X7GEaBJYoitvUGsAAWZg","id":4,"version":1,"agency_id":1,"masked":true}', NULL, '{"key":"o-bo","name":"Bo Ek","rank":"","email":"","phone":"","languages":"sv","note":""}', '\x1a1e8f0cce62fd676b54ac8cf5691081', '\x14c053942fa419d1ec98d5cccaab67a8fde15f323badd221c908adc796669da9'),
	(17, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'officer', 5, 'o-soren', 'DK', NULL, '{"personal":"lOwdl79dIuoaYa7Ezzyo5bNH9E90LP9wuu17dh7KtOw","id":5,"version":1,"agency_id":2,"masked":false}', NULL, '{"key":"o-soren","name":"Søren Ægir","rank":"","email":"soren@example.org","phone":"","languages":"da","note":""}', '\xe1c7f88cc23007fb9ef68a6bcabb8bbb', '\x53ee2d975c3c6e20f924b0863cca80bb51ba78223e4d11fff7f0faf407cb3a5b'),
	(25, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'posting', 6, 'bangkok', 'SE', NULL, '{"id":6,"version":1,"key":"bangkok","agency_id":1,"host_country":"TH","host_city":"Bangkok","host_organisation":"","opened":"2005-01-01","closed":"9999-12-31","restricted":false,"note":"a post, \"quoted\"","representations":[{"state":"DK","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[{"country":"LA","first_day":"2006-01-01","last_day":"2020-12-31"},{"country":"MM","first_day":"2005-01-01","last_day":"9999-12-31"}],"suspensions":[]}', NULL, NULL, NULL, '\x502dc189bdad941a267a543c0c4b2cfeb7f7f600f8a7871f5674fc7a6d07c327'),
	(32, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'posting', 7, 'hanoi', 'DK', NULL, '{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}', NULL, NULL, NULL, '\x344b20855f96b53c8e1c45b55967d771f4cf111377761700789510ebf5e0f6a1'),
	(33, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'assignment', 8, 'a-1', 'SE', NULL, '{"personal":"HEW1kOirsNDf2bdfZpLnguQpi1dZ6wlC/c+08VlRQes","id":8,"version":1,"key":"a-1","officer_id":3,"posting_id":6,"first_day":"2020-08-17","last_day":"2024-08-31","planned_last_day":"2025-08-31"}', NULL, '{"end_reason":"recalled","note":"sits well"}', '\x13ece38061114ad15f2706ed7081844a', '\xd6b94ee8ec8d235e5eb1d98528186517a3701227d8324e8f6d39d4c20ace7e61'),
	(34, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'assignment', 9, 'a-2', 'SE', NULL, '{"id":9,"version":1,"key":"a-2","officer_id":4,"posting_id":6,"first_day":"2024-09-01","last_day":"9999-12-31","planned_last_day":null}', NULL, NULL, NULL, '\x047f9d941e965e7f81ca0efde34734c14d6101c9df7865db0f08c9aea397a031'),
	(35, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'assignment', 10, 'a-3', 'DK', NULL, '{"id":10,"version":1,"key":"a-3","officer_id":5,"posting_id":7,"first_day":"2024-01-01","last_day":"2028-02-29","planned_last_day":null}', NULL, NULL, NULL, '\xfec02a630bfd2cd626850b8a311d269f306c4cd5c9009782fff5f7d164493890'),
	(36, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'contact_point', 11, 'SE both NOA', 'SE', NULL, '{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"+46 8 2","email":"noa@example.org","hours":"always"}', NULL, NULL, NULL, '\xc0784d247fdc7fd0a9c2c7094196942d2eb81b2c83d95f2525ffff6b25ed938d'),
	(37, 1, '2026-11-24T10:31:05.258Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'contact_point', 12, 'FI customs Tulli', 'FI', NULL, '{"id":12,"version":1,"state":"FI","matter":"customs","name":"Tulli","phone":"+358 1","email":"","hours":""}', NULL, NULL, NULL, '\xa7d9f1c881ec49a97c7d3833b5c446833ac81d8af937636b0dcb5d4f8b55be60'),
	(38, 2, '2026-11-24T10:31:06.402Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'update', 'officer', 3, 'o-ase', 'SE', '{"personal":"JnuFdn80yKpTPYqLdfy8IgPN3rrYvOunehpb6j3bGGU","id":3,"version":1,"agency_id":1,"masked":false}', '{"personal":"1fFCelxq6T+WmwTpwNynQtHdk7sW9zETTphn8UxIZ2k","id":3,"version":2,"agency_id":1,"masked":false}', '{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}', '{"key":"o-ase","name":"Åse Lindqvist","rank":"intendent","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai and Lao"}', '\xe2bc4f2338aa366c724d729d2841acca', '\x6378caeeff14239518e991502667ffcff5ad27f26278e3bc74a36c5f81a49449'),
	(39, 2, '2026-11-24T10:31:06.402Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'update', 'posting', 7, 'hanoi', 'DK', '{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}', '{"id":7,"version":2,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hai Phong","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}', NULL, NULL, NULL, '\x2c888abaea490c3d2c6a949ee4f3b47a3cf413ad8767180e200c423124683124'),
	(41, 2, '2026-11-24T10:31:09.285Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'account', 40, 'kari@example.org', 'SE', NULL, '{"personal":"yis3yebMq+HWzRdZkhYr/mKjypB7yZgyVAGKWWRFHkw","id":40,"version":1,"rights":"coordinator:SE","disabled":false,"demo":false}', NULL, '{"email":"kari@example.org","issuer":"","subject":""}', '\xca159c78f2ec5eb8e3be5d657fac03e5', '\xf3244afe429654e4199c73c5ddb3096b48a7d6e5918144ea450fe59ac9eec21e'),
	(42, 2, '2026-11-24T10:31:09.285Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'set_password', 'account', 40, '', 'SE', NULL, '{}', NULL, NULL, NULL, '\x89716778a93802eb3ba9723cb1985311fedc52846acc8cbd9eafd2775a64f507'),
	(44, 2, '2026-11-24T10:31:09.756Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'token', 43, '', 'SE', NULL, '{"account":40,"role":"coordinator","expires":"2099-06-30"}', NULL, NULL, NULL, '\x2d072cda9ea72ecff29d9d89f0aec8749b6e1f2078ec4ade7ede419edf5a9b2e');
INSERT INTO contact_points VALUES
	(11, 1, 'SE', 'both', 'NOA', '+46 8 2', 'noa@example.org', 'always'),
	(12, 1, 'FI', 'customs', 'Tulli', '+358 1', '', '');
INSERT INTO coverages VALUES
	(23, 6, 'LA', '2006-01-01', '2020-12-31'),
	(24, 6, 'MM', '2005-01-01', '9999-12-31');
INSERT INTO credentials VALUES
	(40, '$argon2id$v=19$m=65536,t=2,p=1$utFiypVDZIxSrG6fmowxNA$2UTTQaPytkxOO/htvCKcr08Q+/CgPWS83Pr8pLT0INE', '', 0, '');
INSERT INTO directory VALUES
	(1, 2, 45, '6dfed2869cb3a35e', '\x2d072cda9ea72ecff29d9d89f0aec8749b6e1f2078ec4ade7ede419edf5a9b2e', 2);
INSERT INTO migrations VALUES
	(1, '0001_directory.sql', '2026-11-24T10:31:04.925Z'),
	(2, '0002_accounts.sql', '2026-11-24T10:31:05.171Z');
INSERT INTO officers VALUES
	(4, 1, 'o-bo', 1, 'Bo Ek', '', '', '', 'sv', true, ''),
	(5, 1, 'o-soren', 2, 'Søren Ægir', '', 'soren@example.org', '', 'da', false, ''),
	(3, 2, 'o-ase', 1, 'Åse Lindqvist', 'intendent', 'ase@example.org', '+46 8 1', 'sv en', false, 'speaks Thai and Lao');
INSERT INTO postings VALUES
	(6, 1, 'bangkok', 1, 'TH', 'Bangkok', '', '2005-01-01', '9999-12-31', 'a post, "quoted"', false),
	(7, 2, 'hanoi', 2, 'VN', 'Hai Phong', '', '2010-01-01', '2030-12-31', '', false);
INSERT INTO representations VALUES
	(18, 6, 'DK', 'both', '2005-01-01', '9999-12-31', ''),
	(19, 6, 'FI', 'both', '2005-01-01', '9999-12-31', ''),
	(20, 6, 'IS', 'both', '2005-01-01', '9999-12-31', ''),
	(21, 6, 'NO', 'both', '2005-01-01', '9999-12-31', ''),
	(22, 6, 'SE', 'both', '2005-01-01', '9999-12-31', ''),
	(26, 7, 'DK', 'both', '2010-01-01', '9999-12-31', ''),
	(27, 7, 'FI', 'both', '2010-01-01', '9999-12-31', ''),
	(28, 7, 'IS', 'both', '2010-01-01', '9999-12-31', ''),
	(29, 7, 'NO', 'both', '2010-01-01', '9999-12-31', ''),
	(30, 7, 'SE', 'both', '2010-01-01', '9999-12-31', '');
INSERT INTO search_words VALUES
	('agency', 'authority', 1),
	('agency', 'noa', 1),
	('agency', 'police', 1),
	('agency', 'polismyndigheten', 1),
	('agency', 'se', 1),
	('agency', 'swedish', 1),
	('agency', 'agency', 2),
	('agency', 'customs', 2),
	('agency', 'danish', 2),
	('agency', 'dk', 2),
	('agency', 'toldstyrelsen', 2),
	('masked', 'bo', 4),
	('masked', 'ek', 4),
	('masked', 'o', 4),
	('officer', 'aegir', 5),
	('officer', 'o', 5),
	('officer', 'soren', 5),
	('posting', 'bangkok', 6),
	('officer', 'ase', 3),
	('officer', 'intendent', 3),
	('officer', 'lindqvist', 3),
	('officer', 'o', 3),
	('posting', 'hai', 7),
	('posting', 'hanoi', 7),
	('posting', 'phong', 7);
INSERT INTO secrets VALUES
	('seal', '\xd07367ede451926bd1e9a522959916fb9a917090dab796a9d6ecc765232a6b3f'),
	('device', '\x2aa0b7abd5870e3831118d610ace9ce4ec4e69e399d807d95bd8e0f5ec4a3de6');
INSERT INTO sort_names VALUES
	('officer.name', 'en', '\x0000', 4),
	('officer.rank', 'en', '\x0000', 4),
	('officer.name', 'sv', '\x0000', 4),
	('officer.rank', 'sv', '\x0000', 4),
	('officer.name', 'en', '\x17f3177117bd164c174f010915ef164c169116cd17bd00000020002000540020002000200020002001390020002000200020', 5),
	('officer.rank', 'en', '\x0000', 5),
	('officer.name', 'sv', '\x17f3190817bd164c174f01091907169116cd17bd00000020002100200020002000200021002000200020', 5),
	('officer.rank', 'sv', '\x0000', 5),
	('posting.place', 'en', '\x181616b415ef16cd171115ef174f16310000002000200020002000200020002000200000160515ef174f169116ff177116ff0000002000200020002000200020002000000000', 6),
	('posting.place', 'sv', '\x181616b415ef16cd171115ef174f16310000002000200020002000200020002000200000160515ef174f169116ff177116ff0000002000200020002000200020002000000000', 6),
	('officer.name', 'en', '\x15ef17f3164c0109171116cd174f163117ab185f16cd17f31816000000200043002000200020002000200020002000200020002000200020', 3),
	('officer.rank', 'en', '\x16cd174f1816164c174f1631164c174f18160000002000200020002000200020002000200020', 3),
	('officer.name', 'sv', '\x190617f3164c0109171116cd174f163117ab185f16cd17f3181600000020002000200020002000200020002000200020002000200020', 3),
	('officer.rank', 'sv', '\x16cd174f1816164c174f1631164c174f18160000002000200020002000200020002000200020', 3),
	('posting.place', 'en', '\x185f16cd164c1816174f15ef174100000020002000200020002000200020000016b415ef16cd0109179616b41771174f1691000000200020002000200020002000200020002000000000', 7),
	('posting.place', 'sv', '\x185f16cd164c1816174f15ef174100000020002000200020002000200020000016b415ef16cd0109179616b41771174f1691000000200020002000200020002000200020002000000000', 7);
INSERT INTO suspensions VALUES
	(31, 7, '2021-03-01', '2021-06-30', 'evacuated');
INSERT INTO tokens VALUES
	(43, 40, '2818929015dc2c0490a97967d98081bab89851ec052abb27a2204ecd96f1481c', 'coordinator', '2026-11-24T10:31:09.756Z', '2099-06-30', false);
INSERT INTO touched VALUES
	(1, 'agency', 2),
	(1, 'officer', 3),
	(1, 'posting', 7),
	(1, 'agency', 1),
	(1, 'officer', 4),
	(1, 'officer', 5),
	(1, 'posting', 6),
	(1, 'contact_point', 0),
	(2, 'officer', 3),
	(2, 'posting', 7);
ALTER TABLE ONLY accounts
    ADD CONSTRAINT accounts_email_key UNIQUE (email);
ALTER TABLE ONLY accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY agencies
    ADD CONSTRAINT agencies_key_key UNIQUE (key);
ALTER TABLE ONLY agencies
    ADD CONSTRAINT agencies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_key_key UNIQUE (key);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY audit
    ADD CONSTRAINT audit_pkey1 PRIMARY KEY (id);
ALTER TABLE ONLY contact_points
    ADD CONSTRAINT contact_points_pkey PRIMARY KEY (id);
ALTER TABLE ONLY coverages
    ADD CONSTRAINT coverages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY coverages
    ADD CONSTRAINT coverages_posting_id_country_first_day_key UNIQUE (posting_id, country, first_day);
ALTER TABLE ONLY credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY directory
    ADD CONSTRAINT directory_pkey PRIMARY KEY (one);
ALTER TABLE ONLY links
    ADD CONSTRAINT links_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY officers
    ADD CONSTRAINT officers_key_key UNIQUE (key);
ALTER TABLE ONLY officers
    ADD CONSTRAINT officers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY postings
    ADD CONSTRAINT postings_key_key UNIQUE (key);
ALTER TABLE ONLY postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY representations
    ADD CONSTRAINT representations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY representations
    ADD CONSTRAINT representations_posting_id_state_matter_first_day_key UNIQUE (posting_id, state, matter, first_day);
ALTER TABLE ONLY search_words
    ADD CONSTRAINT search_words_pkey PRIMARY KEY (noun, word, record_id);
ALTER TABLE ONLY secrets
    ADD CONSTRAINT secrets_pkey PRIMARY KEY (name);
ALTER TABLE ONLY sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sort_names
    ADD CONSTRAINT sort_names_pkey PRIMARY KEY (name, language, sort, record_id);
ALTER TABLE ONLY suspensions
    ADD CONSTRAINT suspensions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_hash_key UNIQUE (hash);
ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY touched
    ADD CONSTRAINT touched_pkey PRIMARY KEY (revision, noun, record_id);
CREATE UNIQUE INDEX accounts_by_subject ON accounts USING btree (issuer, subject) WHERE ((subject)::text <> ''::text);
CREATE UNIQUE INDEX agencies_in_order ON agencies USING btree (country, kind, key);
CREATE INDEX assignments_by_first_day ON assignments USING btree (first_day, id);
CREATE INDEX assignments_by_last_day ON assignments USING btree (last_day, id);
CREATE INDEX assignments_of_officer ON assignments USING btree (officer_id, first_day, id);
CREATE INDEX assignments_of_posting ON assignments USING btree (posting_id, first_day, id);
CREATE INDEX audit_of_actor ON audit USING btree (actor_id, id);
CREATE INDEX audit_of_event ON audit USING btree (action, id) WHERE ((action)::text <> ALL (ARRAY['create'::text, 'update'::text, 'remove'::text]));
CREATE INDEX audit_of_record ON audit USING btree (record_id, id);
CREATE INDEX coverages_of_country ON coverages USING btree (country, posting_id);
CREATE UNIQUE INDEX officers_of_agency ON officers USING btree (agency_id, id);
CREATE INDEX postings_by_closed ON postings USING btree (closed, id);
CREATE INDEX postings_by_opened ON postings USING btree (opened, id);
CREATE INDEX postings_in_country ON postings USING btree (host_country);
CREATE UNIQUE INDEX postings_of_agency ON postings USING btree (agency_id, key);
CREATE INDEX postings_restricted ON postings USING btree (agency_id) WHERE (restricted = true);
CREATE INDEX search_words_of_record ON search_words USING btree (record_id);
CREATE INDEX sessions_by_expires ON sessions USING btree (expires);
CREATE INDEX sessions_of_account ON sessions USING btree (account_id);
CREATE INDEX sort_names_of_record ON sort_names USING btree (record_id);
CREATE INDEX suspensions_of_posting ON suspensions USING btree (posting_id, first_day);
CREATE INDEX tokens_of_account ON tokens USING btree (account_id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES officers(id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY coverages
    ADD CONSTRAINT coverages_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY credentials
    ADD CONSTRAINT credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY officers
    ADD CONSTRAINT officers_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY postings
    ADD CONSTRAINT postings_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY representations
    ADD CONSTRAINT representations_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY suspensions
    ADD CONSTRAINT suspensions_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);

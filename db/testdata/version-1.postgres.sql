CREATE DOMAIN blob AS bytea;
CREATE DOMAIN day AS date;
CREATE DOMAIN keytext AS text COLLATE pg_catalog."C";
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
    actor text NOT NULL,
    request text NOT NULL,
    action keytext NOT NULL,
    noun keytext NOT NULL,
    record_id bigint NOT NULL,
    record_key text NOT NULL,
    old text,
    new text,
    CONSTRAINT audit_action_check CHECK (((action)::text = ANY (ARRAY['create'::text, 'update'::text, 'remove'::text])))
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
CREATE TABLE directory (
    one bigint NOT NULL,
    revision bigint NOT NULL,
    next_id bigint NOT NULL,
    derived keytext NOT NULL,
    CONSTRAINT directory_one_check CHECK ((one = 1))
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
    CONSTRAINT postings_check CHECK (((opened)::date <= (closed)::date)),
    CONSTRAINT postings_host_country_check CHECK ((length((host_country)::text) = 2)),
    CONSTRAINT postings_key_check CHECK (((key)::text <> ''::text))
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
CREATE TABLE touched (
    revision bigint NOT NULL,
    noun keytext NOT NULL,
    record_id bigint NOT NULL
);
INSERT INTO agencies VALUES
	(1, 1, 'se-police', 'SE', 'police', 'Polismyndigheten', 'Swedish Police Authority', 'NOA', '2015-01-01', '9999-12-31'),
	(2, 1, 'dk-customs', 'DK', 'customs', 'Toldstyrelsen', 'Danish Customs Agency', '', NULL, '9999-12-31');
INSERT INTO assignments VALUES
	(8, 1, 'a-1', 3, 6, '2020-08-17', '2024-08-31', '2025-08-31', 'recalled', 'sits well'),
	(9, 1, 'a-2', 4, 6, '2024-09-01', '9999-12-31', NULL, '', ''),
	(10, 1, 'a-3', 5, 7, '2024-01-01', '2028-02-29', NULL, '', '');
INSERT INTO audit VALUES
	(13, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'agency', 1, 'se-police', NULL, '{"id":1,"version":1,"key":"se-police","country":"SE","kind":"police","name":"Polismyndigheten","name_en":"Swedish Police Authority","acronym":"NOA","first_day":"2015-01-01","last_day":"9999-12-31"}'),
	(14, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'agency', 2, 'dk-customs', NULL, '{"id":2,"version":1,"key":"dk-customs","country":"DK","kind":"customs","name":"Toldstyrelsen","name_en":"Danish Customs Agency","acronym":"","first_day":null,"last_day":"9999-12-31"}'),
	(15, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'officer', 3, 'o-ase', NULL, '{"id":3,"version":1,"key":"o-ase","agency_id":1,"name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","masked":false,"note":"speaks Thai"}'),
	(16, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'officer', 4, 'o-bo', NULL, '{"id":4,"version":1,"key":"o-bo","agency_id":1,"name":"Bo Ek","rank":"","email":"","phone":"","languages":"sv","masked":true,"note":""}'),
	(17, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'officer', 5, 'o-soren', NULL, '{"id":5,"version":1,"key":"o-soren","agency_id":2,"name":"Søren Ægir","rank":"","email":"soren@example.org","phone":"","languages":"da","masked":false,"note":""}'),
	(25, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'posting', 6, 'bangkok', NULL, '{"id":6,"version":1,"key":"bangkok","agency_id":1,"host_country":"TH","host_city":"Bangkok","host_organisation":"","opened":"2005-01-01","closed":"9999-12-31","note":"a post, \"quoted\"","representations":[{"state":"DK","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[{"country":"LA","first_day":"2006-01-01","last_day":"2020-12-31"},{"country":"MM","first_day":"2005-01-01","last_day":"9999-12-31"}],"suspensions":[]}'),
	(32, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'posting', 7, 'hanoi', NULL, '{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}'),
	(33, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'assignment', 8, 'a-1', NULL, '{"id":8,"version":1,"key":"a-1","officer_id":3,"posting_id":6,"first_day":"2020-08-17","last_day":"2024-08-31","planned_last_day":"2025-08-31","end_reason":"recalled","note":"sits well"}'),
	(34, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'assignment', 9, 'a-2', NULL, '{"id":9,"version":1,"key":"a-2","officer_id":4,"posting_id":6,"first_day":"2024-09-01","last_day":"9999-12-31","planned_last_day":null,"end_reason":"","note":""}'),
	(35, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'assignment', 10, 'a-3', NULL, '{"id":10,"version":1,"key":"a-3","officer_id":5,"posting_id":7,"first_day":"2024-01-01","last_day":"2028-02-29","planned_last_day":null,"end_reason":"","note":""}'),
	(36, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'contact_point', 11, 'SE both NOA', NULL, '{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"+46 8 2","email":"noa@example.org","hours":"always"}'),
	(37, 1, '2026-11-24T10:30:58.927Z', 'local', '', 'create', 'contact_point', 12, 'FI customs Tulli', NULL, '{"id":12,"version":1,"state":"FI","matter":"customs","name":"Tulli","phone":"+358 1","email":"","hours":""}'),
	(38, 2, '2026-11-24T10:30:59.391Z', 'local', '', 'update', 'officer', 3, 'o-ase', '{"id":3,"version":1,"key":"o-ase","agency_id":1,"name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","masked":false,"note":"speaks Thai"}', '{"id":3,"version":2,"key":"o-ase","agency_id":1,"name":"Åse Lindqvist","rank":"intendent","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","masked":false,"note":"speaks Thai and Lao"}'),
	(39, 2, '2026-11-24T10:30:59.391Z', 'local', '', 'update', 'posting', 7, 'hanoi', '{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}', '{"id":7,"version":2,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hai Phong","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}');
INSERT INTO contact_points VALUES
	(11, 1, 'SE', 'both', 'NOA', '+46 8 2', 'noa@example.org', 'always'),
	(12, 1, 'FI', 'customs', 'Tulli', '+358 1', '', '');
INSERT INTO coverages VALUES
	(23, 6, 'LA', '2006-01-01', '2020-12-31'),
	(24, 6, 'MM', '2005-01-01', '9999-12-31');
INSERT INTO directory VALUES
	(1, 2, 40, '07c8c4de9910f0f6');
INSERT INTO migrations VALUES
	(1, '0001_directory.sql', '2026-11-24T10:30:58.900Z');
INSERT INTO officers VALUES
	(4, 1, 'o-bo', 1, 'Bo Ek', '', '', '', 'sv', true, ''),
	(5, 1, 'o-soren', 2, 'Søren Ægir', '', 'soren@example.org', '', 'da', false, ''),
	(3, 2, 'o-ase', 1, 'Åse Lindqvist', 'intendent', 'ase@example.org', '+46 8 1', 'sv en', false, 'speaks Thai and Lao');
INSERT INTO postings VALUES
	(6, 1, 'bangkok', 1, 'TH', 'Bangkok', '', '2005-01-01', '9999-12-31', 'a post, "quoted"'),
	(7, 2, 'hanoi', 2, 'VN', 'Hai Phong', '', '2010-01-01', '2030-12-31', '');
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
	('officer', 'bo', 4),
	('officer', 'ek', 4),
	('officer', 'o', 4),
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
INSERT INTO sort_names VALUES
	('officer.name', 'en', '\x160517710109164c16ff000000200020002000200020', 4),
	('officer.rank', 'en', '\x0000', 4),
	('officer.name', 'sv', '\x160517710109164c16ff000000200020002000200020', 4),
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
INSERT INTO touched VALUES
	(1, 'agency', 2),
	(1, 'posting', 6),
	(1, 'posting', 7),
	(1, 'agency', 1),
	(1, 'officer', 3),
	(1, 'officer', 4),
	(1, 'officer', 5),
	(1, 'contact_point', 0),
	(2, 'officer', 3),
	(2, 'posting', 7);
ALTER TABLE ONLY agencies
    ADD CONSTRAINT agencies_key_key UNIQUE (key);
ALTER TABLE ONLY agencies
    ADD CONSTRAINT agencies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_key_key UNIQUE (key);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY contact_points
    ADD CONSTRAINT contact_points_pkey PRIMARY KEY (id);
ALTER TABLE ONLY coverages
    ADD CONSTRAINT coverages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY coverages
    ADD CONSTRAINT coverages_posting_id_country_first_day_key UNIQUE (posting_id, country, first_day);
ALTER TABLE ONLY directory
    ADD CONSTRAINT directory_pkey PRIMARY KEY (one);
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
ALTER TABLE ONLY sort_names
    ADD CONSTRAINT sort_names_pkey PRIMARY KEY (name, language, sort, record_id);
ALTER TABLE ONLY suspensions
    ADD CONSTRAINT suspensions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY touched
    ADD CONSTRAINT touched_pkey PRIMARY KEY (revision, noun, record_id);
CREATE UNIQUE INDEX agencies_in_order ON agencies USING btree (country, kind, key);
CREATE INDEX assignments_by_first_day ON assignments USING btree (first_day, id);
CREATE INDEX assignments_by_last_day ON assignments USING btree (last_day, id);
CREATE INDEX assignments_of_officer ON assignments USING btree (officer_id, first_day, id);
CREATE INDEX assignments_of_posting ON assignments USING btree (posting_id, first_day, id);
CREATE INDEX audit_of_record ON audit USING btree (record_id, id);
CREATE INDEX coverages_of_country ON coverages USING btree (country, posting_id);
CREATE UNIQUE INDEX officers_of_agency ON officers USING btree (agency_id, key);
CREATE INDEX postings_by_closed ON postings USING btree (closed, id);
CREATE INDEX postings_by_opened ON postings USING btree (opened, id);
CREATE INDEX postings_in_country ON postings USING btree (host_country);
CREATE UNIQUE INDEX postings_of_agency ON postings USING btree (agency_id, key);
CREATE INDEX search_words_of_record ON search_words USING btree (record_id);
CREATE INDEX sort_names_of_record ON sort_names USING btree (record_id);
CREATE INDEX suspensions_of_posting ON suspensions USING btree (posting_id, first_day);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES officers(id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY coverages
    ADD CONSTRAINT coverages_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY officers
    ADD CONSTRAINT officers_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY postings
    ADD CONSTRAINT postings_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY representations
    ADD CONSTRAINT representations_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY suspensions
    ADD CONSTRAINT suspensions_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);

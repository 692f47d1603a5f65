CREATE DOMAIN blob AS bytea;
CREATE DOMAIN day AS date;
CREATE DOMAIN keytext AS text COLLATE pg_catalog."C";
CREATE TABLE absences (
    id bigint NOT NULL,
    assignment_id bigint NOT NULL,
    first_day day NOT NULL,
    last_day day NOT NULL,
    stand_in_id bigint NOT NULL,
    CONSTRAINT absences_check CHECK (((first_day)::date <= (last_day)::date))
);
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
    name text NOT NULL,
    name_en text NOT NULL,
    acronym text NOT NULL,
    first_day day,
    last_day day NOT NULL,
    kind keytext DEFAULT 'other'::text NOT NULL,
    CONSTRAINT agencies_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT agencies_country_check CHECK (((country)::text = ANY (ARRAY['DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text]))),
    CONSTRAINT agencies_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT agencies_kind_now_check CHECK (((kind)::text = ANY (ARRAY['police'::text, 'customs'::text, 'border_guard'::text, 'coast_guard'::text, 'tax'::text, 'prosecution'::text, 'economic_crime'::text, 'ministry'::text, 'other'::text]))),
    CONSTRAINT agencies_name_check CHECK ((name <> ''::text))
);
CREATE TABLE agency_names (
    id bigint NOT NULL,
    agency_id bigint NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    acronym text NOT NULL,
    first_day day,
    last_day day NOT NULL,
    CONSTRAINT agency_names_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT agency_names_name_check CHECK ((name <> ''::text))
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
CREATE TABLE attestations (
    state keytext NOT NULL,
    posting_id bigint NOT NULL,
    on_day day NOT NULL,
    CONSTRAINT attestations_state_check CHECK (((state)::text = ANY (ARRAY['DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text])))
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
CREATE TABLE bodies (
    id bigint NOT NULL,
    version bigint NOT NULL,
    key keytext NOT NULL,
    parent keytext NOT NULL,
    kind keytext NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    acronym text NOT NULL,
    hq_country keytext NOT NULL,
    hq_city text NOT NULL,
    founded day,
    ended day NOT NULL,
    mandate_until day,
    legal_basis text NOT NULL,
    areas text NOT NULL,
    note text NOT NULL,
    CONSTRAINT bodies_check CHECK (((parent)::text <> (key)::text)),
    CONSTRAINT bodies_check1 CHECK (((founded)::date <= (ended)::date)),
    CONSTRAINT bodies_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT bodies_kind_check CHECK (((kind)::text = ANY (ARRAY['organisation'::text, 'board'::text, 'committee'::text, 'working_group'::text, 'expert_group'::text, 'project_area'::text, 'programme'::text]))),
    CONSTRAINT bodies_name_check CHECK ((name <> ''::text))
);
CREATE TABLE body_members (
    id bigint NOT NULL,
    body_id bigint NOT NULL,
    country keytext NOT NULL,
    role keytext NOT NULL,
    first_day day,
    last_day day NOT NULL,
    CONSTRAINT body_members_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT body_members_country_check CHECK (((country)::text <> ''::text)),
    CONSTRAINT body_members_role_check CHECK (((role)::text = ANY (ARRAY['member'::text, 'observer'::text, 'partner'::text])))
);
CREATE TABLE body_names (
    id bigint NOT NULL,
    body_id bigint NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    acronym text NOT NULL,
    first_day day,
    last_day day NOT NULL,
    CONSTRAINT body_names_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT body_names_name_check CHECK ((name <> ''::text))
);
CREATE TABLE calendars (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    hash keytext NOT NULL,
    about keytext NOT NULL,
    holds text NOT NULL,
    lang keytext NOT NULL,
    made keytext NOT NULL,
    used day,
    CONSTRAINT calendars_about_check CHECK (((about)::text = ANY (ARRAY['own'::text, 'followed'::text, 'all'::text]))),
    CONSTRAINT calendars_holds_check CHECK ((holds <> ''::text))
);
CREATE TABLE chairs (
    id bigint NOT NULL,
    body_id bigint NOT NULL,
    country keytext NOT NULL,
    first_day day,
    last_day day NOT NULL,
    CONSTRAINT chairs_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT chairs_country_check CHECK (((country)::text <> ''::text))
);
CREATE TABLE claims (
    finding keytext NOT NULL,
    posting_id bigint NOT NULL,
    state keytext NOT NULL,
    account_id bigint NOT NULL,
    on_day day NOT NULL,
    CONSTRAINT claims_state_check CHECK (((state)::text = ANY (ARRAY['DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text])))
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
CREATE TABLE follows (
    account_id bigint NOT NULL,
    noun keytext NOT NULL,
    record keytext NOT NULL,
    CONSTRAINT follows_noun_check CHECK (((noun)::text = ANY (ARRAY['posting'::text, 'body'::text, 'place'::text]))),
    CONSTRAINT follows_record_check CHECK (((record)::text <> ''::text))
);
CREATE TABLE imports (
    id keytext NOT NULL,
    account_id bigint NOT NULL,
    name text NOT NULL,
    noun keytext NOT NULL,
    heads keytext NOT NULL,
    columns text NOT NULL,
    hash keytext NOT NULL,
    size bigint NOT NULL,
    file blob,
    kept keytext NOT NULL,
    applied keytext NOT NULL,
    first_row bigint NOT NULL,
    last_row bigint NOT NULL,
    added bigint NOT NULL,
    changed bigint NOT NULL,
    left_out bigint NOT NULL,
    reverts keytext NOT NULL
);
CREATE TABLE links (
    hash keytext NOT NULL,
    account_id bigint NOT NULL,
    expires keytext NOT NULL,
    maker_id bigint DEFAULT 0 NOT NULL
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
    areas text DEFAULT ''::text NOT NULL,
    CONSTRAINT officers_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT officers_masked_check CHECK ((masked = ANY (ARRAY[true, false]))),
    CONSTRAINT officers_name_check CHECK ((name <> ''::text))
);
CREATE TABLE plans (
    id bigint NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    account_id bigint NOT NULL,
    note text NOT NULL,
    steps text NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT plans_name_check CHECK ((name <> ''::text)),
    CONSTRAINT plans_steps_check CHECK ((steps <> ''::text))
);
CREATE TABLE postings (
    id bigint NOT NULL,
    version bigint NOT NULL,
    key keytext NOT NULL,
    agency_id bigint NOT NULL,
    host_city text NOT NULL,
    host_organisation keytext NOT NULL,
    opened day NOT NULL,
    closed day NOT NULL,
    note text NOT NULL,
    restricted boolean DEFAULT false NOT NULL,
    host_country keytext DEFAULT ''::text NOT NULL,
    role keytext DEFAULT ''::text NOT NULL,
    areas text DEFAULT ''::text NOT NULL,
    CONSTRAINT postings_check CHECK (((opened)::date <= (closed)::date)),
    CONSTRAINT postings_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT postings_restricted_check CHECK ((restricted = ANY (ARRAY[true, false])))
);
CREATE TABLE project_agencies (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    first_day day,
    last_day day NOT NULL,
    CONSTRAINT project_agencies_check CHECK (((first_day)::date <= (last_day)::date))
);
CREATE TABLE projects (
    id bigint NOT NULL,
    version bigint NOT NULL,
    key keytext NOT NULL,
    body keytext NOT NULL,
    area keytext NOT NULL,
    title text NOT NULL,
    lead_country keytext NOT NULL,
    first_day day,
    last_day day NOT NULL,
    note text NOT NULL,
    CONSTRAINT projects_check CHECK (((first_day)::date <= (last_day)::date)),
    CONSTRAINT projects_key_check CHECK (((key)::text <> ''::text)),
    CONSTRAINT projects_lead_country_check CHECK ((length((lead_country)::text) = 2)),
    CONSTRAINT projects_title_check CHECK ((title <> ''::text))
);
CREATE TABLE remarks (
    id bigint NOT NULL,
    version bigint NOT NULL,
    about keytext NOT NULL,
    record_id bigint NOT NULL,
    account_id bigint NOT NULL,
    on_day day NOT NULL,
    remark text NOT NULL,
    CONSTRAINT remarks_about_check CHECK (((about)::text = ANY (ARRAY['posting'::text, 'officer'::text, 'body'::text]))),
    CONSTRAINT remarks_remark_check CHECK ((remark <> ''::text))
);
CREATE TABLE replaced (
    row_id bigint NOT NULL,
    noted keytext NOT NULL,
    record keytext NOT NULL,
    was text NOT NULL,
    kept keytext NOT NULL
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
CREATE TABLE snoozes (
    finding keytext NOT NULL,
    posting_id bigint NOT NULL,
    state keytext NOT NULL,
    last_day day NOT NULL,
    reason text NOT NULL,
    CONSTRAINT snoozes_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT snoozes_state_check CHECK (((state)::text = ANY (ARRAY['DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text])))
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
CREATE TABLE ties (
    account_id bigint NOT NULL,
    officer_id bigint NOT NULL,
    email text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL
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
CREATE TABLE tries (
    who keytext NOT NULL,
    due bigint NOT NULL
);
CREATE TABLE unsaved_forms (
    account_id bigint NOT NULL,
    name keytext NOT NULL,
    path text NOT NULL,
    form text NOT NULL,
    kept keytext NOT NULL,
    CONSTRAINT unsaved_forms_name_check CHECK (((name)::text <> ''::text))
);
CREATE TABLE usual_views (
    account_id bigint NOT NULL,
    list keytext NOT NULL,
    view_id bigint NOT NULL
);
CREATE TABLE views (
    id bigint NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    account_id bigint NOT NULL,
    list keytext NOT NULL,
    query text NOT NULL,
    shared keytext NOT NULL,
    CONSTRAINT views_list_check CHECK (((list)::text = ANY (ARRAY['postings'::text, 'officers'::text, 'assignments'::text]))),
    CONSTRAINT views_name_check CHECK ((name <> ''::text)),
    CONSTRAINT views_shared_check CHECK (((shared)::text = ANY (ARRAY[''::text, 'all'::text, 'DK'::text, 'FI'::text, 'IS'::text, 'NO'::text, 'SE'::text])))
);
CREATE TABLE visits (
    account_id bigint NOT NULL,
    this_day day NOT NULL,
    last_day day
);
INSERT INTO accounts VALUES (40, 1, 'kari@example.org', 'coordinator:SE', false, false, '', '');
INSERT INTO agencies VALUES (1, 1, 'se-police', 'SE', 'Polismyndigheten', 'Swedish Police Authority', 'NOA', '2015-01-01', '9999-12-31', 'police');
INSERT INTO agencies VALUES (2, 1, 'dk-customs', 'DK', 'Toldstyrelsen', 'Danish Customs Agency', '', NULL, '9999-12-31', 'customs');
INSERT INTO assignments VALUES (8, 1, 'a-1', 3, 6, '2020-08-17', '2024-08-31', '2025-08-31', 'recalled', 'sits well');
INSERT INTO assignments VALUES (9, 1, 'a-2', 4, 6, '2024-09-01', '9999-12-31', NULL, '', '');
INSERT INTO assignments VALUES (10, 1, 'a-3', 5, 7, '2024-01-01', '2028-02-29', NULL, '', '');
INSERT INTO attestations VALUES ('SE', 0, '2026-11-24');
INSERT INTO audit VALUES (13, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'agency', 1, 'se-police', '', NULL, '{"id":1,"version":1,"key":"se-police","country":"SE","kind":"police","name":"Polismyndigheten","name_en":"Swedish Police Authority","acronym":"NOA","first_day":"2015-01-01","last_day":"9999-12-31"}', NULL, NULL, NULL, '\xb0c19f2c3ea806d2e8be6c0781ac81370cf1ba0eda9afd0b3f6536630e7719c8');
INSERT INTO audit VALUES (14, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'agency', 2, 'dk-customs', '', NULL, '{"id":2,"version":1,"key":"dk-customs","country":"DK","kind":"customs","name":"Toldstyrelsen","name_en":"Danish Customs Agency","acronym":"","first_day":null,"last_day":"9999-12-31"}', NULL, NULL, NULL, '\xe21c301d8a920e92166a20aef93fd57f8aa97dc03217b8aae4c0f4c6ace24e60');
INSERT INTO audit VALUES (15, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'officer', 3, 'o-ase', 'SE', NULL, '{"personal":"dMU+UZQxts3wmCshSkEPWmz4YL30FwTDhzTTqOx0aHU","id":3,"version":1,"agency_id":1,"masked":false}', NULL, '{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}', '\x90f2e7ceb701027315af9fb3e6aa00cf', '\xea7d67eaf8f89eb29014d049d817ba03318394097a781ec3533080642ea71a8f');
INSERT INTO audit VALUES (16, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'officer', 4, 'o-bo', 'SE', NULL, '{"personal":"vNyABX3jj8JhmRhxgIL3B/1Tr1rxY+f//U0VnR5qznw","id":4,"version":1,"agency_id":1,"masked":true}', NULL, '{"key":"o-bo","name":"Bo Ek","rank":"","email":"","phone":"","languages":"sv","note":""}', '\x6a3da297d9ae88d77582aa551a0414ff', '\xc50a0e1827ead690361a571da74c393fe43af427dd06089865446031484bed7e');
INSERT INTO audit VALUES (17, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'officer', 5, 'o-soren', 'DK', NULL, '{"personal":"ffIfOUk66uG4M/D9psgF+BjXDlAsF0Kh8rNDOc73F+s","id":5,"version":1,"agency_id":2,"masked":false}', NULL, '{"key":"o-soren","name":"Søren Ægir","rank":"","email":"soren@example.org","phone":"","languages":"da","note":""}', '\xdfc96522bfcea6ec8dac0e571db2885f', '\x134c98f9c79dde491b61a4ce4e434fc8081c8c730e9e7cf85b539ca95200a1d7');
INSERT INTO audit VALUES (25, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'posting', 6, 'bangkok', 'SE', NULL, '{"id":6,"version":1,"key":"bangkok","agency_id":1,"host_country":"TH","host_city":"Bangkok","host_organisation":"","opened":"2005-01-01","closed":"9999-12-31","restricted":false,"note":"a post, \"quoted\"","representations":[{"state":"DK","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[{"country":"LA","first_day":"2006-01-01","last_day":"2020-12-31"},{"country":"MM","first_day":"2005-01-01","last_day":"9999-12-31"}],"suspensions":[]}', NULL, NULL, NULL, '\xc87f13b2573dff1039bb3a0c79274dfc7a322b927b9eb562229c29f1fef53ea4');
INSERT INTO audit VALUES (32, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'posting', 7, 'hanoi', 'DK', NULL, '{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}', NULL, NULL, NULL, '\x9614dde3809cb0cd30141adb4d0aa27937911c2cbeb7bff3d5a89a5442202f79');
INSERT INTO audit VALUES (33, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'assignment', 8, 'a-1', 'SE', NULL, '{"personal":"vXrR0dhxkuH9yaql1M5IpUIkOI+uHn8uXU3OjER4P88","id":8,"version":1,"key":"a-1","officer_id":3,"posting_id":6,"first_day":"2020-08-17","last_day":"2024-08-31","planned_last_day":"2025-08-31"}', NULL, '{"end_reason":"recalled","note":"sits well"}', '\xf3e3fbc04bce8853b6870940f046d194', '\xa70ae55ae9eea8dc362ce45536dab02075cb2a753365b9ae56fcfe9c11e2ca57');
INSERT INTO audit VALUES (34, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'assignment', 9, 'a-2', 'SE', NULL, '{"id":9,"version":1,"key":"a-2","officer_id":4,"posting_id":6,"first_day":"2024-09-01","last_day":"9999-12-31","planned_last_day":null}', NULL, NULL, NULL, '\x630983d90a88e87e8d2578af646524c9d1f1ad09d454414fb4f8c2278af0b352');
INSERT INTO audit VALUES (35, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'assignment', 10, 'a-3', 'DK', NULL, '{"id":10,"version":1,"key":"a-3","officer_id":5,"posting_id":7,"first_day":"2024-01-01","last_day":"2028-02-29","planned_last_day":null}', NULL, NULL, NULL, '\xf5fca4133c0f0aebb5ff679d93f02056cd3589486064827b6ed30d0c6ad6d7ba');
INSERT INTO audit VALUES (36, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'contact_point', 11, 'SE both NOA', 'SE', NULL, '{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"+46 8 2","email":"noa@example.org","hours":"always"}', NULL, NULL, NULL, '\x16e12ad9b97a39696e05944d16d5f3d0d74faa85846bb379c9055f5b2ae15b26');
INSERT INTO audit VALUES (37, 1, '2026-11-24T10:31:20.095Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'contact_point', 12, 'FI customs Tulli', 'FI', NULL, '{"id":12,"version":1,"state":"FI","matter":"customs","name":"Tulli","phone":"+358 1","email":"","hours":""}', NULL, NULL, NULL, '\x2e988b856ad53582799f4773f97287eebf28f6cf96255c48ebcabac0e591e875');
INSERT INTO audit VALUES (38, 2, '2026-11-24T10:31:21.333Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'update', 'officer', 3, 'o-ase', 'SE', '{"personal":"q84KLlHuHpX9YXDWoaSXnVscDumOZmed6k2DDHER0qw","id":3,"version":1,"agency_id":1,"masked":false}', '{"personal":"FgOSQz7lyM80TsmonSuT6vn1V0U09E78wBzM84uCtk0","id":3,"version":2,"agency_id":1,"masked":false}', '{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}', '{"key":"o-ase","name":"Åse Lindqvist","rank":"intendent","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai and Lao"}', '\xd8756cc1051ed81ecde2509b546cf36c', '\xb504a60e1a70027abfd0d6b8ad69b9f59043a0b6f3c0487eb23821930c5bcaa8');
INSERT INTO audit VALUES (39, 2, '2026-11-24T10:31:21.333Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'update', 'posting', 7, 'hanoi', 'DK', '{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}', '{"id":7,"version":2,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hai Phong","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}', NULL, NULL, NULL, '\x462acb2d67ba2568e0beb66ca5015385fee36701e015e3da2ba67290855ce470');
INSERT INTO audit VALUES (41, 2, '2026-11-24T10:31:25.841Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'account', 40, 'kari@example.org', 'SE', NULL, '{"personal":"eTR2wdzjBCXYBWYVYONTgL0ePkBJlfKJ+9MlXKDI0QU","id":40,"version":1,"rights":"coordinator:SE","disabled":false,"demo":false}', NULL, '{"email":"kari@example.org","issuer":"","subject":""}', '\xac0751e9717537c2b2cd187a425c6bda', '\xfe8c3aa3bbddf23af9f4c74c1e1f4267579424e8f4f6f7ce6cbfa0c09eeee423');
INSERT INTO audit VALUES (42, 2, '2026-11-24T10:31:25.841Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'set_password', 'account', 40, '', 'SE', NULL, '{}', NULL, NULL, NULL, '\x86affa6e709900662d72c925dafc6eec1ae9b8515e30664753ca8bc96b35f575');
INSERT INTO audit VALUES (44, 2, '2026-11-24T10:31:26.752Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'token', 43, '', 'SE', NULL, '{"account":40,"role":"coordinator","expires":"2099-06-30"}', NULL, NULL, NULL, '\xc6cabaf58741793e53aa05ff4d9d2db0ebb895093a6b3dd7133767ea2ee75ea3');
INSERT INTO audit VALUES (45, 2, '2026-11-24T10:31:31.426Z', 40, '', 'coordinator:SE', 'ZVCBSHBC4GLQ', 'attest', 'attestation', 0, '', 'SE', NULL, '{"day":"2026-11-24","before":"","posting":""}', NULL, NULL, NULL, '\x414ad9d790f536fd7a154dcfdbae2f7b5ae55ecca29c7b18ee8f76f08d685da9');
INSERT INTO audit VALUES (47, 3, '2026-11-24T10:31:53.340Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'create', 'token', 46, '', 'SE', NULL, '{"account":40,"role":"coordinator","expires":"2099-06-30"}', NULL, NULL, NULL, '\x7edc0fa5f3195b42f41f0f0839b35026fd5f3ba3d83596b4a00a7b4d75770f22');
INSERT INTO audit VALUES (49, 3, '2026-11-24T10:31:55.997Z', 40, '', 'coordinator:SE', 'LVG22M2ROZTK', 'keep', 'plan', 48, '', '', NULL, '{"steps":1,"personal":"HLAC/M8GJ2PeIgxyTXkIKcVq8a81X2t0g2wsZigiSm8"}', NULL, '{"asked":"Close it"}', '\x915f904885b0e2e20dc72c418cc5df77', '\xbae0a133c69a5c4aefe5e66bbf4865387080e8b9e8a5113599d449d39e7dfe5a');
INSERT INTO audit VALUES (50, 3, '2026-11-30T04:56:04.109Z', 0, 'local', 'coordinator:all auditor:all administrator:all', '', 'export', 'file', 0, '', '', NULL, '{"what":"package","rows":22}', NULL, NULL, NULL, '\xc50b7789c6b6e088bd4e16c78fc45405176bdcfc791a13c9fd52e826ef5713c4');
INSERT INTO bodies VALUES (-1, 1, 'europol', '', 'organisation', 'Europol', '', '', 'NL', 'The Hague', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-2, 1, 'interpol-lyon', '', 'organisation', 'INTERPOL, Lyon', '', '', 'FR', 'Lyon', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-3, 1, 'interpol-singapore', '', 'organisation', 'INTERPOL, Singapore', '', '', 'SG', 'Singapore', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-4, 1, 'unodc', '', 'organisation', 'UNODC', '', '', 'AT', 'Vienna', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-5, 1, 'eurojust', '', 'organisation', 'Eurojust', '', '', 'NL', 'The Hague', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-6, 1, 'ameripol', '', 'organisation', 'AMERIPOL', '', '', 'CO', 'Bogotá', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-7, 1, 'selec', '', 'organisation', 'Southeast European Law Enforcement Center', '', 'SELEC', 'RO', 'Bucharest', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-8, 1, 'wco', '', 'organisation', 'World Customs Organization', '', 'WCO', 'BE', 'Brussels', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-9, 1, 'maoc-n', '', 'organisation', 'Maritime Analysis and Operations Centre – Narcotics', '', 'MAOC-N', 'PT', 'Lisbon', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO bodies VALUES (-10, 1, 'cbss', '', 'organisation', 'Council of the Baltic Sea States', '', 'CBSS', 'SE', 'Stockholm', NULL, '9999-12-31', NULL, '', '', '');
INSERT INTO contact_points VALUES (11, 1, 'SE', 'both', 'NOA', '+46 8 2', 'noa@example.org', 'always');
INSERT INTO contact_points VALUES (12, 1, 'FI', 'customs', 'Tulli', '+358 1', '', '');
INSERT INTO coverages VALUES (23, 6, 'LA', '2006-01-01', '2020-12-31');
INSERT INTO coverages VALUES (24, 6, 'MM', '2005-01-01', '9999-12-31');
INSERT INTO credentials VALUES (40, '$argon2id$v=19$m=65536,t=2,p=1$vFSycFLv+fRV/F6D6SIwYg$CjT+NaWVTFjdL/NMu2hgJQGtCWZ71ZLi6RzescYa9Wg', '', 0, '');
INSERT INTO directory VALUES (1, 3, 51, '94e8ee0299955184', '\xc50b7789c6b6e088bd4e16c78fc45405176bdcfc791a13c9fd52e826ef5713c4', 3);
INSERT INTO migrations VALUES (1, '0001_directory.sql', '2026-11-24T10:31:19.844Z');
INSERT INTO migrations VALUES (2, '0002_accounts.sql', '2026-11-24T10:31:19.969Z');
INSERT INTO migrations VALUES (3, '0003_planning.sql', '2026-11-24T10:31:20.011Z');
INSERT INTO migrations VALUES (4, '0004_access.sql', '2026-11-29T12:51:36.680Z');
INSERT INTO migrations VALUES (5, '0005_ties.sql', '2026-11-29T12:51:36.693Z');
INSERT INTO migrations VALUES (6, '0006_bodies.sql', '2026-11-29T20:07:02.192Z');
INSERT INTO migrations VALUES (7, '0007_work.sql', '2026-11-29T22:07:10.655Z');
INSERT INTO migrations VALUES (8, '0008_taken.sql', '2026-11-30T04:56:03.738Z');
INSERT INTO officers VALUES (4, 1, 'o-bo', 1, 'Bo Ek', '', '', '', 'sv', true, '', '');
INSERT INTO officers VALUES (5, 1, 'o-soren', 2, 'Søren Ægir', '', 'soren@example.org', '', 'da', false, '', '');
INSERT INTO officers VALUES (3, 2, 'o-ase', 1, 'Åse Lindqvist', 'intendent', 'ase@example.org', '+46 8 1', 'sv en', false, 'speaks Thai and Lao', '');
INSERT INTO plans VALUES (48, 1, 'Close it', 40, '', 'close posting 6 last_day 2030-01-01', 3);
INSERT INTO postings VALUES (6, 1, 'bangkok', 1, 'Bangkok', '', '2005-01-01', '9999-12-31', 'a post, "quoted"', false, 'TH', '', '');
INSERT INTO postings VALUES (7, 2, 'hanoi', 2, 'Hai Phong', '', '2010-01-01', '2030-12-31', '', false, 'VN', '', '');
INSERT INTO representations VALUES (18, 6, 'DK', 'both', '2005-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (19, 6, 'FI', 'both', '2005-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (20, 6, 'IS', 'both', '2005-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (21, 6, 'NO', 'both', '2005-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (22, 6, 'SE', 'both', '2005-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (26, 7, 'DK', 'both', '2010-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (27, 7, 'FI', 'both', '2010-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (28, 7, 'IS', 'both', '2010-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (29, 7, 'NO', 'both', '2010-01-01', '9999-12-31', '');
INSERT INTO representations VALUES (30, 7, 'SE', 'both', '2010-01-01', '9999-12-31', '');
INSERT INTO search_words VALUES ('agency', 'agency', 2);
INSERT INTO search_words VALUES ('agency', 'customs', 2);
INSERT INTO search_words VALUES ('agency', 'danish', 2);
INSERT INTO search_words VALUES ('agency', 'dk', 2);
INSERT INTO search_words VALUES ('agency', 'toldstyrelsen', 2);
INSERT INTO search_words VALUES ('agency', 'authority', 1);
INSERT INTO search_words VALUES ('agency', 'noa', 1);
INSERT INTO search_words VALUES ('agency', 'police', 1);
INSERT INTO search_words VALUES ('agency', 'polismyndigheten', 1);
INSERT INTO search_words VALUES ('agency', 'se', 1);
INSERT INTO search_words VALUES ('agency', 'swedish', 1);
INSERT INTO search_words VALUES ('officer', 'aase', 3);
INSERT INTO search_words VALUES ('officer', 'ase', 3);
INSERT INTO search_words VALUES ('officer', 'intendent', 3);
INSERT INTO search_words VALUES ('officer', 'lindqvist', 3);
INSERT INTO search_words VALUES ('officer', 'o', 3);
INSERT INTO search_words VALUES ('masked', 'bo', 4);
INSERT INTO search_words VALUES ('masked', 'ek', 4);
INSERT INTO search_words VALUES ('masked', 'o', 4);
INSERT INTO search_words VALUES ('officer', 'aegir', 5);
INSERT INTO search_words VALUES ('officer', 'agir', 5);
INSERT INTO search_words VALUES ('officer', 'o', 5);
INSERT INTO search_words VALUES ('officer', 'soeren', 5);
INSERT INTO search_words VALUES ('officer', 'soren', 5);
INSERT INTO search_words VALUES ('body', 'ameripol', -6);
INSERT INTO search_words VALUES ('body', 'baltic', -10);
INSERT INTO search_words VALUES ('body', 'cbss', -10);
INSERT INTO search_words VALUES ('body', 'council', -10);
INSERT INTO search_words VALUES ('body', 'of', -10);
INSERT INTO search_words VALUES ('body', 'sea', -10);
INSERT INTO search_words VALUES ('body', 'states', -10);
INSERT INTO search_words VALUES ('body', 'the', -10);
INSERT INTO search_words VALUES ('body', 'eurojust', -5);
INSERT INTO search_words VALUES ('body', 'europol', -1);
INSERT INTO search_words VALUES ('body', 'interpol', -2);
INSERT INTO search_words VALUES ('body', 'lyon', -2);
INSERT INTO search_words VALUES ('body', 'interpol', -3);
INSERT INTO search_words VALUES ('body', 'singapore', -3);
INSERT INTO search_words VALUES ('body', 'analysis', -9);
INSERT INTO search_words VALUES ('body', 'and', -9);
INSERT INTO search_words VALUES ('body', 'centre', -9);
INSERT INTO search_words VALUES ('body', 'maoc', -9);
INSERT INTO search_words VALUES ('body', 'maritime', -9);
INSERT INTO search_words VALUES ('body', 'n', -9);
INSERT INTO search_words VALUES ('body', 'narcotics', -9);
INSERT INTO search_words VALUES ('body', 'operations', -9);
INSERT INTO search_words VALUES ('body', 'center', -7);
INSERT INTO search_words VALUES ('body', 'enforcement', -7);
INSERT INTO search_words VALUES ('body', 'european', -7);
INSERT INTO search_words VALUES ('body', 'law', -7);
INSERT INTO search_words VALUES ('body', 'selec', -7);
INSERT INTO search_words VALUES ('body', 'southeast', -7);
INSERT INTO search_words VALUES ('body', 'unodc', -4);
INSERT INTO search_words VALUES ('body', 'customs', -8);
INSERT INTO search_words VALUES ('body', 'organization', -8);
INSERT INTO search_words VALUES ('body', 'wco', -8);
INSERT INTO search_words VALUES ('body', 'world', -8);
INSERT INTO search_words VALUES ('posting', 'bangkok', 6);
INSERT INTO search_words VALUES ('posting', 'hai', 7);
INSERT INTO search_words VALUES ('posting', 'hanoi', 7);
INSERT INTO search_words VALUES ('posting', 'phong', 7);
INSERT INTO secrets VALUES ('seal', '\xb4ffbcf90a2c9a017f6019a1d8fe1cf9fff90ec022b33cc4c25b49e089ef19aa');
INSERT INTO secrets VALUES ('device', '\x0e78050c3d1f8e5cd50ebdff1e169f19f4edce196ea04ca57ea5b4021a072b66');
INSERT INTO sort_names VALUES ('officer.name', 'en', '\x15ef17f3164c0109171116cd174f163117ab185f16cd17f31816000000200043002000200020002000200020002000200020002000200020', 3);
INSERT INTO sort_names VALUES ('officer.rank', 'en', '\x16cd174f1816164c174f1631164c174f18160000002000200020002000200020002000200020', 3);
INSERT INTO sort_names VALUES ('officer.name', 'sv', '\x190617f3164c0109171116cd174f163117ab185f16cd17f3181600000020002000200020002000200020002000200020002000200020', 3);
INSERT INTO sort_names VALUES ('officer.rank', 'sv', '\x16cd174f1816164c174f1631164c174f18160000002000200020002000200020002000200020', 3);
INSERT INTO sort_names VALUES ('officer.name', 'en', '\x0000', 4);
INSERT INTO sort_names VALUES ('officer.rank', 'en', '\x0000', 4);
INSERT INTO sort_names VALUES ('officer.name', 'sv', '\x0000', 4);
INSERT INTO sort_names VALUES ('officer.rank', 'sv', '\x0000', 4);
INSERT INTO sort_names VALUES ('officer.name', 'en', '\x17f3177117bd164c174f010915ef164c169116cd17bd00000020002000540020002000200020002001390020002000200020', 5);
INSERT INTO sort_names VALUES ('officer.rank', 'en', '\x0000', 5);
INSERT INTO sort_names VALUES ('officer.name', 'sv', '\x17f3190817bd164c174f01091907169116cd17bd00000020002100200020002000200021002000200020', 5);
INSERT INTO sort_names VALUES ('officer.rank', 'sv', '\x0000', 5);
INSERT INTO sort_names VALUES ('posting.place', 'en', '\x181616b415ef16cd171115ef174f16310000002000200020002000200020002000200000160515ef174f169116ff177116ff0000002000200020002000200020002000000000', 6);
INSERT INTO sort_names VALUES ('posting.place', 'sv', '\x181616b415ef16cd171115ef174f16310000002000200020002000200020002000200000160515ef174f169116ff177116ff0000002000200020002000200020002000000000', 6);
INSERT INTO sort_names VALUES ('posting.place', 'en', '\x185f16cd164c1816174f15ef174100000020002000200020002000200020000016b415ef16cd0109179616b41771174f1691000000200020002000200020002000200020002000000000', 7);
INSERT INTO sort_names VALUES ('posting.place', 'sv', '\x185f16cd164c1816174f15ef174100000020002000200020002000200020000016b415ef16cd0109179616b41771174f1691000000200020002000200020002000200020002000000000', 7);
INSERT INTO suspensions VALUES (31, 7, '2021-03-01', '2021-06-30', 'evacuated');
INSERT INTO tokens VALUES (43, 40, '7de1e97f5a084a8465f14276318e097a670f0e9ebc088c150b02d6a3c322a1ee', 'coordinator', '2026-11-24T10:31:26.752Z', '2099-06-30', false);
INSERT INTO tokens VALUES (46, 40, 'e7c95aea583db9ad090b968533d241029c34ff389e4af04c992f2c8f9c3dd219', 'coordinator', '2026-11-24T10:31:53.340Z', '2099-06-30', false);
INSERT INTO touched VALUES (1, 'agency', 1);
INSERT INTO touched VALUES (1, 'agency', 2);
INSERT INTO touched VALUES (1, 'officer', 3);
INSERT INTO touched VALUES (1, 'officer', 4);
INSERT INTO touched VALUES (1, 'officer', 5);
INSERT INTO touched VALUES (1, 'posting', 6);
INSERT INTO touched VALUES (1, 'posting', 7);
INSERT INTO touched VALUES (1, 'contact_point', 0);
INSERT INTO touched VALUES (2, 'officer', 3);
INSERT INTO touched VALUES (2, 'posting', 7);
INSERT INTO touched VALUES (3, 'attestation', 0);
ALTER TABLE ONLY absences
    ADD CONSTRAINT absences_pkey PRIMARY KEY (id);
ALTER TABLE ONLY accounts
    ADD CONSTRAINT accounts_email_key UNIQUE (email);
ALTER TABLE ONLY accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY agencies
    ADD CONSTRAINT agencies_key_key UNIQUE (key);
ALTER TABLE ONLY agencies
    ADD CONSTRAINT agencies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY agency_names
    ADD CONSTRAINT agency_names_pkey PRIMARY KEY (id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_key_key UNIQUE (key);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY attestations
    ADD CONSTRAINT attestations_pkey PRIMARY KEY (state, posting_id);
ALTER TABLE ONLY audit
    ADD CONSTRAINT audit_pkey1 PRIMARY KEY (id);
ALTER TABLE ONLY bodies
    ADD CONSTRAINT bodies_key_key UNIQUE (key);
ALTER TABLE ONLY bodies
    ADD CONSTRAINT bodies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY body_members
    ADD CONSTRAINT body_members_pkey PRIMARY KEY (id);
ALTER TABLE ONLY body_names
    ADD CONSTRAINT body_names_pkey PRIMARY KEY (id);
ALTER TABLE ONLY calendars
    ADD CONSTRAINT calendars_hash_key UNIQUE (hash);
ALTER TABLE ONLY calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (id);
ALTER TABLE ONLY chairs
    ADD CONSTRAINT chairs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (finding);
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
ALTER TABLE ONLY follows
    ADD CONSTRAINT follows_pkey PRIMARY KEY (account_id, noun, record);
ALTER TABLE ONLY imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);
ALTER TABLE ONLY links
    ADD CONSTRAINT links_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY officers
    ADD CONSTRAINT officers_key_key UNIQUE (key);
ALTER TABLE ONLY officers
    ADD CONSTRAINT officers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY plans
    ADD CONSTRAINT plans_pkey PRIMARY KEY (id);
ALTER TABLE ONLY postings
    ADD CONSTRAINT postings_key_key UNIQUE (key);
ALTER TABLE ONLY postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY project_agencies
    ADD CONSTRAINT project_agencies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY projects
    ADD CONSTRAINT projects_key_key UNIQUE (key);
ALTER TABLE ONLY projects
    ADD CONSTRAINT projects_pkey PRIMARY KEY (id);
ALTER TABLE ONLY remarks
    ADD CONSTRAINT remarks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY replaced
    ADD CONSTRAINT replaced_pkey PRIMARY KEY (row_id, noted, record);
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
ALTER TABLE ONLY snoozes
    ADD CONSTRAINT snoozes_pkey PRIMARY KEY (finding);
ALTER TABLE ONLY sort_names
    ADD CONSTRAINT sort_names_pkey PRIMARY KEY (name, language, sort, record_id);
ALTER TABLE ONLY suspensions
    ADD CONSTRAINT suspensions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY ties
    ADD CONSTRAINT ties_officer_id_key UNIQUE (officer_id);
ALTER TABLE ONLY ties
    ADD CONSTRAINT ties_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_hash_key UNIQUE (hash);
ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY touched
    ADD CONSTRAINT touched_pkey PRIMARY KEY (revision, noun, record_id);
ALTER TABLE ONLY tries
    ADD CONSTRAINT tries_pkey PRIMARY KEY (who);
ALTER TABLE ONLY unsaved_forms
    ADD CONSTRAINT unsaved_forms_pkey PRIMARY KEY (account_id, name);
ALTER TABLE ONLY usual_views
    ADD CONSTRAINT usual_views_pkey PRIMARY KEY (account_id, list);
ALTER TABLE ONLY views
    ADD CONSTRAINT views_pkey PRIMARY KEY (id);
ALTER TABLE ONLY visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (account_id);
CREATE INDEX absences_of_assignment ON absences USING btree (assignment_id);
CREATE INDEX absences_of_stand_in ON absences USING btree (stand_in_id);
CREATE UNIQUE INDEX accounts_by_subject ON accounts USING btree (issuer, subject) WHERE ((subject)::text <> ''::text);
CREATE UNIQUE INDEX agencies_in_order ON agencies USING btree (country, kind, key);
CREATE INDEX agency_names_of_agency ON agency_names USING btree (agency_id);
CREATE INDEX assignments_by_first_day ON assignments USING btree (first_day, id);
CREATE INDEX assignments_by_last_day ON assignments USING btree (last_day, id);
CREATE INDEX assignments_of_officer ON assignments USING btree (officer_id, first_day, id);
CREATE INDEX assignments_of_posting ON assignments USING btree (posting_id, first_day, id);
CREATE INDEX audit_of_actor ON audit USING btree (actor_id, id);
CREATE INDEX audit_of_event ON audit USING btree (action, id) WHERE ((action)::text <> ALL (ARRAY['create'::text, 'update'::text, 'remove'::text]));
CREATE INDEX audit_of_record ON audit USING btree (record_id, id);
CREATE INDEX audit_of_removal ON audit USING btree (id) WHERE ((action)::text = 'remove'::text);
CREATE INDEX bodies_of_parent ON bodies USING btree (parent, key);
CREATE INDEX body_members_of_body ON body_members USING btree (body_id);
CREATE INDEX body_names_of_body ON body_names USING btree (body_id);
CREATE INDEX calendars_of_account ON calendars USING btree (account_id);
CREATE INDEX chairs_of_body ON chairs USING btree (body_id);
CREATE INDEX coverages_of_country ON coverages USING btree (country, posting_id);
CREATE INDEX imports_of_account ON imports USING btree (account_id, kept);
CREATE UNIQUE INDEX officers_of_agency ON officers USING btree (agency_id, id);
CREATE INDEX plans_of_account ON plans USING btree (account_id);
CREATE INDEX postings_at_body ON postings USING btree (host_organisation);
CREATE INDEX postings_by_closed ON postings USING btree (closed, id);
CREATE INDEX postings_by_opened ON postings USING btree (opened, id);
CREATE INDEX postings_in_country ON postings USING btree (host_country);
CREATE UNIQUE INDEX postings_of_agency ON postings USING btree (agency_id, key);
CREATE INDEX postings_restricted ON postings USING btree (agency_id) WHERE (restricted = true);
CREATE INDEX project_agencies_of_agency ON project_agencies USING btree (agency_id);
CREATE INDEX project_agencies_of_project ON project_agencies USING btree (project_id);
CREATE INDEX projects_of_body ON projects USING btree (body, first_day);
CREATE INDEX remarks_of_record ON remarks USING btree (about, record_id, id);
CREATE INDEX replaced_of ON replaced USING btree (noted, record, row_id);
CREATE INDEX search_words_of_record ON search_words USING btree (record_id);
CREATE INDEX sessions_by_expires ON sessions USING btree (expires);
CREATE INDEX sessions_of_account ON sessions USING btree (account_id);
CREATE INDEX sort_names_of_record ON sort_names USING btree (record_id);
CREATE INDEX suspensions_of_posting ON suspensions USING btree (posting_id, first_day);
CREATE INDEX tokens_of_account ON tokens USING btree (account_id);
CREATE INDEX tries_by_due ON tries USING btree (due);
CREATE INDEX usual_views_of_view ON usual_views USING btree (view_id);
CREATE INDEX views_of_list ON views USING btree (list, name);
ALTER TABLE ONLY absences
    ADD CONSTRAINT absences_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignments(id);
ALTER TABLE ONLY agency_names
    ADD CONSTRAINT agency_names_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES officers(id);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY body_members
    ADD CONSTRAINT body_members_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id);
ALTER TABLE ONLY body_names
    ADD CONSTRAINT body_names_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id);
ALTER TABLE ONLY calendars
    ADD CONSTRAINT calendars_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY chairs
    ADD CONSTRAINT chairs_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id);
ALTER TABLE ONLY claims
    ADD CONSTRAINT claims_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY coverages
    ADD CONSTRAINT coverages_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY credentials
    ADD CONSTRAINT credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY follows
    ADD CONSTRAINT follows_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY officers
    ADD CONSTRAINT officers_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY plans
    ADD CONSTRAINT plans_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY postings
    ADD CONSTRAINT postings_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY project_agencies
    ADD CONSTRAINT project_agencies_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agencies(id);
ALTER TABLE ONLY project_agencies
    ADD CONSTRAINT project_agencies_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id);
ALTER TABLE ONLY representations
    ADD CONSTRAINT representations_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY suspensions
    ADD CONSTRAINT suspensions_posting_id_fkey FOREIGN KEY (posting_id) REFERENCES postings(id);
ALTER TABLE ONLY ties
    ADD CONSTRAINT ties_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY ties
    ADD CONSTRAINT ties_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES officers(id);
ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY unsaved_forms
    ADD CONSTRAINT unsaved_forms_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY usual_views
    ADD CONSTRAINT usual_views_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY usual_views
    ADD CONSTRAINT usual_views_view_id_fkey FOREIGN KEY (view_id) REFERENCES views(id);
ALTER TABLE ONLY views
    ADD CONSTRAINT views_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
ALTER TABLE ONLY visits
    ADD CONSTRAINT visits_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);

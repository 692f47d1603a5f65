-- One set of files serves SQLite and PostgreSQL. In PostgreSQL, INTEGER is
-- read as bigint, WITHOUT ROWID is left out, and the types day, keytext and
-- blob are domains: date, text in byte order, and bytea. SQLite takes any name
-- for a type: day leaves ISO text alone, keytext is text.

-- The revision is raised by every write. IDs of all records come from next_id,
-- so none is ever used twice. derived says from which tables of names the sort
-- and search keys were made.
CREATE TABLE directory (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  next_id  INTEGER NOT NULL,
  derived  keytext NOT NULL
);
INSERT INTO directory (one, revision, next_id, derived) VALUES (1, 0, 1, '');

-- What a revision changed, for those who hold an older one. Where noun is all,
-- it is too much to say.
CREATE TABLE touched (
  revision  INTEGER NOT NULL,
  noun      keytext NOT NULL,
  record_id INTEGER NOT NULL,
  PRIMARY KEY (revision, noun, record_id)
) WITHOUT ROWID;

CREATE TABLE agencies (
  id        INTEGER PRIMARY KEY,
  version   INTEGER NOT NULL,
  key       keytext NOT NULL UNIQUE CHECK (key <> ''),
  country   keytext NOT NULL CHECK (country IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  kind      keytext NOT NULL CHECK (kind IN ('police', 'customs')),
  name      text NOT NULL CHECK (name <> ''),
  name_en   text NOT NULL,
  acronym   text NOT NULL,
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE UNIQUE INDEX agencies_in_order ON agencies (country, kind, key);

CREATE TABLE officers (
  id        INTEGER PRIMARY KEY,
  version   INTEGER NOT NULL,
  key       keytext NOT NULL UNIQUE CHECK (key <> ''),
  agency_id INTEGER NOT NULL REFERENCES agencies (id),
  name      text NOT NULL CHECK (name <> ''),
  rank      text NOT NULL,
  email     text NOT NULL,
  phone     text NOT NULL,
  languages text NOT NULL,
  masked    boolean NOT NULL CHECK (masked IN (true, false)),
  note      text NOT NULL
);
CREATE UNIQUE INDEX officers_of_agency ON officers (agency_id, key);

CREATE TABLE postings (
  id                INTEGER PRIMARY KEY,
  version           INTEGER NOT NULL,
  key               keytext NOT NULL UNIQUE CHECK (key <> ''),
  agency_id         INTEGER NOT NULL REFERENCES agencies (id),
  host_country      keytext NOT NULL CHECK (length(host_country) = 2),
  host_city         text NOT NULL,
  host_organisation keytext NOT NULL,
  opened            day NOT NULL,
  closed            day NOT NULL CHECK (opened <= closed),
  note              text NOT NULL
);
CREATE UNIQUE INDEX postings_of_agency ON postings (agency_id, key);
CREATE INDEX postings_by_opened ON postings (opened, id);
CREATE INDEX postings_by_closed ON postings (closed, id);
CREATE INDEX postings_in_country ON postings (host_country);

CREATE TABLE representations (
  id         INTEGER PRIMARY KEY,
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  matter     keytext NOT NULL CHECK (matter IN ('police', 'customs', 'both')),
  first_day  day NOT NULL,
  last_day   day NOT NULL CHECK (first_day <= last_day),
  agreement  text NOT NULL,
  UNIQUE (posting_id, state, matter, first_day)
);

CREATE TABLE coverages (
  id         INTEGER PRIMARY KEY,
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  country    keytext NOT NULL CHECK (length(country) = 2),
  first_day  day NOT NULL,
  last_day   day NOT NULL CHECK (first_day <= last_day),
  UNIQUE (posting_id, country, first_day)
);
CREATE INDEX coverages_of_country ON coverages (country, posting_id);

CREATE TABLE suspensions (
  id         INTEGER PRIMARY KEY,
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  first_day  day NOT NULL,
  last_day   day NOT NULL CHECK (first_day <= last_day),
  reason     text NOT NULL
);
CREATE INDEX suspensions_of_posting ON suspensions (posting_id, first_day);

CREATE TABLE assignments (
  id               INTEGER PRIMARY KEY,
  version          INTEGER NOT NULL,
  key              keytext NOT NULL UNIQUE CHECK (key <> ''),
  officer_id       INTEGER NOT NULL REFERENCES officers (id),
  posting_id       INTEGER NOT NULL REFERENCES postings (id),
  first_day        day NOT NULL,
  last_day         day NOT NULL CHECK (first_day <= last_day),
  planned_last_day day CHECK (first_day <= planned_last_day),
  end_reason       text NOT NULL,
  note             text NOT NULL
);
CREATE INDEX assignments_of_officer ON assignments (officer_id, first_day, id);
CREATE INDEX assignments_of_posting ON assignments (posting_id, first_day, id);
CREATE INDEX assignments_by_first_day ON assignments (first_day, id);
CREATE INDEX assignments_by_last_day ON assignments (last_day, id);

CREATE TABLE contact_points (
  id      INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  state   keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  matter  keytext NOT NULL CHECK (matter IN ('police', 'customs', 'both')),
  name    keytext NOT NULL CHECK (name <> ''),
  phone   text NOT NULL,
  email   text NOT NULL,
  hours   text NOT NULL
);

-- Keys that sort as a language does. name is noun.column of a list.
CREATE TABLE sort_names (
  name      keytext NOT NULL,
  language  keytext NOT NULL,
  sort      blob NOT NULL,
  record_id INTEGER NOT NULL,
  PRIMARY KEY (name, language, sort, record_id)
) WITHOUT ROWID;
CREATE INDEX sort_names_of_record ON sort_names (record_id);

-- The folded words by which a record is found.
CREATE TABLE search_words (
  noun      keytext NOT NULL,
  word      keytext NOT NULL,
  record_id INTEGER NOT NULL,
  PRIMARY KEY (noun, word, record_id)
) WITHOUT ROWID;
CREATE INDEX search_words_of_record ON search_words (record_id);

-- The trail: one row for each record that a write changed, the three lists of
-- a posting with it. at is an instant, RFC 3339 in UTC; old and new are JSON.
CREATE TABLE audit (
  id         INTEGER PRIMARY KEY,
  revision   INTEGER NOT NULL,
  at         keytext NOT NULL,
  actor      text NOT NULL,
  request    text NOT NULL,
  action     keytext NOT NULL CHECK (action IN ('create', 'update', 'remove')),
  noun       keytext NOT NULL,
  record_id  INTEGER NOT NULL,
  record_key text NOT NULL,
  old        text,
  new        text
);
CREATE INDEX audit_of_record ON audit (record_id, id);

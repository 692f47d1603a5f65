-- Accounts, and a trail that can prove itself.

ALTER TABLE postings ADD COLUMN restricted boolean NOT NULL DEFAULT false CHECK (restricted IN (true, false));

CREATE INDEX postings_restricted ON postings (agency_id) WHERE restricted = true;

-- Officers of an agency are listed by number: keys are made of names, and where
-- one stands in a list would tell of it.
DROP INDEX officers_of_agency;
CREATE UNIQUE INDEX officers_of_agency ON officers (agency_id, id);

-- head is the hash of the trail's last row. access is raised by every change
-- of who may do what.
ALTER TABLE directory ADD COLUMN head blob;
ALTER TABLE directory ADD COLUMN access INTEGER NOT NULL DEFAULT 0;

-- The trail. Each row's hash is made of the row and of the hash before it (see
-- chain.go). actor_id is an account; actor says who it was where there is none.
-- state is whose the record is, '' where it is no single state's. old and new
-- are JSON, in which personal values are replaced by a commitment to what
-- old_personal and new_personal hold: these, and the salt that they were
-- committed to with, can be erased without breaking the chain.
DROP INDEX audit_of_record;
ALTER TABLE audit RENAME TO audit_before;
CREATE TABLE audit (
  id           INTEGER PRIMARY KEY,
  revision     INTEGER NOT NULL,
  at           keytext NOT NULL,
  actor_id     INTEGER NOT NULL,
  actor        text NOT NULL,
  role         text NOT NULL,
  request      text NOT NULL,
  action       keytext NOT NULL CHECK (action <> ''),
  noun         keytext NOT NULL,
  record_id    INTEGER NOT NULL,
  record_key   text NOT NULL,
  state        keytext NOT NULL,
  old          text,
  new          text,
  old_personal text,
  new_personal text,
  salt         blob,
  hash         blob NOT NULL
);
CREATE INDEX audit_of_record ON audit (record_id, id);
CREATE INDEX audit_of_actor ON audit (actor_id, id);
-- What is no change of a record is rare in a trail that imports have filled.
CREATE INDEX audit_of_event ON audit (action, id) WHERE action NOT IN ('create', 'update', 'remove');

CREATE TABLE accounts (
  id       INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL,
  email    keytext NOT NULL UNIQUE CHECK (email <> ''),
  rights   text NOT NULL,
  disabled boolean NOT NULL CHECK (disabled IN (true, false)),
  demo     boolean NOT NULL CHECK (demo IN (true, false)),
  issuer   keytext NOT NULL,
  subject  keytext NOT NULL
);
CREATE UNIQUE INDEX accounts_by_subject ON accounts (issuer, subject) WHERE subject <> '';

-- How an account signs in. password is an argon2id hash, '' for none; totp the
-- secret of its second factor, '' for none, and totp_step the last time step
-- that was used; recovery the hashes of the codes that are left.
CREATE TABLE credentials (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  password   text NOT NULL,
  totp       text NOT NULL,
  totp_step  INTEGER NOT NULL,
  recovery   text NOT NULL
);

-- id is the hash of what the browser holds. account_id is 0 before sign-in.
CREATE TABLE sessions (
  id         keytext PRIMARY KEY,
  account_id INTEGER NOT NULL,
  data       blob NOT NULL,
  expires    keytext NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account_id);
CREATE INDEX sessions_by_expires ON sessions (expires);

-- What programs sign in with. expires is the last day.
CREATE TABLE tokens (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  hash       keytext NOT NULL UNIQUE,
  role       keytext NOT NULL,
  made       keytext NOT NULL,
  expires    day NOT NULL,
  revoked    boolean NOT NULL CHECK (revoked IN (true, false))
);
CREATE INDEX tokens_of_account ON tokens (account_id);

-- Links that work once: to set the program up, or to set a password.
CREATE TABLE links (
  hash       keytext PRIMARY KEY,
  account_id INTEGER NOT NULL,
  expires    keytext NOT NULL
);

-- Keys of the program's own.
CREATE TABLE secrets (
  name  keytext PRIMARY KEY,
  value blob NOT NULL
);

-- Forms, findings and acts that somebody has in hand.

-- A form that is not saved yet, for its account alone. path is where it is sent, and
-- form what was typed, as a form is encoded.
CREATE TABLE unsaved_forms (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  name       keytext NOT NULL CHECK (name <> ''),
  path       text NOT NULL,
  form       text NOT NULL,
  kept       keytext NOT NULL,
  PRIMARY KEY (account_id, name)
);

-- Who has taken a finding in hand, as it was then. posting_id is 0 for none.
CREATE TABLE claims (
  finding    keytext PRIMARY KEY,
  posting_id INTEGER NOT NULL,
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  on_day     day NOT NULL
);

-- What an account follows: a posting or a body by its ID, or a place by its code.
CREATE TABLE follows (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  noun       keytext NOT NULL CHECK (noun IN ('posting', 'body', 'place')),
  record     keytext NOT NULL CHECK (record <> ''),
  PRIMARY KEY (account_id, noun, record)
);

-- What a note in the trail replaced, so that it can be taken back: record names it within
-- the table noted, and was is what it was as JSON, empty if there was nothing. The trail
-- holds whole records; such notes only commit to what they are about.
CREATE TABLE replaced (
  row_id   INTEGER NOT NULL,
  noted    keytext NOT NULL,
  record   keytext NOT NULL,
  was      text NOT NULL,
  kept     keytext NOT NULL,
  PRIMARY KEY (row_id, noted, record)
);
CREATE INDEX replaced_of ON replaced (noted, record, row_id);

-- For the list of what was removed.
CREATE INDEX audit_of_removal ON audit (id) WHERE action = 'remove';

-- A file that came in. Until it is applied it is for its account alone; file is empty
-- when it is no longer kept, columns says as JSON what its heads were taken for, and
-- first_row to last_row are the rows of the trail that it has left. reverts is the
-- import that this one took back, if it did.
CREATE TABLE imports (
  id         keytext PRIMARY KEY,
  account_id INTEGER NOT NULL,
  name       text NOT NULL,
  noun       keytext NOT NULL,
  heads      keytext NOT NULL,
  columns    text NOT NULL,
  hash       keytext NOT NULL,
  size       INTEGER NOT NULL,
  file       blob,
  kept       keytext NOT NULL,
  applied    keytext NOT NULL,
  first_row  INTEGER NOT NULL,
  last_row   INTEGER NOT NULL,
  added      INTEGER NOT NULL,
  changed    INTEGER NOT NULL,
  left_out   INTEGER NOT NULL,
  reverts    keytext NOT NULL
);
CREATE INDEX imports_of_account ON imports (account_id, kept);

-- Addresses at which calendar programs read what an account may see. hash is of the
-- secret in the address, holds the sorts of events with spaces between, and used the day
-- on which it was last read, null for never: the trail does not tell of that.
CREATE TABLE calendars (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  hash       keytext NOT NULL UNIQUE,
  about      keytext NOT NULL CHECK (about IN ('own', 'followed', 'all')),
  holds      text NOT NULL CHECK (holds <> ''),
  lang       keytext NOT NULL,
  made       keytext NOT NULL,
  used       day
);
CREATE INDEX calendars_of_account ON calendars (account_id);

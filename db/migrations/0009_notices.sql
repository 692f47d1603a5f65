-- What is told to people without their asking each time.

-- What an account wants to be told by mail, and how far it has been told: by the trail's
-- last row then, and the day. The next one is due on next_day.
CREATE TABLE digests (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  every      keytext NOT NULL CHECK (every IN ('off', 'day', 'week')),
  remind     boolean NOT NULL CHECK (remind IN (true, false)),
  lang       keytext NOT NULL,
  row_id     INTEGER NOT NULL,
  on_day     day NOT NULL,
  next_day   day NOT NULL
);
CREATE INDEX digests_due ON digests (next_day);

-- A digest that was taken to be sent: about what happened after from_row, until to_row. What
-- it says is not kept: it is worked out anew at each try. claimed is until when somebody is
-- trying, sent the instant at which the mail server took it; both are empty for no instant.
CREATE TABLE mails (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  taken      keytext NOT NULL,
  from_row   INTEGER NOT NULL,
  from_day   day NOT NULL,
  to_row     INTEGER NOT NULL,
  to_day     day NOT NULL,
  tries      INTEGER NOT NULL,
  next_try   keytext NOT NULL,
  claimed    keytext NOT NULL,
  error      text NOT NULL,
  sent       keytext NOT NULL,
  PRIMARY KEY (account_id, taken)
);
CREATE INDEX mails_waiting ON mails (next_try) WHERE sent = '';

-- Certified copies of lists: what the seal has signed, without what stands in the copies,
-- and without words that somebody may have been searched for by. hash is of the file in
-- hexadecimal digits, known null if the copy is of what was recorded when it was made,
-- filter its codes, days and numbers, asked whether there were words too, and row_id the
-- row of the trail that tells of it.
CREATE TABLE certificates (
  id         INTEGER PRIMARY KEY,
  hash       keytext NOT NULL,
  list       keytext NOT NULL,
  on_day     day NOT NULL,
  known      day,
  row_count  INTEGER NOT NULL,
  filter     text NOT NULL,
  asked      boolean NOT NULL,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  made       keytext NOT NULL,
  revision   INTEGER NOT NULL,
  row_id     INTEGER NOT NULL
);
CREATE INDEX certificates_of_hash ON certificates (hash, id);
CREATE INDEX certificates_of_account ON certificates (account_id);

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

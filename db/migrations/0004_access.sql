-- Who may get in, held tighter.

-- Links end with the right of who made them: maker_id is an account, 0 for the
-- operator. Of those from before nobody knows it.
ALTER TABLE links ADD COLUMN maker_id INTEGER NOT NULL DEFAULT 0;
DELETE FROM links WHERE account_id <> 0;

-- Sign-ins that wait for the second factor belong to their account now.
DELETE FROM sessions WHERE account_id = 0;

-- Tries at what is secret. who is a keyed hash of an account or an address; due
-- is when all its tries are there again, in milliseconds since 1970.
CREATE TABLE tries (
  who keytext PRIMARY KEY,
  due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tries_by_due ON tries (due);

-- Planning: what is tried before it is done, findings put off, lists confirmed.

-- A plan is a name and its steps, one to a line as models.Step writes them.
-- revision is the directory's when the plan was last looked over.
CREATE TABLE plans (
  id         INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL,
  name       text NOT NULL CHECK (name <> ''),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  note       text NOT NULL,
  steps      text NOT NULL CHECK (steps <> ''),
  revision   INTEGER NOT NULL
);
CREATE INDEX plans_of_account ON plans (account_id);

-- A finding that is put off until a day. finding names it with its facts: when
-- these change, it is another one and comes back.
CREATE TABLE snoozes (
  finding    keytext PRIMARY KEY,
  posting_id INTEGER NOT NULL,
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  last_day   day NOT NULL,
  reason     text NOT NULL CHECK (reason <> '')
);

-- On which day a coordinator last said that a state's list is right: all of it
-- where posting_id is 0, or else one posting.
CREATE TABLE attestations (
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  posting_id INTEGER NOT NULL,
  on_day     day NOT NULL,
  PRIMARY KEY (state, posting_id)
);

-- The day of an account's present visit, and that of the one before.
CREATE TABLE visits (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  this_day   day NOT NULL,
  last_day   day
);

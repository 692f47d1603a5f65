-- Whose account it is: which officer an account belongs to, as a coordinator of
-- the officer's own state has said, and who the account was then.
CREATE TABLE ties (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  officer_id INTEGER NOT NULL UNIQUE REFERENCES officers (id),
  email      text NOT NULL,
  issuer     text NOT NULL,
  subject    text NOT NULL
);

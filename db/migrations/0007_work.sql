-- The coordinators' day.

-- A list as somebody wants to see it again. query is the parameters of its address;
-- shared is empty, a state's code, or 'all'.
CREATE TABLE views (
  id         INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL,
  name       text NOT NULL CHECK (name <> ''),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  list       keytext NOT NULL CHECK (list IN ('postings', 'officers', 'assignments')),
  query      text NOT NULL,
  shared     keytext NOT NULL CHECK (shared IN ('', 'all', 'DK', 'FI', 'IS', 'NO', 'SE'))
);
CREATE INDEX views_of_list ON views (list, name);

-- The view with which a list begins for an account.
CREATE TABLE usual_views (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  list       keytext NOT NULL,
  view_id    INTEGER NOT NULL REFERENCES views (id),
  PRIMARY KEY (account_id, list)
);
CREATE INDEX usual_views_of_view ON usual_views (view_id);

-- A dated, signed remark on a posting, an officer or a body: about names its noun.
CREATE TABLE remarks (
  id         INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL,
  about      keytext NOT NULL CHECK (about IN ('posting', 'officer', 'body')),
  record_id  INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  on_day     day NOT NULL,
  remark     text NOT NULL CHECK (remark <> '')
);
CREATE INDEX remarks_of_record ON remarks (about, record_id, id);

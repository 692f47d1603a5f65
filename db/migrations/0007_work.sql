-- The day's work: what is said of records.

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

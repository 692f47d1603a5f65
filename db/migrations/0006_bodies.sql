-- Bodies, where states meet or officers are hosted: postings name theirs by key, as
-- they name countries by code. A founding day that is not known bounds nothing.
CREATE TABLE bodies (
  id            INTEGER PRIMARY KEY,
  version       INTEGER NOT NULL,
  key           keytext NOT NULL UNIQUE CHECK (key <> ''),
  parent        keytext NOT NULL CHECK (parent <> key),
  kind          keytext NOT NULL CHECK (kind IN ('organisation', 'board', 'committee', 'working_group', 'expert_group', 'project_area', 'programme')),
  name          text NOT NULL CHECK (name <> ''),
  name_en       text NOT NULL,
  acronym       text NOT NULL,
  hq_country    keytext NOT NULL,
  hq_city       text NOT NULL,
  founded       day,
  ended         day NOT NULL CHECK (founded <= ended),
  mandate_until day,
  legal_basis   text NOT NULL,
  areas         text NOT NULL,
  note          text NOT NULL
);
CREATE INDEX bodies_of_parent ON bodies (parent, key);

CREATE TABLE body_names (
  id        INTEGER PRIMARY KEY,
  body_id   INTEGER NOT NULL REFERENCES bodies (id),
  name      text NOT NULL CHECK (name <> ''),
  name_en   text NOT NULL,
  acronym   text NOT NULL,
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE INDEX body_names_of_body ON body_names (body_id);

CREATE TABLE body_members (
  id        INTEGER PRIMARY KEY,
  body_id   INTEGER NOT NULL REFERENCES bodies (id),
  country   keytext NOT NULL CHECK (country <> ''),
  role      keytext NOT NULL CHECK (role IN ('member', 'observer', 'partner')),
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE INDEX body_members_of_body ON body_members (body_id);

CREATE TABLE chairs (
  id        INTEGER PRIMARY KEY,
  body_id   INTEGER NOT NULL REFERENCES bodies (id),
  country   keytext NOT NULL CHECK (country <> ''),
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE INDEX chairs_of_body ON chairs (body_id);

CREATE TABLE projects (
  id           INTEGER PRIMARY KEY,
  version      INTEGER NOT NULL,
  key          keytext NOT NULL UNIQUE CHECK (key <> ''),
  body         keytext NOT NULL,
  area         keytext NOT NULL,
  title        text NOT NULL CHECK (title <> ''),
  lead_country keytext NOT NULL CHECK (length(lead_country) = 2),
  first_day    day,
  last_day     day NOT NULL CHECK (first_day <= last_day),
  note         text NOT NULL
);
CREATE INDEX projects_of_body ON projects (body, first_day);

CREATE TABLE project_agencies (
  id         INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  agency_id  INTEGER NOT NULL REFERENCES agencies (id),
  first_day  day,
  last_day   day NOT NULL CHECK (first_day <= last_day)
);
CREATE INDEX project_agencies_of_project ON project_agencies (project_id);
CREATE INDEX project_agencies_of_agency ON project_agencies (agency_id);

-- Days on which the holder of a posting is away, and who stands in: an assignment,
-- 0 for nobody.
CREATE TABLE absences (
  id            INTEGER PRIMARY KEY,
  assignment_id INTEGER NOT NULL REFERENCES assignments (id),
  first_day     day NOT NULL,
  last_day      day NOT NULL CHECK (first_day <= last_day),
  stand_in_id   INTEGER NOT NULL
);
CREATE INDEX absences_of_assignment ON absences (assignment_id);
CREATE INDEX absences_of_stand_in ON absences (stand_in_id);

-- What agencies were called before.
CREATE TABLE agency_names (
  id        INTEGER PRIMARY KEY,
  agency_id INTEGER NOT NULL REFERENCES agencies (id),
  name      text NOT NULL CHECK (name <> ''),
  name_en   text NOT NULL,
  acronym   text NOT NULL,
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE INDEX agency_names_of_agency ON agency_names (agency_id);

-- Kinds of agencies are more than police and customs now: a column's rule goes with
-- the column.
DROP INDEX agencies_in_order;
ALTER TABLE agencies ADD COLUMN kind_now keytext NOT NULL DEFAULT 'other' CHECK (kind_now IN ('police', 'customs', 'border_guard', 'coast_guard', 'tax', 'prosecution', 'economic_crime', 'ministry', 'other'));
UPDATE agencies SET kind_now = kind;
ALTER TABLE agencies DROP COLUMN kind;
ALTER TABLE agencies RENAME COLUMN kind_now TO kind;
CREATE UNIQUE INDEX agencies_in_order ON agencies (country, kind, key);

-- A body without headquarters has no country. Only a seat has a role.
DROP INDEX postings_in_country;
ALTER TABLE postings ADD COLUMN host_country_now keytext NOT NULL DEFAULT '';
UPDATE postings SET host_country_now = host_country;
ALTER TABLE postings DROP COLUMN host_country;
ALTER TABLE postings RENAME COLUMN host_country_now TO host_country;
CREATE INDEX postings_in_country ON postings (host_country);
CREATE INDEX postings_at_body ON postings (host_organisation);
ALTER TABLE postings ADD COLUMN role keytext NOT NULL DEFAULT '';
ALTER TABLE postings ADD COLUMN areas text NOT NULL DEFAULT '';
ALTER TABLE officers ADD COLUMN areas text NOT NULL DEFAULT '';

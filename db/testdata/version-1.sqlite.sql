PRAGMA application_id = 1398893922;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migrations (version int PRIMARY KEY, name text NOT NULL, at text NOT NULL);
INSERT INTO migrations VALUES(1,'0001_directory.sql','2026-11-24T10:30:57.581Z');
CREATE TABLE directory (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  next_id  INTEGER NOT NULL,
  derived  keytext NOT NULL
);
INSERT INTO directory VALUES(1,2,40,'07c8c4de9910f0f6');
CREATE TABLE touched (
  revision  INTEGER NOT NULL,
  noun      keytext NOT NULL,
  record_id INTEGER NOT NULL,
  PRIMARY KEY (revision, noun, record_id)
) WITHOUT ROWID;
INSERT INTO touched VALUES(1,'agency',1);
INSERT INTO touched VALUES(1,'agency',2);
INSERT INTO touched VALUES(1,'contact_point',0);
INSERT INTO touched VALUES(1,'officer',3);
INSERT INTO touched VALUES(1,'officer',4);
INSERT INTO touched VALUES(1,'officer',5);
INSERT INTO touched VALUES(1,'posting',6);
INSERT INTO touched VALUES(1,'posting',7);
INSERT INTO touched VALUES(2,'officer',3);
INSERT INTO touched VALUES(2,'posting',7);
CREATE TABLE agencies (
  id        INTEGER PRIMARY KEY,
  version   INTEGER NOT NULL,
  key       keytext NOT NULL UNIQUE CHECK (key <> ''),
  country   keytext NOT NULL CHECK (country IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  kind      keytext NOT NULL CHECK (kind IN ('police', 'customs')),
  name      text NOT NULL CHECK (name <> ''),
  name_en   text NOT NULL,
  acronym   text NOT NULL,
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
INSERT INTO agencies VALUES(1,1,'se-police','SE','police','Polismyndigheten','Swedish Police Authority','NOA','2015-01-01','9999-12-31');
INSERT INTO agencies VALUES(2,1,'dk-customs','DK','customs','Toldstyrelsen','Danish Customs Agency','',NULL,'9999-12-31');
CREATE TABLE officers (
  id        INTEGER PRIMARY KEY,
  version   INTEGER NOT NULL,
  key       keytext NOT NULL UNIQUE CHECK (key <> ''),
  agency_id INTEGER NOT NULL REFERENCES agencies (id),
  name      text NOT NULL CHECK (name <> ''),
  rank      text NOT NULL,
  email     text NOT NULL,
  phone     text NOT NULL,
  languages text NOT NULL,
  masked    boolean NOT NULL CHECK (masked IN (true, false)),
  note      text NOT NULL
);
INSERT INTO officers VALUES(3,2,'o-ase',1,'Åse Lindqvist','intendent','ase@example.org','+46 8 1','sv en',0,'speaks Thai and Lao');
INSERT INTO officers VALUES(4,1,'o-bo',1,'Bo Ek','','','','sv',1,'');
INSERT INTO officers VALUES(5,1,'o-soren',2,'Søren Ægir','','soren@example.org','','da',0,'');
CREATE TABLE postings (
  id                INTEGER PRIMARY KEY,
  version           INTEGER NOT NULL,
  key               keytext NOT NULL UNIQUE CHECK (key <> ''),
  agency_id         INTEGER NOT NULL REFERENCES agencies (id),
  host_country      keytext NOT NULL CHECK (length(host_country) = 2),
  host_city         text NOT NULL,
  host_organisation keytext NOT NULL,
  opened            day NOT NULL,
  closed            day NOT NULL CHECK (opened <= closed),
  note              text NOT NULL
);
INSERT INTO postings VALUES(6,1,'bangkok',1,'TH','Bangkok','','2005-01-01','9999-12-31','a post, "quoted"');
INSERT INTO postings VALUES(7,2,'hanoi',2,'VN','Hai Phong','','2010-01-01','2030-12-31','');
CREATE TABLE representations (
  id         INTEGER PRIMARY KEY,
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  matter     keytext NOT NULL CHECK (matter IN ('police', 'customs', 'both')),
  first_day  day NOT NULL,
  last_day   day NOT NULL CHECK (first_day <= last_day),
  agreement  text NOT NULL,
  UNIQUE (posting_id, state, matter, first_day)
);
INSERT INTO representations VALUES(18,6,'DK','both','2005-01-01','9999-12-31','');
INSERT INTO representations VALUES(19,6,'FI','both','2005-01-01','9999-12-31','');
INSERT INTO representations VALUES(20,6,'IS','both','2005-01-01','9999-12-31','');
INSERT INTO representations VALUES(21,6,'NO','both','2005-01-01','9999-12-31','');
INSERT INTO representations VALUES(22,6,'SE','both','2005-01-01','9999-12-31','');
INSERT INTO representations VALUES(26,7,'DK','both','2010-01-01','9999-12-31','');
INSERT INTO representations VALUES(27,7,'FI','both','2010-01-01','9999-12-31','');
INSERT INTO representations VALUES(28,7,'IS','both','2010-01-01','9999-12-31','');
INSERT INTO representations VALUES(29,7,'NO','both','2010-01-01','9999-12-31','');
INSERT INTO representations VALUES(30,7,'SE','both','2010-01-01','9999-12-31','');
CREATE TABLE coverages (
  id         INTEGER PRIMARY KEY,
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  country    keytext NOT NULL CHECK (length(country) = 2),
  first_day  day NOT NULL,
  last_day   day NOT NULL CHECK (first_day <= last_day),
  UNIQUE (posting_id, country, first_day)
);
INSERT INTO coverages VALUES(23,6,'LA','2006-01-01','2020-12-31');
INSERT INTO coverages VALUES(24,6,'MM','2005-01-01','9999-12-31');
CREATE TABLE suspensions (
  id         INTEGER PRIMARY KEY,
  posting_id INTEGER NOT NULL REFERENCES postings (id),
  first_day  day NOT NULL,
  last_day   day NOT NULL CHECK (first_day <= last_day),
  reason     text NOT NULL
);
INSERT INTO suspensions VALUES(31,7,'2021-03-01','2021-06-30','evacuated');
CREATE TABLE assignments (
  id               INTEGER PRIMARY KEY,
  version          INTEGER NOT NULL,
  key              keytext NOT NULL UNIQUE CHECK (key <> ''),
  officer_id       INTEGER NOT NULL REFERENCES officers (id),
  posting_id       INTEGER NOT NULL REFERENCES postings (id),
  first_day        day NOT NULL,
  last_day         day NOT NULL CHECK (first_day <= last_day),
  planned_last_day day CHECK (first_day <= planned_last_day),
  end_reason       text NOT NULL,
  note             text NOT NULL
);
INSERT INTO assignments VALUES(8,1,'a-1',3,6,'2020-08-17','2024-08-31','2025-08-31','recalled','sits well');
INSERT INTO assignments VALUES(9,1,'a-2',4,6,'2024-09-01','9999-12-31',NULL,'','');
INSERT INTO assignments VALUES(10,1,'a-3',5,7,'2024-01-01','2028-02-29',NULL,'','');
CREATE TABLE contact_points (
  id      INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  state   keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  matter  keytext NOT NULL CHECK (matter IN ('police', 'customs', 'both')),
  name    keytext NOT NULL CHECK (name <> ''),
  phone   text NOT NULL,
  email   text NOT NULL,
  hours   text NOT NULL
);
INSERT INTO contact_points VALUES(11,1,'SE','both','NOA','+46 8 2','noa@example.org','always');
INSERT INTO contact_points VALUES(12,1,'FI','customs','Tulli','+358 1','','');
CREATE TABLE sort_names (
  name      keytext NOT NULL,
  language  keytext NOT NULL,
  sort      blob NOT NULL,
  record_id INTEGER NOT NULL,
  PRIMARY KEY (name, language, sort, record_id)
) WITHOUT ROWID;
INSERT INTO sort_names VALUES('officer.name','en',X'15ef17f3164c0109171116cd174f163117ab185f16cd17f31816000000200043002000200020002000200020002000200020002000200020',3);
INSERT INTO sort_names VALUES('officer.name','sv',X'190617f3164c0109171116cd174f163117ab185f16cd17f3181600000020002000200020002000200020002000200020002000200020',3);
INSERT INTO sort_names VALUES('officer.rank','en',X'16cd174f1816164c174f1631164c174f18160000002000200020002000200020002000200020',3);
INSERT INTO sort_names VALUES('officer.rank','sv',X'16cd174f1816164c174f1631164c174f18160000002000200020002000200020002000200020',3);
INSERT INTO sort_names VALUES('officer.name','en',X'160517710109164c16ff000000200020002000200020',4);
INSERT INTO sort_names VALUES('officer.name','sv',X'160517710109164c16ff000000200020002000200020',4);
INSERT INTO sort_names VALUES('officer.rank','en',X'0000',4);
INSERT INTO sort_names VALUES('officer.rank','sv',X'0000',4);
INSERT INTO sort_names VALUES('officer.name','en',X'17f3177117bd164c174f010915ef164c169116cd17bd00000020002000540020002000200020002001390020002000200020',5);
INSERT INTO sort_names VALUES('officer.name','sv',X'17f3190817bd164c174f01091907169116cd17bd00000020002100200020002000200021002000200020',5);
INSERT INTO sort_names VALUES('officer.rank','en',X'0000',5);
INSERT INTO sort_names VALUES('officer.rank','sv',X'0000',5);
INSERT INTO sort_names VALUES('posting.place','en',X'181616b415ef16cd171115ef174f16310000002000200020002000200020002000200000160515ef174f169116ff177116ff0000002000200020002000200020002000000000',6);
INSERT INTO sort_names VALUES('posting.place','sv',X'181616b415ef16cd171115ef174f16310000002000200020002000200020002000200000160515ef174f169116ff177116ff0000002000200020002000200020002000000000',6);
INSERT INTO sort_names VALUES('posting.place','en',X'185f16cd164c1816174f15ef174100000020002000200020002000200020000016b415ef16cd0109179616b41771174f1691000000200020002000200020002000200020002000000000',7);
INSERT INTO sort_names VALUES('posting.place','sv',X'185f16cd164c1816174f15ef174100000020002000200020002000200020000016b415ef16cd0109179616b41771174f1691000000200020002000200020002000200020002000000000',7);
CREATE TABLE search_words (
  noun      keytext NOT NULL,
  word      keytext NOT NULL,
  record_id INTEGER NOT NULL,
  PRIMARY KEY (noun, word, record_id)
) WITHOUT ROWID;
INSERT INTO search_words VALUES('agency','authority',1);
INSERT INTO search_words VALUES('agency','noa',1);
INSERT INTO search_words VALUES('agency','police',1);
INSERT INTO search_words VALUES('agency','polismyndigheten',1);
INSERT INTO search_words VALUES('agency','se',1);
INSERT INTO search_words VALUES('agency','swedish',1);
INSERT INTO search_words VALUES('agency','agency',2);
INSERT INTO search_words VALUES('agency','customs',2);
INSERT INTO search_words VALUES('agency','danish',2);
INSERT INTO search_words VALUES('agency','dk',2);
INSERT INTO search_words VALUES('agency','toldstyrelsen',2);
INSERT INTO search_words VALUES('officer','ase',3);
INSERT INTO search_words VALUES('officer','intendent',3);
INSERT INTO search_words VALUES('officer','lindqvist',3);
INSERT INTO search_words VALUES('officer','o',3);
INSERT INTO search_words VALUES('officer','bo',4);
INSERT INTO search_words VALUES('officer','ek',4);
INSERT INTO search_words VALUES('officer','o',4);
INSERT INTO search_words VALUES('officer','aegir',5);
INSERT INTO search_words VALUES('officer','o',5);
INSERT INTO search_words VALUES('officer','soren',5);
INSERT INTO search_words VALUES('posting','bangkok',6);
INSERT INTO search_words VALUES('posting','hai',7);
INSERT INTO search_words VALUES('posting','hanoi',7);
INSERT INTO search_words VALUES('posting','phong',7);
CREATE TABLE audit (
  id         INTEGER PRIMARY KEY,
  revision   INTEGER NOT NULL,
  at         keytext NOT NULL,
  actor      text NOT NULL,
  request    text NOT NULL,
  action     keytext NOT NULL CHECK (action IN ('create', 'update', 'remove')),
  noun       keytext NOT NULL,
  record_id  INTEGER NOT NULL,
  record_key text NOT NULL,
  old        text,
  new        text
);
INSERT INTO audit VALUES(13,1,'2026-11-24T10:30:57.606Z','local','','create','agency',1,'se-police',NULL,'{"id":1,"version":1,"key":"se-police","country":"SE","kind":"police","name":"Polismyndigheten","name_en":"Swedish Police Authority","acronym":"NOA","first_day":"2015-01-01","last_day":"9999-12-31"}');
INSERT INTO audit VALUES(14,1,'2026-11-24T10:30:57.606Z','local','','create','agency',2,'dk-customs',NULL,'{"id":2,"version":1,"key":"dk-customs","country":"DK","kind":"customs","name":"Toldstyrelsen","name_en":"Danish Customs Agency","acronym":"","first_day":null,"last_day":"9999-12-31"}');
INSERT INTO audit VALUES(15,1,'2026-11-24T10:30:57.606Z','local','','create','officer',3,'o-ase',NULL,'{"id":3,"version":1,"key":"o-ase","agency_id":1,"name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","masked":false,"note":"speaks Thai"}');
INSERT INTO audit VALUES(16,1,'2026-11-24T10:30:57.606Z','local','','create','officer',4,'o-bo',NULL,'{"id":4,"version":1,"key":"o-bo","agency_id":1,"name":"Bo Ek","rank":"","email":"","phone":"","languages":"sv","masked":true,"note":""}');
INSERT INTO audit VALUES(17,1,'2026-11-24T10:30:57.606Z','local','','create','officer',5,'o-soren',NULL,'{"id":5,"version":1,"key":"o-soren","agency_id":2,"name":"Søren Ægir","rank":"","email":"soren@example.org","phone":"","languages":"da","masked":false,"note":""}');
INSERT INTO audit VALUES(25,1,'2026-11-24T10:30:57.606Z','local','','create','posting',6,'bangkok',NULL,'{"id":6,"version":1,"key":"bangkok","agency_id":1,"host_country":"TH","host_city":"Bangkok","host_organisation":"","opened":"2005-01-01","closed":"9999-12-31","note":"a post, \"quoted\"","representations":[{"state":"DK","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[{"country":"LA","first_day":"2006-01-01","last_day":"2020-12-31"},{"country":"MM","first_day":"2005-01-01","last_day":"9999-12-31"}],"suspensions":[]}');
INSERT INTO audit VALUES(32,1,'2026-11-24T10:30:57.606Z','local','','create','posting',7,'hanoi',NULL,'{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}');
INSERT INTO audit VALUES(33,1,'2026-11-24T10:30:57.606Z','local','','create','assignment',8,'a-1',NULL,'{"id":8,"version":1,"key":"a-1","officer_id":3,"posting_id":6,"first_day":"2020-08-17","last_day":"2024-08-31","planned_last_day":"2025-08-31","end_reason":"recalled","note":"sits well"}');
INSERT INTO audit VALUES(34,1,'2026-11-24T10:30:57.606Z','local','','create','assignment',9,'a-2',NULL,'{"id":9,"version":1,"key":"a-2","officer_id":4,"posting_id":6,"first_day":"2024-09-01","last_day":"9999-12-31","planned_last_day":null,"end_reason":"","note":""}');
INSERT INTO audit VALUES(35,1,'2026-11-24T10:30:57.606Z','local','','create','assignment',10,'a-3',NULL,'{"id":10,"version":1,"key":"a-3","officer_id":5,"posting_id":7,"first_day":"2024-01-01","last_day":"2028-02-29","planned_last_day":null,"end_reason":"","note":""}');
INSERT INTO audit VALUES(36,1,'2026-11-24T10:30:57.606Z','local','','create','contact_point',11,'SE both NOA',NULL,'{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"+46 8 2","email":"noa@example.org","hours":"always"}');
INSERT INTO audit VALUES(37,1,'2026-11-24T10:30:57.606Z','local','','create','contact_point',12,'FI customs Tulli',NULL,'{"id":12,"version":1,"state":"FI","matter":"customs","name":"Tulli","phone":"+358 1","email":"","hours":""}');
INSERT INTO audit VALUES(38,2,'2026-11-24T10:30:58.042Z','local','','update','officer',3,'o-ase','{"id":3,"version":1,"key":"o-ase","agency_id":1,"name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","masked":false,"note":"speaks Thai"}','{"id":3,"version":2,"key":"o-ase","agency_id":1,"name":"Åse Lindqvist","rank":"intendent","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","masked":false,"note":"speaks Thai and Lao"}');
INSERT INTO audit VALUES(39,2,'2026-11-24T10:30:58.042Z','local','','update','posting',7,'hanoi','{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}','{"id":7,"version":2,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hai Phong","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}');
CREATE UNIQUE INDEX agencies_in_order ON agencies (country, kind, key);
CREATE UNIQUE INDEX officers_of_agency ON officers (agency_id, key);
CREATE UNIQUE INDEX postings_of_agency ON postings (agency_id, key);
CREATE INDEX postings_by_opened ON postings (opened, id);
CREATE INDEX postings_by_closed ON postings (closed, id);
CREATE INDEX postings_in_country ON postings (host_country);
CREATE INDEX coverages_of_country ON coverages (country, posting_id);
CREATE INDEX suspensions_of_posting ON suspensions (posting_id, first_day);
CREATE INDEX assignments_of_officer ON assignments (officer_id, first_day, id);
CREATE INDEX assignments_of_posting ON assignments (posting_id, first_day, id);
CREATE INDEX assignments_by_first_day ON assignments (first_day, id);
CREATE INDEX assignments_by_last_day ON assignments (last_day, id);
CREATE INDEX sort_names_of_record ON sort_names (record_id);
CREATE INDEX search_words_of_record ON search_words (record_id);
CREATE INDEX audit_of_record ON audit (record_id, id);
COMMIT;

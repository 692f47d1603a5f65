PRAGMA application_id = 1398893922;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migrations (version int PRIMARY KEY, name text NOT NULL, at text NOT NULL);
INSERT INTO migrations VALUES(1,'0001_directory.sql','2026-11-24T10:31:10.882Z');
INSERT INTO migrations VALUES(2,'0002_accounts.sql','2026-11-24T10:31:10.909Z');
INSERT INTO migrations VALUES(3,'0003_planning.sql','2026-11-24T10:31:10.924Z');
INSERT INTO migrations VALUES(4,'0004_access.sql','2026-11-29T12:51:35.536Z');
INSERT INTO migrations VALUES(5,'0005_ties.sql','2026-11-29T12:51:35.537Z');
INSERT INTO migrations VALUES(6,'0006_bodies.sql','2026-11-29T20:06:56.116Z');
INSERT INTO migrations VALUES(7,'0007_work.sql','2026-11-29T22:07:02.574Z');
INSERT INTO migrations VALUES(8,'0008_taken.sql','2026-11-30T04:56:04.929Z');
CREATE TABLE directory (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  next_id  INTEGER NOT NULL,
  derived  keytext NOT NULL
, head blob, access INTEGER NOT NULL DEFAULT 0);
INSERT INTO directory VALUES(1,3,51,'94e8ee0299955184',X'91eef01ce735b7da411c18e27ab5808413fc71ec78575600f26739d547f184e5',3);
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
INSERT INTO touched VALUES(3,'attestation',0);
CREATE TABLE agencies (
  id        INTEGER PRIMARY KEY,
  version   INTEGER NOT NULL,
  key       keytext NOT NULL UNIQUE CHECK (key <> ''),
  country   keytext NOT NULL CHECK (country IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  name      text NOT NULL CHECK (name <> ''),
  name_en   text NOT NULL,
  acronym   text NOT NULL,
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
, kind keytext NOT NULL DEFAULT 'other' CHECK (kind IN ('police', 'customs', 'border_guard', 'coast_guard', 'tax', 'prosecution', 'economic_crime', 'ministry', 'other')));
INSERT INTO agencies VALUES(1,1,'se-police','SE','Polismyndigheten','Swedish Police Authority','NOA','2015-01-01','9999-12-31','police');
INSERT INTO agencies VALUES(2,1,'dk-customs','DK','Toldstyrelsen','Danish Customs Agency','',NULL,'9999-12-31','customs');
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
, areas text NOT NULL DEFAULT '');
INSERT INTO officers VALUES(3,2,'o-ase',1,'Åse Lindqvist','intendent','ase@example.org','+46 8 1','sv en',0,'speaks Thai and Lao','');
INSERT INTO officers VALUES(4,1,'o-bo',1,'Bo Ek','','','','sv',1,'','');
INSERT INTO officers VALUES(5,1,'o-soren',2,'Søren Ægir','','soren@example.org','','da',0,'','');
CREATE TABLE postings (
  id                INTEGER PRIMARY KEY,
  version           INTEGER NOT NULL,
  key               keytext NOT NULL UNIQUE CHECK (key <> ''),
  agency_id         INTEGER NOT NULL REFERENCES agencies (id),
  host_city         text NOT NULL,
  host_organisation keytext NOT NULL,
  opened            day NOT NULL,
  closed            day NOT NULL CHECK (opened <= closed),
  note              text NOT NULL
, restricted boolean NOT NULL DEFAULT false CHECK (restricted IN (true, false)), host_country keytext NOT NULL DEFAULT '', role keytext NOT NULL DEFAULT '', areas text NOT NULL DEFAULT '');
INSERT INTO postings VALUES(6,1,'bangkok',1,'Bangkok','','2005-01-01','9999-12-31','a post, "quoted"',0,'TH','','');
INSERT INTO postings VALUES(7,2,'hanoi',2,'Hai Phong','','2010-01-01','2030-12-31','',0,'VN','','');
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
INSERT INTO sort_names VALUES('officer.name','en',X'0000',4);
INSERT INTO sort_names VALUES('officer.name','sv',X'0000',4);
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
INSERT INTO search_words VALUES('body','baltic',-10);
INSERT INTO search_words VALUES('body','cbss',-10);
INSERT INTO search_words VALUES('body','council',-10);
INSERT INTO search_words VALUES('body','of',-10);
INSERT INTO search_words VALUES('body','sea',-10);
INSERT INTO search_words VALUES('body','states',-10);
INSERT INTO search_words VALUES('body','the',-10);
INSERT INTO search_words VALUES('body','analysis',-9);
INSERT INTO search_words VALUES('body','and',-9);
INSERT INTO search_words VALUES('body','centre',-9);
INSERT INTO search_words VALUES('body','maoc',-9);
INSERT INTO search_words VALUES('body','maritime',-9);
INSERT INTO search_words VALUES('body','n',-9);
INSERT INTO search_words VALUES('body','narcotics',-9);
INSERT INTO search_words VALUES('body','operations',-9);
INSERT INTO search_words VALUES('body','customs',-8);
INSERT INTO search_words VALUES('body','organization',-8);
INSERT INTO search_words VALUES('body','wco',-8);
INSERT INTO search_words VALUES('body','world',-8);
INSERT INTO search_words VALUES('body','center',-7);
INSERT INTO search_words VALUES('body','enforcement',-7);
INSERT INTO search_words VALUES('body','european',-7);
INSERT INTO search_words VALUES('body','law',-7);
INSERT INTO search_words VALUES('body','selec',-7);
INSERT INTO search_words VALUES('body','southeast',-7);
INSERT INTO search_words VALUES('body','ameripol',-6);
INSERT INTO search_words VALUES('body','eurojust',-5);
INSERT INTO search_words VALUES('body','unodc',-4);
INSERT INTO search_words VALUES('body','interpol',-3);
INSERT INTO search_words VALUES('body','singapore',-3);
INSERT INTO search_words VALUES('body','interpol',-2);
INSERT INTO search_words VALUES('body','lyon',-2);
INSERT INTO search_words VALUES('body','europol',-1);
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
INSERT INTO search_words VALUES('officer','aase',3);
INSERT INTO search_words VALUES('officer','ase',3);
INSERT INTO search_words VALUES('officer','intendent',3);
INSERT INTO search_words VALUES('officer','lindqvist',3);
INSERT INTO search_words VALUES('officer','o',3);
INSERT INTO search_words VALUES('masked','bo',4);
INSERT INTO search_words VALUES('masked','ek',4);
INSERT INTO search_words VALUES('masked','o',4);
INSERT INTO search_words VALUES('officer','aegir',5);
INSERT INTO search_words VALUES('officer','agir',5);
INSERT INTO search_words VALUES('officer','o',5);
INSERT INTO search_words VALUES('officer','soeren',5);
INSERT INTO search_words VALUES('officer','soren',5);
INSERT INTO search_words VALUES('posting','bangkok',6);
INSERT INTO search_words VALUES('posting','hai',7);
INSERT INTO search_words VALUES('posting','hanoi',7);
INSERT INTO search_words VALUES('posting','phong',7);
CREATE TABLE audit (
  id           INTEGER PRIMARY KEY,
  revision     INTEGER NOT NULL,
  at           keytext NOT NULL,
  actor_id     INTEGER NOT NULL,
  actor        text NOT NULL,
  role         text NOT NULL,
  request      text NOT NULL,
  action       keytext NOT NULL CHECK (action <> ''),
  noun         keytext NOT NULL,
  record_id    INTEGER NOT NULL,
  record_key   text NOT NULL,
  state        keytext NOT NULL,
  old          text,
  new          text,
  old_personal text,
  new_personal text,
  salt         blob,
  hash         blob NOT NULL
);
INSERT INTO audit VALUES(13,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','agency',1,'se-police','',NULL,'{"id":1,"version":1,"key":"se-police","country":"SE","kind":"police","name":"Polismyndigheten","name_en":"Swedish Police Authority","acronym":"NOA","first_day":"2015-01-01","last_day":"9999-12-31"}',NULL,NULL,NULL,X'd621466331a3329f5216f1ec4720e2c661f00d0aa59db2697af5e2a208f8b7b4');
INSERT INTO audit VALUES(14,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','agency',2,'dk-customs','',NULL,'{"id":2,"version":1,"key":"dk-customs","country":"DK","kind":"customs","name":"Toldstyrelsen","name_en":"Danish Customs Agency","acronym":"","first_day":null,"last_day":"9999-12-31"}',NULL,NULL,NULL,X'b0b92a521cecbffb15a363664bc67b28d2600a4ec642a7d29c0df38f13c59f60');
INSERT INTO audit VALUES(15,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','officer',3,'o-ase','SE',NULL,'{"personal":"U9TItf8W5TO28/iBB7rfA1RjF9jo6pkv+tQEJ1aZ6jI","id":3,"version":1,"agency_id":1,"masked":false}',NULL,'{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}',X'5e392a8463b406885a898a900a62200a',X'ae50140e5057dc5a2d70b97a2107aedfeade0ff58c007ce67386b56db17193d4');
INSERT INTO audit VALUES(16,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','officer',4,'o-bo','SE',NULL,'{"personal":"W7VnYysnKEe6gv8ya4JaRYQSPJmNw7v4ImCKg/AE6M0","id":4,"version":1,"agency_id":1,"masked":true}',NULL,'{"key":"o-bo","name":"Bo Ek","rank":"","email":"","phone":"","languages":"sv","note":""}',X'12ec7c645fd33d7089aaef3e4bcff3dc',X'122a5730b83b060cde075b96902615dc83c7e0a1b1f188075f551cdb2da7d16a');
INSERT INTO audit VALUES(17,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','officer',5,'o-soren','DK',NULL,'{"personal":"STE80rY8E4rQBmu18+MwpUurcdvk/7ODZsr8hSL4JDQ","id":5,"version":1,"agency_id":2,"masked":false}',NULL,'{"key":"o-soren","name":"Søren Ægir","rank":"","email":"soren@example.org","phone":"","languages":"da","note":""}',X'eacc179e57fb539a188a66e6745969b2',X'8ecd6290cd21003eb95879ff424bb407308bbc89e34e42c33a2230637ad8a7c0');
INSERT INTO audit VALUES(25,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','posting',6,'bangkok','SE',NULL,'{"id":6,"version":1,"key":"bangkok","agency_id":1,"host_country":"TH","host_city":"Bangkok","host_organisation":"","opened":"2005-01-01","closed":"9999-12-31","restricted":false,"note":"a post, \"quoted\"","representations":[{"state":"DK","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[{"country":"LA","first_day":"2006-01-01","last_day":"2020-12-31"},{"country":"MM","first_day":"2005-01-01","last_day":"9999-12-31"}],"suspensions":[]}',NULL,NULL,NULL,X'25a25c040e3601bb90d2befc6c25c53c308c9fd77d8a8c522c58554e13546c8f');
INSERT INTO audit VALUES(32,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','posting',7,'hanoi','DK',NULL,'{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}',NULL,NULL,NULL,X'b866b66e53eddeb2c8ce0831d90ab5bb95acf42dfb1ba8233f91d91e6fdd5ecf');
INSERT INTO audit VALUES(33,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','assignment',8,'a-1','SE',NULL,'{"personal":"B6FCjrV4pSdi04E53nBc/0C6cNK/8n2bhyyvlOFDyGc","id":8,"version":1,"key":"a-1","officer_id":3,"posting_id":6,"first_day":"2020-08-17","last_day":"2024-08-31","planned_last_day":"2025-08-31"}',NULL,'{"end_reason":"recalled","note":"sits well"}',X'b20111fc49a1818bc5868867555ed083',X'e34ded534bf9e0c9a205c3658c3910e9cf43c0ffee7d64c9d3541081ee4818be');
INSERT INTO audit VALUES(34,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','assignment',9,'a-2','SE',NULL,'{"id":9,"version":1,"key":"a-2","officer_id":4,"posting_id":6,"first_day":"2024-09-01","last_day":"9999-12-31","planned_last_day":null}',NULL,NULL,NULL,X'38fecc63844925eb91114426bda6e7781f58a6b3702744cc4c1157e5d1e54b9e');
INSERT INTO audit VALUES(35,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','assignment',10,'a-3','DK',NULL,'{"id":10,"version":1,"key":"a-3","officer_id":5,"posting_id":7,"first_day":"2024-01-01","last_day":"2028-02-29","planned_last_day":null}',NULL,NULL,NULL,X'def580533ea3ecdb625e4d931d57d7ae2bd742affa6865741a289cfffa1ccf7b');
INSERT INTO audit VALUES(36,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','contact_point',11,'SE both NOA','SE',NULL,'{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"+46 8 2","email":"noa@example.org","hours":"always"}',NULL,NULL,NULL,X'9d1815aea62aa2dad02276ee50825bfc7009c6576d98a317984f0f2d2539a683');
INSERT INTO audit VALUES(37,1,'2026-11-24T10:31:10.983Z',0,'local','coordinator:all auditor:all administrator:all','','create','contact_point',12,'FI customs Tulli','FI',NULL,'{"id":12,"version":1,"state":"FI","matter":"customs","name":"Tulli","phone":"+358 1","email":"","hours":""}',NULL,NULL,NULL,X'da54b66a1988d5d08c85ade2b19173e03788846852bd379138d17cb9304e26d2');
INSERT INTO audit VALUES(38,2,'2026-11-24T10:31:12.123Z',0,'local','coordinator:all auditor:all administrator:all','','update','officer',3,'o-ase','SE','{"personal":"It4LqruEud0qg3J/O2Z/PyVDTpDkWNL2B3QsWvtyuZQ","id":3,"version":1,"agency_id":1,"masked":false}','{"personal":"pBVoZsqejP17oNzu9pv7j2CbBdofSZx63t3vWbjvb5s","id":3,"version":2,"agency_id":1,"masked":false}','{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}','{"key":"o-ase","name":"Åse Lindqvist","rank":"intendent","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai and Lao"}',X'84cf3cad20cca3cb5c26c6320c976481',X'a59e2574d6ecb69bbd3712f2bb1724e4652b9c1b0bd12e20ab25294bcbfdfec4');
INSERT INTO audit VALUES(39,2,'2026-11-24T10:31:12.123Z',0,'local','coordinator:all auditor:all administrator:all','','update','posting',7,'hanoi','DK','{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}','{"id":7,"version":2,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hai Phong","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}',NULL,NULL,NULL,X'd3a4e54b982a9a8d8b9626aab20f79de8c142f34c2b2ea14f1107f1ec9be7ae3');
INSERT INTO audit VALUES(41,2,'2026-11-24T10:31:14.573Z',0,'local','coordinator:all auditor:all administrator:all','','create','account',40,'kari@example.org','SE',NULL,'{"personal":"9nGzfGNiVq7UR07K1eaQg2A8IzLY/v5gyF0oQ9Qa0Hc","id":40,"version":1,"rights":"coordinator:SE","disabled":false,"demo":false}',NULL,'{"email":"kari@example.org","issuer":"","subject":""}',X'9affed097fd5ec8c198aa5c629c688dd',X'73000b7c889fe4c0a36e080701ad97c4599b5bf3be3ab5b80dadc4d1ddb8f172');
INSERT INTO audit VALUES(42,2,'2026-11-24T10:31:14.573Z',0,'local','coordinator:all auditor:all administrator:all','','set_password','account',40,'','SE',NULL,'{}',NULL,NULL,NULL,X'34327064444aa91de3cde627b6818273ba231b7c09b61db1bc70d367fdf13dcf');
INSERT INTO audit VALUES(44,2,'2026-11-24T10:31:14.846Z',0,'local','coordinator:all auditor:all administrator:all','','create','token',43,'','SE',NULL,'{"account":40,"role":"coordinator","expires":"2099-06-30"}',NULL,NULL,NULL,X'9744f085e29f364f7ce549881a8054b79660d48cd11cf205f3465ae6bba5fc2d');
INSERT INTO audit VALUES(45,2,'2026-11-24T10:31:18.414Z',40,'','coordinator:SE','SIHU7YMASI2F','attest','attestation',0,'','SE',NULL,'{"day":"2026-11-24","before":"","posting":""}',NULL,NULL,NULL,X'b723deaadc4d49fa8b6fa022a837c6b13841207d358a2107abe8d97ba38ef49e');
INSERT INTO audit VALUES(47,3,'2026-11-24T10:31:49.903Z',0,'local','coordinator:all auditor:all administrator:all','','create','token',46,'','SE',NULL,'{"account":40,"role":"coordinator","expires":"2099-06-30"}',NULL,NULL,NULL,X'0882a8726e5f13ba6d423f9cdb9255b1bc17ae01cc3507a7d6debb401a4e8894');
INSERT INTO audit VALUES(49,3,'2026-11-24T10:31:52.799Z',40,'','coordinator:SE','QNXTMPLDJAOW','keep','plan',48,'','',NULL,'{"steps":1,"personal":"uGm7EZgp9J6Q1mLoGHWSqivD/2VUuaYtMCZ65uuvq0Y"}',NULL,'{"asked":"Close it"}',X'dffdb7108f60bf02522312b1a78fd1ae',X'4fea0b6e91bb9aa5c51bf5d28d01abbad93c31e09cfe123907cf04ada3a6c0c2');
INSERT INTO audit VALUES(50,3,'2026-11-30T04:56:05.249Z',0,'local','coordinator:all auditor:all administrator:all','','export','file',0,'','',NULL,'{"what":"package","rows":22}',NULL,NULL,NULL,X'91eef01ce735b7da411c18e27ab5808413fc71ec78575600f26739d547f184e5');
CREATE TABLE accounts (
  id       INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL,
  email    keytext NOT NULL UNIQUE CHECK (email <> ''),
  rights   text NOT NULL,
  disabled boolean NOT NULL CHECK (disabled IN (true, false)),
  demo     boolean NOT NULL CHECK (demo IN (true, false)),
  issuer   keytext NOT NULL,
  subject  keytext NOT NULL
);
INSERT INTO accounts VALUES(40,1,'kari@example.org','coordinator:SE',0,0,'','');
CREATE TABLE credentials (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  password   text NOT NULL,
  totp       text NOT NULL,
  totp_step  INTEGER NOT NULL,
  recovery   text NOT NULL
);
INSERT INTO credentials VALUES(40,'$argon2id$v=19$m=65536,t=2,p=1$S2eJZ+fXhVTKTgn4jJyeZw$covz9uDdv21LhqtAo8BNc6OE6GlhY9UGpB44rbso6t8','',0,'');
CREATE TABLE sessions (
  id         keytext PRIMARY KEY,
  account_id INTEGER NOT NULL,
  data       blob NOT NULL,
  expires    keytext NOT NULL
);
CREATE TABLE tokens (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  hash       keytext NOT NULL UNIQUE,
  role       keytext NOT NULL,
  made       keytext NOT NULL,
  expires    day NOT NULL,
  revoked    boolean NOT NULL CHECK (revoked IN (true, false))
);
INSERT INTO tokens VALUES(43,40,'32e8ed44346f70dd93ad6a0228c269146e06e2303b439c7dea7ffc8414b402e0','coordinator','2026-11-24T10:31:14.846Z','2099-06-30',0);
INSERT INTO tokens VALUES(46,40,'387b9fe052afc7d8a862d20e28e310926fc172af5b145f523655ba5a2be0f7b7','coordinator','2026-11-24T10:31:49.903Z','2099-06-30',0);
CREATE TABLE links (
  hash       keytext PRIMARY KEY,
  account_id INTEGER NOT NULL,
  expires    keytext NOT NULL
, maker_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE secrets (
  name  keytext PRIMARY KEY,
  value blob NOT NULL
);
INSERT INTO secrets VALUES('seal',X'2a1b9521ff0d98038643e9eaa430672e38e505b81a5b1f1f76816a0c796da9c1');
INSERT INTO secrets VALUES('device',X'0a2dfab539719abb875c8b011eec187d0b0c3921097255366f1fe09e9a929ddf');
CREATE TABLE plans (
  id         INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL,
  name       text NOT NULL CHECK (name <> ''),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  note       text NOT NULL,
  steps      text NOT NULL CHECK (steps <> ''),
  revision   INTEGER NOT NULL
);
INSERT INTO plans VALUES(48,1,'Close it',40,'','close posting 6 last_day 2030-01-01',3);
CREATE TABLE snoozes (
  finding    keytext PRIMARY KEY,
  posting_id INTEGER NOT NULL,
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  last_day   day NOT NULL,
  reason     text NOT NULL CHECK (reason <> '')
);
CREATE TABLE attestations (
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  posting_id INTEGER NOT NULL,
  on_day     day NOT NULL,
  PRIMARY KEY (state, posting_id)
);
INSERT INTO attestations VALUES('SE',0,'2026-11-24');
CREATE TABLE visits (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  this_day   day NOT NULL,
  last_day   day
);
CREATE TABLE tries (
  who keytext PRIMARY KEY,
  due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE ties (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
  officer_id INTEGER NOT NULL UNIQUE REFERENCES officers (id),
  email      text NOT NULL,
  issuer     text NOT NULL,
  subject    text NOT NULL
);
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
INSERT INTO bodies VALUES(-10,1,'cbss','','organisation','Council of the Baltic Sea States','','CBSS','SE','Stockholm',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-9,1,'maoc-n','','organisation','Maritime Analysis and Operations Centre – Narcotics','','MAOC-N','PT','Lisbon',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-8,1,'wco','','organisation','World Customs Organization','','WCO','BE','Brussels',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-7,1,'selec','','organisation','Southeast European Law Enforcement Center','','SELEC','RO','Bucharest',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-6,1,'ameripol','','organisation','AMERIPOL','','','CO','Bogotá',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-5,1,'eurojust','','organisation','Eurojust','','','NL','The Hague',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-4,1,'unodc','','organisation','UNODC','','','AT','Vienna',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-3,1,'interpol-singapore','','organisation','INTERPOL, Singapore','','','SG','Singapore',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-2,1,'interpol-lyon','','organisation','INTERPOL, Lyon','','','FR','Lyon',NULL,'9999-12-31',NULL,'','','');
INSERT INTO bodies VALUES(-1,1,'europol','','organisation','Europol','','','NL','The Hague',NULL,'9999-12-31',NULL,'','','');
CREATE TABLE body_names (
  id        INTEGER PRIMARY KEY,
  body_id   INTEGER NOT NULL REFERENCES bodies (id),
  name      text NOT NULL CHECK (name <> ''),
  name_en   text NOT NULL,
  acronym   text NOT NULL,
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE TABLE body_members (
  id        INTEGER PRIMARY KEY,
  body_id   INTEGER NOT NULL REFERENCES bodies (id),
  country   keytext NOT NULL CHECK (country <> ''),
  role      keytext NOT NULL CHECK (role IN ('member', 'observer', 'partner')),
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE TABLE chairs (
  id        INTEGER PRIMARY KEY,
  body_id   INTEGER NOT NULL REFERENCES bodies (id),
  country   keytext NOT NULL CHECK (country <> ''),
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
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
CREATE TABLE project_agencies (
  id         INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  agency_id  INTEGER NOT NULL REFERENCES agencies (id),
  first_day  day,
  last_day   day NOT NULL CHECK (first_day <= last_day)
);
CREATE TABLE absences (
  id            INTEGER PRIMARY KEY,
  assignment_id INTEGER NOT NULL REFERENCES assignments (id),
  first_day     day NOT NULL,
  last_day      day NOT NULL CHECK (first_day <= last_day),
  stand_in_id   INTEGER NOT NULL
);
CREATE TABLE agency_names (
  id        INTEGER PRIMARY KEY,
  agency_id INTEGER NOT NULL REFERENCES agencies (id),
  name      text NOT NULL CHECK (name <> ''),
  name_en   text NOT NULL,
  acronym   text NOT NULL,
  first_day day,
  last_day  day NOT NULL CHECK (first_day <= last_day)
);
CREATE TABLE views (
  id         INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL,
  name       text NOT NULL CHECK (name <> ''),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  list       keytext NOT NULL CHECK (list IN ('postings', 'officers', 'assignments')),
  query      text NOT NULL,
  shared     keytext NOT NULL CHECK (shared IN ('', 'all', 'DK', 'FI', 'IS', 'NO', 'SE'))
);
CREATE TABLE usual_views (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  list       keytext NOT NULL,
  view_id    INTEGER NOT NULL REFERENCES views (id),
  PRIMARY KEY (account_id, list)
);
CREATE TABLE remarks (
  id         INTEGER PRIMARY KEY,
  version    INTEGER NOT NULL,
  about      keytext NOT NULL CHECK (about IN ('posting', 'officer', 'body')),
  record_id  INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  on_day     day NOT NULL,
  remark     text NOT NULL CHECK (remark <> '')
);
CREATE TABLE unsaved_forms (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  name       keytext NOT NULL CHECK (name <> ''),
  path       text NOT NULL,
  form       text NOT NULL,
  kept       keytext NOT NULL,
  PRIMARY KEY (account_id, name)
);
CREATE TABLE claims (
  finding    keytext PRIMARY KEY,
  posting_id INTEGER NOT NULL,
  state      keytext NOT NULL CHECK (state IN ('DK', 'FI', 'IS', 'NO', 'SE')),
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  on_day     day NOT NULL
);
CREATE TABLE follows (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  noun       keytext NOT NULL CHECK (noun IN ('posting', 'body', 'place')),
  record     keytext NOT NULL CHECK (record <> ''),
  PRIMARY KEY (account_id, noun, record)
);
CREATE TABLE replaced (
  row_id   INTEGER NOT NULL,
  noted    keytext NOT NULL,
  record   keytext NOT NULL,
  was      text NOT NULL,
  kept     keytext NOT NULL,
  PRIMARY KEY (row_id, noted, record)
);
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
CREATE UNIQUE INDEX postings_of_agency ON postings (agency_id, key);
CREATE INDEX postings_by_opened ON postings (opened, id);
CREATE INDEX postings_by_closed ON postings (closed, id);
CREATE INDEX coverages_of_country ON coverages (country, posting_id);
CREATE INDEX suspensions_of_posting ON suspensions (posting_id, first_day);
CREATE INDEX assignments_of_officer ON assignments (officer_id, first_day, id);
CREATE INDEX assignments_of_posting ON assignments (posting_id, first_day, id);
CREATE INDEX assignments_by_first_day ON assignments (first_day, id);
CREATE INDEX assignments_by_last_day ON assignments (last_day, id);
CREATE INDEX sort_names_of_record ON sort_names (record_id);
CREATE INDEX search_words_of_record ON search_words (record_id);
CREATE INDEX postings_restricted ON postings (agency_id) WHERE restricted = true;
CREATE UNIQUE INDEX officers_of_agency ON officers (agency_id, id);
CREATE INDEX audit_of_record ON audit (record_id, id);
CREATE INDEX audit_of_actor ON audit (actor_id, id);
CREATE INDEX audit_of_event ON audit (action, id) WHERE action NOT IN ('create', 'update', 'remove');
CREATE UNIQUE INDEX accounts_by_subject ON accounts (issuer, subject) WHERE subject <> '';
CREATE INDEX sessions_of_account ON sessions (account_id);
CREATE INDEX sessions_by_expires ON sessions (expires);
CREATE INDEX tokens_of_account ON tokens (account_id);
CREATE INDEX plans_of_account ON plans (account_id);
CREATE INDEX tries_by_due ON tries (due);
CREATE INDEX bodies_of_parent ON bodies (parent, key);
CREATE INDEX body_names_of_body ON body_names (body_id);
CREATE INDEX body_members_of_body ON body_members (body_id);
CREATE INDEX chairs_of_body ON chairs (body_id);
CREATE INDEX projects_of_body ON projects (body, first_day);
CREATE INDEX project_agencies_of_project ON project_agencies (project_id);
CREATE INDEX project_agencies_of_agency ON project_agencies (agency_id);
CREATE INDEX absences_of_assignment ON absences (assignment_id);
CREATE INDEX absences_of_stand_in ON absences (stand_in_id);
CREATE INDEX agency_names_of_agency ON agency_names (agency_id);
CREATE UNIQUE INDEX agencies_in_order ON agencies (country, kind, key);
CREATE INDEX postings_in_country ON postings (host_country);
CREATE INDEX postings_at_body ON postings (host_organisation);
CREATE INDEX views_of_list ON views (list, name);
CREATE INDEX usual_views_of_view ON usual_views (view_id);
CREATE INDEX remarks_of_record ON remarks (about, record_id, id);
CREATE INDEX replaced_of ON replaced (noted, record, row_id);
CREATE INDEX audit_of_removal ON audit (id) WHERE action = 'remove';
CREATE INDEX imports_of_account ON imports (account_id, kept);
CREATE INDEX calendars_of_account ON calendars (account_id);
COMMIT;

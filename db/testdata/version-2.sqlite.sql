PRAGMA application_id = 1398893922;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migrations (version int PRIMARY KEY, name text NOT NULL, at text NOT NULL);
INSERT INTO migrations VALUES(1,'0001_directory.sql','2026-11-24T10:31:00.554Z');
INSERT INTO migrations VALUES(2,'0002_accounts.sql','2026-11-24T10:31:00.560Z');
CREATE TABLE directory (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  next_id  INTEGER NOT NULL,
  derived  keytext NOT NULL
, head blob, access INTEGER NOT NULL DEFAULT 0);
INSERT INTO directory VALUES(1,2,45,'6dfed2869cb3a35e',X'9c388fb50ef48650840e99f31598c6a3bd2c1a825aae6ae6c1ebd8e606884942',2);
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
, restricted boolean NOT NULL DEFAULT false CHECK (restricted IN (true, false)));
INSERT INTO postings VALUES(6,1,'bangkok',1,'TH','Bangkok','','2005-01-01','9999-12-31','a post, "quoted"',0);
INSERT INTO postings VALUES(7,2,'hanoi',2,'VN','Hai Phong','','2010-01-01','2030-12-31','',0);
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
INSERT INTO search_words VALUES('masked','bo',4);
INSERT INTO search_words VALUES('masked','ek',4);
INSERT INTO search_words VALUES('masked','o',4);
INSERT INTO search_words VALUES('officer','aegir',5);
INSERT INTO search_words VALUES('officer','o',5);
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
INSERT INTO audit VALUES(13,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','agency',1,'se-police','',NULL,'{"id":1,"version":1,"key":"se-police","country":"SE","kind":"police","name":"Polismyndigheten","name_en":"Swedish Police Authority","acronym":"NOA","first_day":"2015-01-01","last_day":"9999-12-31"}',NULL,NULL,NULL,X'f215ffe94f6ad654e2f0df4770024723840e3cb5a2c3a78d2ff0626cb594b948');
INSERT INTO audit VALUES(14,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','agency',2,'dk-customs','',NULL,'{"id":2,"version":1,"key":"dk-customs","country":"DK","kind":"customs","name":"Toldstyrelsen","name_en":"Danish Customs Agency","acronym":"","first_day":null,"last_day":"9999-12-31"}',NULL,NULL,NULL,X'5d38224a84891ba52f380f764c8a48a9a9aca4018fcb9f5be7219d7029f9e75b');
INSERT INTO audit VALUES(15,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','officer',3,'o-ase','SE',NULL,'{"personal":"XoC5Qqht5Xvj+wbNVQjgmnu6pk98B7I2CAtWmUPS45M","id":3,"version":1,"agency_id":1,"masked":false}',NULL,'{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}',X'bd1fb0b281110901c44a16a8fb9e3f8a',X'7590a520871d1e88250a3719d4613dc4d7b4f6c26fbb23e7a4c2e40596c961d1');
INSERT INTO audit VALUES(16,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','officer',4,'o-bo','SE',NULL,'{"personal":"rZc+K0rQsnNtkedsHWdAjKb/cnwDLz3nveLP2jCYEx0","id":4,"version":1,"agency_id":1,"masked":true}',NULL,'{"key":"o-bo","name":"Bo Ek","rank":"","email":"","phone":"","languages":"sv","note":""}',X'0be50171355f1b8803baaf2a24bb88fe',X'a4fa5999116e59151e96ab8a7b20756efa4dddf9dccde38201ea6c77009c2c65');
INSERT INTO audit VALUES(17,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','officer',5,'o-soren','DK',NULL,'{"personal":"3a6lWR6OiaTQb9aeLdHZW0u1BhrIbri9g/9NebNT85s","id":5,"version":1,"agency_id":2,"masked":false}',NULL,'{"key":"o-soren","name":"Søren Ægir","rank":"","email":"soren@example.org","phone":"","languages":"da","note":""}',X'92ab8bb50ca86d6e80a0ab7a0aa43d35',X'3955adc3dc3c59b5dd712adac05ae75042aa6e0897d1621c84ba520cd7903e74');
INSERT INTO audit VALUES(25,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','posting',6,'bangkok','SE',NULL,'{"id":6,"version":1,"key":"bangkok","agency_id":1,"host_country":"TH","host_city":"Bangkok","host_organisation":"","opened":"2005-01-01","closed":"9999-12-31","restricted":false,"note":"a post, \"quoted\"","representations":[{"state":"DK","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2005-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[{"country":"LA","first_day":"2006-01-01","last_day":"2020-12-31"},{"country":"MM","first_day":"2005-01-01","last_day":"9999-12-31"}],"suspensions":[]}',NULL,NULL,NULL,X'03179e282f25b8e976ddc484729f9dc8463383f975d4d22f5981dc7d68478f4c');
INSERT INTO audit VALUES(32,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','posting',7,'hanoi','DK',NULL,'{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}',NULL,NULL,NULL,X'88e9a80b01478dab2b699eec55533b894ddf4847ea6d4a01d51e5bf3e2a1b5fe');
INSERT INTO audit VALUES(33,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','assignment',8,'a-1','SE',NULL,'{"personal":"i+1fGLla7mOaw4xoZtfaK51nRrAS2iyn/Lj7VPJcjZ0","id":8,"version":1,"key":"a-1","officer_id":3,"posting_id":6,"first_day":"2020-08-17","last_day":"2024-08-31","planned_last_day":"2025-08-31"}',NULL,'{"end_reason":"recalled","note":"sits well"}',X'3212f0ae95b601e19c9198eb7bba6e62',X'cd96588c753cd9da6357de29ba7576b79607aae49e94d7b4b14a46e3bec7bfb1');
INSERT INTO audit VALUES(34,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','assignment',9,'a-2','SE',NULL,'{"id":9,"version":1,"key":"a-2","officer_id":4,"posting_id":6,"first_day":"2024-09-01","last_day":"9999-12-31","planned_last_day":null}',NULL,NULL,NULL,X'8f76f7d4f4ca6656759544b551d4c7bb41d54216e4a62ee773ae78c6e7468a6c');
INSERT INTO audit VALUES(35,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','assignment',10,'a-3','DK',NULL,'{"id":10,"version":1,"key":"a-3","officer_id":5,"posting_id":7,"first_day":"2024-01-01","last_day":"2028-02-29","planned_last_day":null}',NULL,NULL,NULL,X'4023c00c698caf13102eae4edc713d803cfc4328a0f94dd066bcba99b26a3560');
INSERT INTO audit VALUES(36,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','contact_point',11,'SE both NOA','SE',NULL,'{"id":11,"version":1,"state":"SE","matter":"both","name":"NOA","phone":"+46 8 2","email":"noa@example.org","hours":"always"}',NULL,NULL,NULL,X'd84060bf4a77a7754e3e2624a1201abd0c5dd7a362c5d205030c1ee3eed27c5c');
INSERT INTO audit VALUES(37,1,'2026-11-24T10:31:00.632Z',0,'local','coordinator:all auditor:all administrator:all','','create','contact_point',12,'FI customs Tulli','FI',NULL,'{"id":12,"version":1,"state":"FI","matter":"customs","name":"Tulli","phone":"+358 1","email":"","hours":""}',NULL,NULL,NULL,X'ab2bfb955fb2a2e5b0bad4815624c20f60614f86aa390f2f7160496ccad63b23');
INSERT INTO audit VALUES(38,2,'2026-11-24T10:31:01.214Z',0,'local','coordinator:all auditor:all administrator:all','','update','officer',3,'o-ase','SE','{"personal":"gzOFBPuXEBCbiaMQlsQTM77W1sdJvMP4SWduCIaL13I","id":3,"version":1,"agency_id":1,"masked":false}','{"personal":"m3SbvxiW5lQpuPY6gxAnhpW79oS9TjdSyLxiXBsrc2s","id":3,"version":2,"agency_id":1,"masked":false}','{"key":"o-ase","name":"Åse Lindqvist","rank":"kommissarie","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai"}','{"key":"o-ase","name":"Åse Lindqvist","rank":"intendent","email":"ase@example.org","phone":"+46 8 1","languages":"sv en","note":"speaks Thai and Lao"}',X'6efc14076b1210da81a2516213ad60da',X'cbab4f50d1d6e96f79e86ad3ff103aa46e98abfa04c0322ac86eedac88d47121');
INSERT INTO audit VALUES(39,2,'2026-11-24T10:31:01.214Z',0,'local','coordinator:all auditor:all administrator:all','','update','posting',7,'hanoi','DK','{"id":7,"version":1,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hanoi","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}','{"id":7,"version":2,"key":"hanoi","agency_id":2,"host_country":"VN","host_city":"Hai Phong","host_organisation":"","opened":"2010-01-01","closed":"2030-12-31","restricted":false,"note":"","representations":[{"state":"DK","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"FI","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"IS","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"NO","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""},{"state":"SE","matter":"both","first_day":"2010-01-01","last_day":"9999-12-31","agreement":""}],"coverages":[],"suspensions":[{"first_day":"2021-03-01","last_day":"2021-06-30","reason":"evacuated"}]}',NULL,NULL,NULL,X'15d6e7215215f00aa0ac74cc25c64f687543c59027eeabfce18752688eb5b6c7');
INSERT INTO audit VALUES(41,2,'2026-11-24T10:31:03.431Z',0,'local','coordinator:all auditor:all administrator:all','','create','account',40,'kari@example.org','SE',NULL,'{"personal":"ASJELVrQUqcZFVIf2hmCbvduXs6EbWHyAYSPgEOOQlU","id":40,"version":1,"rights":"coordinator:SE","disabled":false,"demo":false}',NULL,'{"email":"kari@example.org","issuer":"","subject":""}',X'd5b3e64fa645638d0f9fae71a44547a3',X'749cd18b446a917c2dbf3b01eb2cc322e118dfa4ea1e8d2adae26aec89c1e27e');
INSERT INTO audit VALUES(42,2,'2026-11-24T10:31:03.431Z',0,'local','coordinator:all auditor:all administrator:all','','set_password','account',40,'','SE',NULL,'{}',NULL,NULL,NULL,X'ebe29b5c3e00143dd770e678c4ba1daedc9dfb40ea5d67c640fe642a20eda09c');
INSERT INTO audit VALUES(44,2,'2026-11-24T10:31:03.765Z',0,'local','coordinator:all auditor:all administrator:all','','create','token',43,'','SE',NULL,'{"account":40,"role":"coordinator","expires":"2099-06-30"}',NULL,NULL,NULL,X'9c388fb50ef48650840e99f31598c6a3bd2c1a825aae6ae6c1ebd8e606884942');
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
INSERT INTO credentials VALUES(40,'$argon2id$v=19$m=65536,t=2,p=1$YutDKJnMeOLFcdkXAR8E+g$Ol/zXiNZD5DwdI3FPZ3+HWCfrNmNgBVRF89bsNg8V48','',0,'');
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
INSERT INTO tokens VALUES(43,40,'41159804145b452222724efbb52e33abc2c2e9ab47e5e4a2ea6cdfdcd6531e13','coordinator','2026-11-24T10:31:03.765Z','2099-06-30',0);
CREATE TABLE links (
  hash       keytext PRIMARY KEY,
  account_id INTEGER NOT NULL,
  expires    keytext NOT NULL
);
CREATE TABLE secrets (
  name  keytext PRIMARY KEY,
  value blob NOT NULL
);
INSERT INTO secrets VALUES('seal',X'f9e04c4453ca0a2f8127ea255f4ac50720238c89c4617aac32ba9fa0b1774a87');
INSERT INTO secrets VALUES('device',X'0c6b19511b51cb4c07d8713add5bb0f5d29a4bcec0d8d9097fb0ead8d2b278c7');
CREATE UNIQUE INDEX agencies_in_order ON agencies (country, kind, key);
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
CREATE INDEX postings_restricted ON postings (agency_id) WHERE restricted = true;
CREATE UNIQUE INDEX officers_of_agency ON officers (agency_id, id);
CREATE INDEX audit_of_record ON audit (record_id, id);
CREATE INDEX audit_of_actor ON audit (actor_id, id);
CREATE INDEX audit_of_event ON audit (action, id) WHERE action NOT IN ('create', 'update', 'remove');
CREATE UNIQUE INDEX accounts_by_subject ON accounts (issuer, subject) WHERE subject <> '';
CREATE INDEX sessions_of_account ON sessions (account_id);
CREATE INDEX sessions_by_expires ON sessions (expires);
CREATE INDEX tokens_of_account ON tokens (account_id);
COMMIT;

-- Made by the last version before the tables got their present names (commit 8d1159e): seeds, four imports, one of them
-- with two decisions of a person, and a line that still waits. The full-text tables are filled by their own rebuild.
PRAGMA foreign_keys = off;
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO [_sqlite_migrations] VALUES (1, 'catalogue', 'm001_entries', '2026-11-28 16:31:46.358224+00:00');
INSERT INTO [_sqlite_migrations] VALUES (2, 'catalogue', 'm002_search_index', '2026-11-28 16:31:46.365633+00:00');
INSERT INTO [_sqlite_migrations] VALUES (3, 'catalogue', 'm003_triggers', '2026-11-28 16:31:46.367990+00:00');
INSERT INTO [_sqlite_migrations] VALUES (4, 'catalogue', 'm004_intakes', '2026-11-28 16:31:46.372057+00:00');
INSERT INTO [_sqlite_migrations] VALUES (5, 'catalogue', 'm005_settled_by', '2026-11-28 16:31:46.373722+00:00');
CREATE TABLE "areas" (
   "name" TEXT PRIMARY KEY,
   "also" TEXT,
   "place" INTEGER
);
INSERT INTO [areas] VALUES ('Integrations', '["connections"]', 0);
INSERT INTO [areas] VALUES ('Portal', '["self service"]', 1);
INSERT INTO [areas] VALUES ('Billing & invoicing', '[]', 99);
INSERT INTO [areas] VALUES ('Chat', '[]', 99);
CREATE TABLE "versions" (
   "version" TEXT PRIMARY KEY,
   "major" INTEGER,
   "minor" INTEGER
);
INSERT INTO [versions] VALUES ('2.206', 2, 206);
INSERT INTO [versions] VALUES ('2.208', 2, 208);
INSERT INTO [versions] VALUES ('2.220', 2, 220);
INSERT INTO [versions] VALUES ('2.216', 2, 216);
INSERT INTO [versions] VALUES ('2.218', 2, 218);
CREATE TABLE "episodes" (
   "number" INTEGER PRIMARY KEY,
   "url" TEXT,
   "published" TEXT,
   "hosts" TEXT,
   "versions" TEXT
);
INSERT INTO [episodes] VALUES (13, 'https://example.com/13', '2025-01-02', '["Mendy"]', '["2.206"]');
INSERT INTO [episodes] VALUES (20, NULL, NULL, NULL, NULL);
INSERT INTO [episodes] VALUES (40, NULL, NULL, '["Mendy", "Robbie"]', '["2.220"]');
INSERT INTO [episodes] VALUES (41, NULL, NULL, '["Mendy", "Robbie"]', '["2.220"]');
INSERT INTO [episodes] VALUES (42, NULL, NULL, '["Mendy", "Robbie"]', '["2.220"]');
CREATE TABLE "entries" (
   "id" INTEGER PRIMARY KEY,
   "key" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "version" TEXT REFERENCES "versions"("version"),
   "title" TEXT NOT NULL,
   "summary" TEXT NOT NULL,
   "answer" TEXT,
   "area" TEXT REFERENCES "areas"("name"),
   "highlighted" INTEGER NOT NULL,
   "caution" TEXT,
   "names" TEXT NOT NULL,
   "also" TEXT NOT NULL,
   "line_hash" TEXT,
   "source" TEXT NOT NULL
);
INSERT INTO [entries] VALUES (1, '1016865', 'feature', '2.206', 'Jira default status', 'The status that new issues get.', NULL, 'Integrations', 0, NULL, '["Default Jira Status"]', '["jira ticket status", "which state does a jira issue start in"]', NULL, 'seeds');
INSERT INTO [entries] VALUES (2, 'ep15-07', 'feature', NULL, 'Tables remember their width', 'They do.', NULL, 'Portal', 0, NULL, '[]', '[]', '0123456789abcdef', 'seeds');
INSERT INTO [entries] VALUES (3, 'faq-sso', 'faq', NULL, 'Signing in once', '', 'Connect the Azure application.', 'Integrations', 0, NULL, '[]', '[]', NULL, 'seeds');
INSERT INTO [entries] VALUES (4, '1200001', 'feature', '2.220', 'Quotes can be frozen by managers', 'Frozen quotes keep their prices until they are approved.', NULL, NULL, 0, NULL, '[]', '[]', NULL, 'ep40.txt');
INSERT INTO [entries] VALUES (5, 'ep40-02', 'feature', '2.220', 'Chairs are assets now.', '', NULL, NULL, 0, NULL, '[]', '[]', '1de07f24334c1906', 'list.txt');
INSERT INTO [entries] VALUES (6, 'ep40-03', 'feature', '2.220', 'Desks can be booked.', '', NULL, NULL, 0, NULL, '[]', '[]', '901ebcc1e152efbc', 'list.txt');
INSERT INTO [entries] VALUES (7, 'ep41-04', 'feature', '2.220', 'Tables can be booked.', '', NULL, NULL, 0, NULL, '[]', '[]', '9c34231d311b3f9e', 'list41.txt');
INSERT INTO [entries] VALUES (8, 'ep41-02', 'feature', '2.220', 'Quotes can be frozen by some manager or the boss.', '', NULL, NULL, 0, NULL, '[]', '[]', '448c22f7760f698d', 'list41.txt');
INSERT INTO [entries] VALUES (9, '1', 'feature', '2.216', 'Change 1: something works better than before', 'What 1 does in a sentence. And who it helps, in another one.', NULL, 'Billing & invoicing', 0, NULL, '[]', '[]', NULL, 'seeds');
INSERT INTO [entries] VALUES (10, '2', 'feature', '2.216', 'Change 2: corrected', 'What 2 does in a sentence. And who it helps, in another one.', NULL, 'Integrations', 0, NULL, '[]', '[]', NULL, 'seeds');
INSERT INTO [entries] VALUES (11, '3', 'feature', '2.216', 'Change 3: something works better than before', 'What 3 does in a sentence. And who it helps, in another one.', NULL, 'Portal', 0, NULL, '[]', '[]', NULL, 'seeds');
INSERT INTO [entries] VALUES (12, '10', 'feature', '2.218', 'Change 10: something works better than before', 'What 10 does in a sentence. And who it helps, in another one.', NULL, 'Integrations', 0, NULL, '[]', '[]', NULL, 'seeds');
INSERT INTO [entries] VALUES (13, '11', 'feature', '2.218', 'Change 11: something works better than before', 'What 11 does in a sentence. And who it helps, in another one.', NULL, 'Chat', 0, NULL, '[]', '[]', NULL, 'seeds');
INSERT INTO [entries] VALUES (14, '12', 'feature', '2.218', 'Change 12: something works better than before', 'What 12 does in a sentence. And who it helps, in another one.', NULL, 'Portal', 0, NULL, '[]', '[]', NULL, 'seeds');
INSERT INTO [entries] VALUES (15, '13', 'feature', '2.218', 'Change 13: something works better than before', 'What 13 does in a sentence. And who it helps, in another one.', NULL, 'Billing & invoicing', 0, NULL, '[]', '[]', NULL, 'seeds');
CREATE TABLE "mentions" (
   "entry" INTEGER REFERENCES "entries"("id"),
   "episode" INTEGER REFERENCES "episodes"("number"),
   "seconds" INTEGER,
   "at" TEXT,
   PRIMARY KEY ("entry", "episode", "seconds")
);
INSERT INTO [mentions] VALUES (1, 13, 368, '6:08');
INSERT INTO [mentions] VALUES (5, 40, -1, NULL);
INSERT INTO [mentions] VALUES (6, 40, -1, NULL);
INSERT INTO [mentions] VALUES (7, 41, -1, NULL);
INSERT INTO [mentions] VALUES (8, 41, -1, NULL);
INSERT INTO [mentions] VALUES (4, 40, 62, '1:02');
INSERT INTO [mentions] VALUES (4, 40, 280, '4:40');
INSERT INTO [mentions] VALUES (4, 42, 62, '1:02');
INSERT INTO [mentions] VALUES (9, 20, 71, '1:11');
INSERT INTO [mentions] VALUES (11, 20, 193, '3:13');
INSERT INTO [mentions] VALUES (12, 20, 620, '10:20');
INSERT INTO [mentions] VALUES (13, 20, 681, '11:21');
INSERT INTO [mentions] VALUES (10, 20, 132, '2:12');
INSERT INTO [mentions] VALUES (14, 20, 742, '12:22');
INSERT INTO [mentions] VALUES (15, 20, 803, '13:23');
CREATE TABLE "possible_versions" (
   "entry" INTEGER REFERENCES "entries"("id"),
   "version" TEXT REFERENCES "versions"("version"),
   PRIMARY KEY ("entry", "version")
);
INSERT INTO [possible_versions] VALUES (2, '2.206');
INSERT INTO [possible_versions] VALUES (2, '2.208');
CREATE TABLE "glossary" (
   "term" TEXT,
   "relation" TEXT,
   "means" TEXT,
   PRIMARY KEY ("term", "relation")
);
INSERT INTO [glossary] VALUES ('ticket', 'same', '["case"]');
INSERT INTO [glossary] VALUES ('jira', 'means', '["issue tracker"]');
INSERT INTO [glossary] VALUES ('people', 'everyday', '[]');
INSERT INTO [glossary] VALUES ('work', 'everyday', '[]');
INSERT INTO [glossary] VALUES ('zendesk', 'elsewhere', '[]');
CREATE TABLE "meta" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
);
INSERT INTO [meta] VALUES ('revision', '55');
INSERT INTO [meta] VALUES ('seeds', 'made-by-base');
INSERT INTO [meta] VALUES ('made', '4dbd62894d3ccb6d');
CREATE VIRTUAL TABLE "entries_fts" USING FTS5 (
    "title", "summary", "names", "also", "answer", "key",
    tokenize='porter unicode61 remove_diacritics 2',
    content="entries"
);
CREATE TABLE "documents" (
   "id" INTEGER PRIMARY KEY,
   "title" TEXT,
   "names" TEXT,
   "summary" TEXT,
   "also" TEXT
);
INSERT INTO [documents] VALUES (1, 'jira default status', 'default jira status', 'status new issu', 'jira ticket status
state jira issu start');
INSERT INTO [documents] VALUES (2, 'tabl rememb width', '', '', '');
INSERT INTO [documents] VALUES (3, 'sign', '', 'connect azur applic', '');
INSERT INTO [documents] VALUES (4, 'quot frozen manag', '', 'frozen quot keep price approv', '');
INSERT INTO [documents] VALUES (5, 'chair asset', '', '', '');
INSERT INTO [documents] VALUES (6, 'desk book', '', '', '');
INSERT INTO [documents] VALUES (7, 'tabl book', '', '', '');
INSERT INTO [documents] VALUES (8, 'quot frozen manag boss', '', '', '');
INSERT INTO [documents] VALUES (9, 'chang 1 work better', '', '1 sentenc help anoth', '');
INSERT INTO [documents] VALUES (10, 'chang 2 correct', '', '2 sentenc help anoth', '');
INSERT INTO [documents] VALUES (11, 'chang 3 work better', '', '3 sentenc help anoth', '');
INSERT INTO [documents] VALUES (12, 'chang 10 work better', '', '10 sentenc help anoth', '');
INSERT INTO [documents] VALUES (13, 'chang 11 work better', '', '11 sentenc help anoth', '');
INSERT INTO [documents] VALUES (14, 'chang 12 work better', '', '12 sentenc help anoth', '');
INSERT INTO [documents] VALUES (15, 'chang 13 work better', '', '13 sentenc help anoth', '');
CREATE VIRTUAL TABLE "documents_fts" USING FTS5 (
    "title", "names", "summary", "also",
    tokenize='unicode61',
    content="documents"
);
CREATE TABLE "words" (
   "word" TEXT PRIMARY KEY,
   "stem" TEXT
);
INSERT INTO [words] VALUES ('jira', 'jira');
INSERT INTO [words] VALUES ('default', 'default');
INSERT INTO [words] VALUES ('status', 'status');
INSERT INTO [words] VALUES ('new', 'new');
INSERT INTO [words] VALUES ('issues', 'issu');
INSERT INTO [words] VALUES ('ticket', 'ticket');
INSERT INTO [words] VALUES ('state', 'state');
INSERT INTO [words] VALUES ('issue', 'issu');
INSERT INTO [words] VALUES ('start', 'start');
INSERT INTO [words] VALUES ('jiradefault', 'jira default');
INSERT INTO [words] VALUES ('defaultstatus', 'default status');
INSERT INTO [words] VALUES ('defaultjira', 'default jira');
INSERT INTO [words] VALUES ('jirastatus', 'jira status');
INSERT INTO [words] VALUES ('tables', 'tabl');
INSERT INTO [words] VALUES ('remember', 'rememb');
INSERT INTO [words] VALUES ('width', 'width');
INSERT INTO [words] VALUES ('tablesremember', 'tabl rememb');
INSERT INTO [words] VALUES ('remembertheir', 'rememb');
INSERT INTO [words] VALUES ('signing', 'sign');
INSERT INTO [words] VALUES ('connect', 'connect');
INSERT INTO [words] VALUES ('azure', 'azur');
INSERT INTO [words] VALUES ('application', 'applic');
INSERT INTO [words] VALUES ('signingin', 'sign');
INSERT INTO [words] VALUES ('quotes', 'quot');
INSERT INTO [words] VALUES ('frozen', 'frozen');
INSERT INTO [words] VALUES ('sales', 'sale');
INSERT INTO [words] VALUES ('manager', 'manag');
INSERT INTO [words] VALUES ('keep', 'keep');
INSERT INTO [words] VALUES ('prices', 'price');
INSERT INTO [words] VALUES ('approved', 'approv');
INSERT INTO [words] VALUES ('quotescan', 'quot');
INSERT INTO [words] VALUES ('frozenby', 'frozen');
INSERT INTO [words] VALUES ('salesmanager', 'sale manag');
INSERT INTO [words] VALUES ('chairs', 'chair');
INSERT INTO [words] VALUES ('assets', 'asset');
INSERT INTO [words] VALUES ('chairsare', 'chair');
INSERT INTO [words] VALUES ('assetsnow', 'asset');
INSERT INTO [words] VALUES ('desks', 'desk');
INSERT INTO [words] VALUES ('booked', 'book');
INSERT INTO [words] VALUES ('deskscan', 'desk');
INSERT INTO [words] VALUES ('tablescan', 'tabl');
INSERT INTO [words] VALUES ('boss', 'boss');
INSERT INTO [words] VALUES ('manageror', 'manag');
INSERT INTO [words] VALUES ('managers', 'manag');
INSERT INTO [words] VALUES ('change', 'chang');
INSERT INTO [words] VALUES ('1', '1');
INSERT INTO [words] VALUES ('works', 'work');
INSERT INTO [words] VALUES ('better', 'better');
INSERT INTO [words] VALUES ('sentence', 'sentenc');
INSERT INTO [words] VALUES ('helps', 'help');
INSERT INTO [words] VALUES ('another', 'anoth');
INSERT INTO [words] VALUES ('change1', 'chang 1');
INSERT INTO [words] VALUES ('1something', '1');
INSERT INTO [words] VALUES ('worksbetter', 'work better');
INSERT INTO [words] VALUES ('betterthan', 'better');
INSERT INTO [words] VALUES ('2', '2');
INSERT INTO [words] VALUES ('change2', 'chang 2');
INSERT INTO [words] VALUES ('2something', '2');
INSERT INTO [words] VALUES ('3', '3');
INSERT INTO [words] VALUES ('change3', 'chang 3');
INSERT INTO [words] VALUES ('3something', '3');
INSERT INTO [words] VALUES ('10', '10');
INSERT INTO [words] VALUES ('change10', 'chang 10');
INSERT INTO [words] VALUES ('10something', '10');
INSERT INTO [words] VALUES ('11', '11');
INSERT INTO [words] VALUES ('change11', 'chang 11');
INSERT INTO [words] VALUES ('11something', '11');
INSERT INTO [words] VALUES ('corrected', 'correct');
INSERT INTO [words] VALUES ('2corrected', '2 correct');
INSERT INTO [words] VALUES ('12', '12');
INSERT INTO [words] VALUES ('change12', 'chang 12');
INSERT INTO [words] VALUES ('12something', '12');
INSERT INTO [words] VALUES ('13', '13');
INSERT INTO [words] VALUES ('change13', 'chang 13');
INSERT INTO [words] VALUES ('13something', '13');
CREATE TABLE "stale" (
   "id" INTEGER PRIMARY KEY
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(documents_fts, row);
CREATE VIRTUAL TABLE vocabulary_by_column USING fts5vocab(documents_fts, col);
CREATE TABLE "intakes" (
   "id" INTEGER PRIMARY KEY,
   "at" TEXT NOT NULL,
   "sources" TEXT,
   "report" TEXT,
   "undone" INTEGER NOT NULL
);
INSERT INTO [intakes] VALUES (1, '2026-11-23T08:00:00+00:00', '["ep40.txt"]', '{"new": 1, "merged": 0, "changed": 0, "unsure": 0, "refused": 0, "unchanged": 0}', 0);
INSERT INTO [intakes] VALUES (2, '2026-11-23T08:00:00+00:00', '["list.txt"]', '{"new": 2, "merged": 0, "changed": 0, "unsure": 1, "refused": 0, "unchanged": 0}', 0);
INSERT INTO [intakes] VALUES (3, '2026-11-23T08:00:00+00:00', '["list41.txt"]', '{"new": 1, "merged": 1, "changed": 0, "unsure": 2, "refused": 0, "unchanged": 0}', 0);
INSERT INTO [intakes] VALUES (4, '2026-11-23T08:00:00+00:00', '["review 1"]', '{"new": 0, "merged": 1, "changed": 0, "unsure": 0, "refused": 0, "unchanged": 0}', 0);
INSERT INTO [intakes] VALUES (5, '2026-11-23T08:00:00+00:00', '["review 2"]', '{"new": 1, "merged": 0, "changed": 0, "unsure": 0, "refused": 0, "unchanged": 0}', 0);
INSERT INTO [intakes] VALUES (6, '2026-11-23T08:00:00+00:00', '["ep42.txt", "ep40.txt"]', '{"new": 0, "merged": 0, "changed": 1, "unsure": 1, "refused": 0, "unchanged": 0}', 0);
CREATE TABLE "before_intake" (
   "intake" INTEGER,
   "key" TEXT,
   "entry" TEXT,
   "fields" TEXT,
   "said" TEXT,
   PRIMARY KEY ("intake", "key")
);
INSERT INTO [before_intake] VALUES (1, '1200001', NULL, '[]', '[]');
INSERT INTO [before_intake] VALUES (2, 'ep40-02', NULL, '[]', '[]');
INSERT INTO [before_intake] VALUES (2, 'ep40-03', NULL, '[]', '[]');
INSERT INTO [before_intake] VALUES (3, 'ep41-04', NULL, '[]', '[]');
INSERT INTO [before_intake] VALUES (5, 'ep41-02', NULL, '[]', '[]');
INSERT INTO [before_intake] VALUES (6, '1200001', '{"key": "1200001", "kind": "feature", "title": "Quotes can be frozen by the sales manager", "summary": "Frozen quotes keep their prices until they are approved.", "version": [2, 220], "possible_versions": [], "area": null, "highlighted": false, "caution": null, "answer": null, "mentions": [[40, "4:40"]], "names": [], "also": [], "line_hash": null, "source": "ep40.txt"}', '[{"key": "1200001", "field": "summary", "source": "ep40.txt", "place": 2, "worth": 3, "written": "5b1b979d", "intake": 1}, {"key": "1200001", "field": "title", "source": "ep40.txt", "place": 2, "worth": 3, "written": "82fa68ad", "intake": 1}, {"key": "1200001", "field": "version", "source": "ep40.txt", "place": 2, "worth": 3, "written": "aa1c5851", "intake": 1}]', '[{"hash": "61611acb7d9691fa", "key": "1200001", "text": "Quotes can be frozen by the sales manager | v2.220 #1200001 | 4:40", "episode": 40, "at": "4:40", "inferred": 0, "source": "ep40.txt", "place": 2, "intake": 1}, {"hash": "57623d89587c6b1d", "key": "1200001", "text": "Quotes can be frozen by the sales manager", "episode": 40, "at": "4:40", "inferred": 0, "source": "ep40.txt", "place": 2, "intake": 1}, {"hash": "ea4e5f92bb4dcd00", "key": "1200001", "text": "Frozen quotes keep their prices until they are approved.", "episode": 40, "at": "4:40", "inferred": 0, "source": "ep40.txt", "place": 2, "intake": 1}, {"hash": "1b5d9a6ced608e2b", "key": "1200001", "text": "Quotes may be frozen by a sales manager.", "episode": 41, "at": null, "inferred": 1, "source": "list41.txt", "place": 2, "intake": 3}, {"hash": "255be983ce9040dc", "key": "1200001", "text": "Quotes can be frozen by the service desk manager.", "episode": 40, "at": null, "inferred": 0, "source": "list.txt", "place": 2, "intake": 4}]');
CREATE TABLE "said" (
   "hash" TEXT,
   "key" TEXT,
   "text" TEXT,
   "episode" INTEGER,
   "at" TEXT,
   "inferred" INTEGER,
   "source" TEXT,
   "place" INTEGER,
   "intake" INTEGER,
   PRIMARY KEY ("hash", "key")
);
INSERT INTO [said] VALUES ('61611acb7d9691fa', '1200001', 'Quotes can be frozen by the sales manager | v2.220 #1200001 | 4:40', 40, '4:40', 0, 'ep40.txt', 2, 1);
INSERT INTO [said] VALUES ('57623d89587c6b1d', '1200001', 'Quotes can be frozen by the sales manager', 40, '4:40', 0, 'ep40.txt', 2, 1);
INSERT INTO [said] VALUES ('ea4e5f92bb4dcd00', '1200001', 'Frozen quotes keep their prices until they are approved.', 40, '4:40', 0, 'ep40.txt', 2, 1);
INSERT INTO [said] VALUES ('1de07f24334c1906', 'ep40-02', 'Chairs are assets now.', 40, NULL, 0, 'list.txt', 3, 2);
INSERT INTO [said] VALUES ('901ebcc1e152efbc', 'ep40-03', 'Desks can be booked.', 40, NULL, 0, 'list.txt', 4, 2);
INSERT INTO [said] VALUES ('1b5d9a6ced608e2b', '1200001', 'Quotes may be frozen by a sales manager.', 41, NULL, 1, 'list41.txt', 2, 3);
INSERT INTO [said] VALUES ('9c34231d311b3f9e', 'ep41-04', 'Tables can be booked.', 41, NULL, 0, 'list41.txt', 5, 3);
INSERT INTO [said] VALUES ('255be983ce9040dc', '1200001', 'Quotes can be frozen by the service desk manager.', 40, NULL, 0, 'list.txt', 2, 4);
INSERT INTO [said] VALUES ('448c22f7760f698d', 'ep41-02', 'Quotes can be frozen by some manager or the boss.', 41, NULL, 0, 'list41.txt', 3, 5);
INSERT INTO [said] VALUES ('32fd3c830fe7a178', '1200001', 'Quotes can be frozen by managers | v2.220 #1200001 | 1:02', 42, '1:02', 0, 'ep42.txt', 2, 6);
INSERT INTO [said] VALUES ('1d8b87045cb6ad73', '1200001', 'Quotes can be frozen by managers', 42, '1:02', 0, 'ep42.txt', 2, 6);
CREATE TABLE "field_sources" (
   "key" TEXT,
   "field" TEXT,
   "source" TEXT,
   "place" INTEGER,
   "worth" INTEGER,
   "written" TEXT,
   "intake" INTEGER,
   PRIMARY KEY ("key", "field")
);
INSERT INTO [field_sources] VALUES ('1200001', 'summary', 'ep40.txt', 2, 3, '5b1b979d', 1);
INSERT INTO [field_sources] VALUES ('1200001', 'version', 'ep40.txt', 2, 3, 'aa1c5851', 1);
INSERT INTO [field_sources] VALUES ('ep40-02', 'title', 'list.txt', 3, 2, 'db421113', 2);
INSERT INTO [field_sources] VALUES ('ep40-02', 'version', 'list.txt', 3, 2, 'aa1c5851', 2);
INSERT INTO [field_sources] VALUES ('ep40-03', 'title', 'list.txt', 4, 2, '4005902e', 2);
INSERT INTO [field_sources] VALUES ('ep40-03', 'version', 'list.txt', 4, 2, 'aa1c5851', 2);
INSERT INTO [field_sources] VALUES ('ep41-04', 'title', 'list41.txt', 5, 2, '8ed17c9a', 3);
INSERT INTO [field_sources] VALUES ('ep41-04', 'version', 'list41.txt', 5, 2, 'aa1c5851', 3);
INSERT INTO [field_sources] VALUES ('ep41-02', 'title', 'list41.txt', 3, 2, '0f298e08', 5);
INSERT INTO [field_sources] VALUES ('ep41-02', 'version', 'list41.txt', 3, 2, 'aa1c5851', 5);
INSERT INTO [field_sources] VALUES ('1200001', 'title', 'ep42.txt', 2, 3, '3c76ddb4', 6);
CREATE TABLE "review" (
   "id" INTEGER PRIMARY KEY,
   "hash" TEXT NOT NULL,
   "text" TEXT NOT NULL,
   "record" TEXT,
   "candidates" TEXT,
   "why" TEXT,
   "source" TEXT,
   "place" INTEGER,
   "intake" INTEGER,
   "state" TEXT NOT NULL,
   "key" TEXT
, "settled_by" INTEGER);
INSERT INTO [review] VALUES (1, '255be983ce9040dc', 'Quotes can be frozen by the service desk manager.', '{"number": null, "title": "Quotes can be frozen by the service desk manager.", "summary": "", "notes": [], "caution": null, "highlighted": false, "version": [2, 220], "possible_versions": [], "area": null, "mention": [40, null], "place": 2, "lines": ["Quotes can be frozen by the service desk manager."], "worth": 2, "nth": 1}', '[["1200001", 83]]', 'like, but not surely the same as, what is known', 'list.txt', 2, 2, 'accepted', '1200001', 4);
INSERT INTO [review] VALUES (2, '448c22f7760f698d', 'Quotes can be frozen by some manager or the boss.', '{"number": null, "title": "Quotes can be frozen by some manager or the boss.", "summary": "", "notes": [], "caution": null, "highlighted": false, "version": [2, 220], "possible_versions": [], "area": null, "mention": [41, null], "place": 3, "lines": ["Quotes can be frozen by some manager or the boss."], "worth": 2, "nth": 2}', '[["1200001", 82]]', 'like, but not surely the same as, what is known', 'list41.txt', 3, 3, 'rejected', 'ep41-02', 5);
INSERT INTO [review] VALUES (3, '35d4776dd1469acf', 'Quotes can be frozen by the finance desk manager.', '{"number": null, "title": "Quotes can be frozen by the finance desk manager.", "summary": "", "notes": [], "caution": null, "highlighted": false, "version": [2, 220], "possible_versions": [], "area": null, "mention": [41, null], "place": 4, "lines": ["Quotes can be frozen by the finance desk manager."], "worth": 2, "nth": 3}', '[["1200001", 77]]', 'like, but not surely the same as, what is known', 'list41.txt', 4, 3, 'open', NULL, NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_entries_key"
    ON "entries" ("key");
CREATE INDEX "idx_entries_version"
    ON "entries" ("version");
CREATE INDEX "idx_entries_area"
    ON "entries" ("area");
CREATE TRIGGER "entries_ai" AFTER INSERT ON "entries" BEGIN
  INSERT INTO "entries_fts" (rowid, "title", "summary", "names", "also", "answer", "key") VALUES (new.rowid, new."title", new."summary", new."names", new."also", new."answer", new."key");
END;
CREATE TRIGGER "entries_ad" AFTER DELETE ON "entries" BEGIN
  INSERT INTO "entries_fts" ("entries_fts", rowid, "title", "summary", "names", "also", "answer", "key") VALUES('delete', old.rowid, old."title", old."summary", old."names", old."also", old."answer", old."key");
END;
CREATE TRIGGER "entries_au" AFTER UPDATE ON "entries" BEGIN
  INSERT INTO "entries_fts" ("entries_fts", rowid, "title", "summary", "names", "also", "answer", "key") VALUES('delete', old.rowid, old."title", old."summary", old."names", old."also", old."answer", old."key");
  INSERT INTO "entries_fts" (rowid, "title", "summary", "names", "also", "answer", "key") VALUES (new.rowid, new."title", new."summary", new."names", new."also", new."answer", new."key");
END;
CREATE TRIGGER "documents_ai" AFTER INSERT ON "documents" BEGIN
  INSERT INTO "documents_fts" (rowid, "title", "names", "summary", "also") VALUES (new.rowid, new."title", new."names", new."summary", new."also");
END;
CREATE TRIGGER "documents_ad" AFTER DELETE ON "documents" BEGIN
  INSERT INTO "documents_fts" ("documents_fts", rowid, "title", "names", "summary", "also") VALUES('delete', old.rowid, old."title", old."names", old."summary", old."also");
END;
CREATE TRIGGER "documents_au" AFTER UPDATE ON "documents" BEGIN
  INSERT INTO "documents_fts" ("documents_fts", rowid, "title", "names", "summary", "also") VALUES('delete', old.rowid, old."title", old."names", old."summary", old."also");
  INSERT INTO "documents_fts" (rowid, "title", "names", "summary", "also") VALUES (new.rowid, new."title", new."names", new."summary", new."also");
END;
CREATE TRIGGER entries_insert_moves AFTER insert ON [entries] BEGIN INSERT INTO stale (id) SELECT new.id WHERE new.id NOT IN (SELECT id FROM stale); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER entries_update_moves AFTER update ON [entries] BEGIN INSERT INTO stale (id) SELECT new.id WHERE new.id NOT IN (SELECT id FROM stale); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER entries_delete_moves AFTER delete ON [entries] BEGIN INSERT INTO stale (id) SELECT old.id WHERE old.id NOT IN (SELECT id FROM stale); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER mentions_insert_moves AFTER insert ON [mentions] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER mentions_update_moves AFTER update ON [mentions] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER mentions_delete_moves AFTER delete ON [mentions] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER possible_versions_insert_moves AFTER insert ON [possible_versions] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER possible_versions_update_moves AFTER update ON [possible_versions] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER possible_versions_delete_moves AFTER delete ON [possible_versions] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER episodes_insert_moves AFTER insert ON [episodes] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER episodes_update_moves AFTER update ON [episodes] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER episodes_delete_moves AFTER delete ON [episodes] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER areas_insert_moves AFTER insert ON [areas] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER areas_update_moves AFTER update ON [areas] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER areas_delete_moves AFTER delete ON [areas] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER glossary_insert_moves AFTER insert ON [glossary] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER glossary_update_moves AFTER update ON [glossary] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE TRIGGER glossary_delete_moves AFTER delete ON [glossary] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;
CREATE INDEX "idx_said_key"
    ON "said" ("key");
CREATE UNIQUE INDEX "idx_review_hash"
    ON "review" ("hash");
INSERT INTO [entries_fts] ([entries_fts]) VALUES ('rebuild');
INSERT INTO [documents_fts] ([documents_fts]) VALUES ('rebuild');
COMMIT;

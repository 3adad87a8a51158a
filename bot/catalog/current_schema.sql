CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE "areas" (
   "name" TEXT PRIMARY KEY,
   "also" TEXT,
   "position" INTEGER
);

CREATE TABLE "versions" (
   "version" TEXT PRIMARY KEY,
   "major" INTEGER,
   "minor" INTEGER
);

CREATE TABLE "episodes" (
   "number" INTEGER PRIMARY KEY,
   "url" TEXT,
   "published" TEXT,
   "hosts" TEXT,
   "versions" TEXT
);

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
, impact TEXT NOT NULL DEFAULT 'unclear' CHECK (impact IN ('changes behaviour', 'opt-in', 'new', 'fix', 'unclear')), impact_guessed INTEGER NOT NULL DEFAULT 0);

CREATE UNIQUE INDEX "idx_entries_key"
    ON "entries" ("key");

CREATE INDEX "idx_entries_version"
    ON "entries" ("version");

CREATE INDEX "idx_entries_area"
    ON "entries" ("area");

CREATE TABLE "mentions" (
   "entry" INTEGER REFERENCES "entries"("id"),
   "episode" INTEGER REFERENCES "episodes"("number"),
   "seconds" INTEGER,
   "at" TEXT,
   PRIMARY KEY ("entry", "episode", "seconds")
);

CREATE TABLE "possible_versions" (
   "entry" INTEGER REFERENCES "entries"("id"),
   "version" TEXT REFERENCES "versions"("version"),
   PRIMARY KEY ("entry", "version")
);

CREATE TABLE "glossary" (
   "term" TEXT,
   "relation" TEXT,
   "terms" TEXT,
   PRIMARY KEY ("term", "relation")
);

CREATE TABLE "meta" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
);

CREATE VIRTUAL TABLE "entries_fts" USING FTS5 (
    "title", "summary", "names", "also", "answer", "key",
    tokenize='porter unicode61 remove_diacritics 2',
    content="entries"
);

CREATE TABLE "reindex_queue" (
   "id" INTEGER PRIMARY KEY
);

CREATE TRIGGER entries_delete_moves AFTER delete ON [entries] BEGIN INSERT INTO "reindex_queue" (id) SELECT old.id WHERE old.id NOT IN (SELECT id FROM "reindex_queue"); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER episodes_insert_moves AFTER insert ON [episodes] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER episodes_update_moves AFTER update ON [episodes] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER episodes_delete_moves AFTER delete ON [episodes] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER areas_insert_moves AFTER insert ON [areas] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER areas_update_moves AFTER update ON [areas] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER areas_delete_moves AFTER delete ON [areas] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER glossary_insert_moves AFTER insert ON [glossary] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER glossary_update_moves AFTER update ON [glossary] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER glossary_delete_moves AFTER delete ON [glossary] BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TABLE "imports" (
   "id" INTEGER PRIMARY KEY,
   "imported_at" TEXT NOT NULL,
   "sources" TEXT,
   "report" TEXT,
   "undone" INTEGER NOT NULL
);

CREATE TABLE "import_snapshots" (
   "import_id" INTEGER,
   "key" TEXT,
   "entry" TEXT,
   "field_sources" TEXT,
   "source_lines" TEXT,
   PRIMARY KEY ("import_id", "key")
);

CREATE TABLE "source_lines" (
   "hash" TEXT,
   "key" TEXT,
   "text" TEXT,
   "episode" INTEGER,
   "at" TEXT,
   "inferred" INTEGER,
   "source" TEXT,
   "line_number" INTEGER,
   "import_id" INTEGER,
   PRIMARY KEY ("hash", "key")
);

CREATE INDEX "idx_said_key"
    ON "source_lines" ("key");

CREATE TABLE "field_sources" (
   "key" TEXT,
   "field" TEXT,
   "source" TEXT,
   "line_number" INTEGER,
   "priority" INTEGER,
   "value_hash" TEXT,
   "import_id" INTEGER,
   PRIMARY KEY ("key", "field")
);

CREATE TABLE "review_queue" (
   "id" INTEGER PRIMARY KEY,
   "hash" TEXT NOT NULL,
   "text" TEXT NOT NULL,
   "record" TEXT,
   "candidates" TEXT,
   "reason" TEXT,
   "source" TEXT,
   "line_number" INTEGER,
   "import_id" INTEGER,
   "state" TEXT NOT NULL,
   "key" TEXT
, "decided_by_import" INTEGER);

CREATE UNIQUE INDEX "idx_review_hash"
    ON "review_queue" ("hash");

CREATE INDEX "idx_entries_impact"
    ON "entries" ("impact");

CREATE TABLE documents (id INTEGER PRIMARY KEY, title TEXT, names TEXT, summary TEXT, also TEXT);

CREATE VIRTUAL TABLE documents_fts USING fts5(title, names, summary, also, content = 'documents', content_rowid = 'id', tokenize = 'ascii', detail = 'column');

CREATE VIRTUAL TABLE stems_in_documents USING fts5vocab(documents_fts, row);

CREATE VIRTUAL TABLE stems_in_fields USING fts5vocab(documents_fts, col);

CREATE TABLE stems (stem TEXT PRIMARY KEY, entries INTEGER, own_texts INTEGER) WITHOUT ROWID;

CREATE TRIGGER entries_fts_update AFTER update ON entries WHEN old.id IN (SELECT id FROM entries_fts_docsize) BEGIN INSERT INTO entries_fts (entries_fts, rowid, title, summary, names, also, answer, [key]) VALUES ('delete', old.id, old.title, old.summary, old.names, old.also, old.answer, old.[key]); END;

CREATE TRIGGER entries_fts_delete AFTER delete ON entries WHEN old.id IN (SELECT id FROM entries_fts_docsize) BEGIN INSERT INTO entries_fts (entries_fts, rowid, title, summary, names, also, answer, [key]) VALUES ('delete', old.id, old.title, old.summary, old.names, old.also, old.answer, old.[key]); END;

CREATE TABLE translations (said TEXT PRIMARY KEY, asked TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE expected_words (entry INTEGER PRIMARY KEY, words TEXT NOT NULL);

CREATE TABLE expansion_queue (id INTEGER PRIMARY KEY);

CREATE TABLE accepted_phrasings (key TEXT NOT NULL, text TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (key, text), CHECK (origin IN ('person', 'llm', 'question')));

CREATE TRIGGER accepted_phrasings_insert_moves AFTER insert ON accepted_phrasings BEGIN INSERT INTO reindex_queue (id) SELECT id FROM entries WHERE key = new.key AND id NOT IN (SELECT id FROM reindex_queue); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER accepted_phrasings_update_moves AFTER update ON accepted_phrasings BEGIN INSERT INTO reindex_queue (id) SELECT id FROM entries WHERE key = new.key AND id NOT IN (SELECT id FROM reindex_queue); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER accepted_phrasings_delete_moves AFTER delete ON accepted_phrasings BEGIN INSERT INTO reindex_queue (id) SELECT id FROM entries WHERE key = old.key AND id NOT IN (SELECT id FROM reindex_queue); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TABLE changing_many (id INTEGER PRIMARY KEY);

CREATE TABLE entries_fts_queue (id INTEGER PRIMARY KEY);

CREATE TRIGGER entries_insert_moves AFTER insert ON [entries] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN INSERT INTO reindex_queue (id) SELECT new.id WHERE new.id NOT IN (SELECT id FROM reindex_queue); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER entries_update_moves AFTER update ON [entries] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN INSERT INTO reindex_queue (id) SELECT new.id WHERE new.id NOT IN (SELECT id FROM reindex_queue); UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER mentions_insert_moves AFTER insert ON [mentions] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER mentions_update_moves AFTER update ON [mentions] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER mentions_delete_moves AFTER delete ON [mentions] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER possible_versions_insert_moves AFTER insert ON [possible_versions] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER possible_versions_update_moves AFTER update ON [possible_versions] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TRIGGER possible_versions_delete_moves AFTER delete ON [possible_versions] WHEN NOT EXISTS (SELECT 1 FROM changing_many) BEGIN  UPDATE meta SET value = value + 1 WHERE name = 'revision'; END;

CREATE TABLE words (length INTEGER NOT NULL, initial TEXT NOT NULL, words TEXT NOT NULL, compounds TEXT NOT NULL, PRIMARY KEY (length, initial));

INSERT INTO meta (name, value) VALUES ('revision', '2');

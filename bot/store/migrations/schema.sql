-- Written by dev/schema.py from the migrations; change those, then `make schema`.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE sources (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	lang VARCHAR, 
	every INTEGER NOT NULL, 
	topics JSON NOT NULL, 
	item VARCHAR, 
	title VARCHAR, 
	body VARCHAR, 
	date VARCHAR, 
	"drop" JSON NOT NULL, 
	origin VARCHAR NOT NULL, 
	enabled BOOLEAN DEFAULT 1 NOT NULL, 
	health VARCHAR NOT NULL, 
	etag VARCHAR NOT NULL, 
	last_modified VARCHAR NOT NULL, 
	checked_at DATETIME, 
	next_at DATETIME, 
	errors INTEGER NOT NULL, 
	failing_since DATETIME, 
	message VARCHAR NOT NULL, moved_to VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_sources PRIMARY KEY (id), 
	CONSTRAINT uq_sources_name UNIQUE (name)
);
CREATE INDEX ix_sources_next_at ON sources (next_at);
CREATE TABLE articles (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	story_id INTEGER, 
	url VARCHAR NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	lang VARCHAR NOT NULL, 
	categories JSON NOT NULL, 
	published_at DATETIME, 
	found_at DATETIME NOT NULL, 
	appeared_at DATETIME NOT NULL, 
	duplicate_of INTEGER, listing_hash VARCHAR DEFAULT '' NOT NULL, revised_at DATETIME, link VARCHAR, corrected_at DATETIME, image VARCHAR, views INTEGER, 
	CONSTRAINT pk_articles PRIMARY KEY (id), 
	CONSTRAINT fk_articles_duplicate_of_articles FOREIGN KEY(duplicate_of) REFERENCES articles (id) ON DELETE SET NULL, 
	CONSTRAINT fk_articles_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (id) ON DELETE CASCADE, 
	CONSTRAINT fk_articles_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE CASCADE, 
	CONSTRAINT uq_articles_content_hash UNIQUE (content_hash), 
	CONSTRAINT uq_articles_url UNIQUE (url)
);
CREATE INDEX ix_articles_appeared_at ON articles (appeared_at);
CREATE INDEX ix_articles_story_id ON articles (story_id);
CREATE TABLE summaries (
	story_id INTEGER NOT NULL, 
	lang VARCHAR NOT NULL, 
	article_id INTEGER NOT NULL, 
	backend VARCHAR NOT NULL, 
	headline VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	picked JSON, 
	rejected JSON NOT NULL, 
	CONSTRAINT pk_summaries PRIMARY KEY (story_id, lang), 
	CONSTRAINT fk_summaries_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_summaries_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE CASCADE
);
CREATE TABLE told (
	subscriber_id INTEGER NOT NULL, 
	story_id INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	CONSTRAINT pk_told PRIMARY KEY (subscriber_id, story_id), 
	CONSTRAINT fk_told_edition_id_editions FOREIGN KEY(edition_id) REFERENCES editions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_told_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE CASCADE, 
	CONSTRAINT fk_told_subscriber_id_subscribers FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE CASCADE
);
CREATE INDEX ix_told_edition_id ON told (edition_id);
CREATE TABLE vectors (
	article_id INTEGER NOT NULL, 
	model VARCHAR NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_vectors PRIMARY KEY (article_id, model), 
	CONSTRAINT fk_vectors_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE TABLE saved (
	subscriber_id INTEGER NOT NULL, 
	story_id INTEGER NOT NULL, 
	saved_at DATETIME NOT NULL, 
	CONSTRAINT pk_saved PRIMARY KEY (subscriber_id, story_id), 
	CONSTRAINT fk_saved_subscriber_id_subscribers FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_saved_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE CASCADE
);
CREATE TABLE votes (
	subscriber_id INTEGER NOT NULL, 
	story_id INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	voted_at DATETIME NOT NULL, 
	CONSTRAINT pk_votes PRIMARY KEY (subscriber_id, story_id), 
	CONSTRAINT fk_votes_subscriber_id_subscribers FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_votes_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE CASCADE
);
CREATE TABLE developments (
	id INTEGER NOT NULL, 
	story_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	lang VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	found_at DATETIME NOT NULL, 
	CONSTRAINT pk_developments PRIMARY KEY (id), 
	CONSTRAINT fk_developments_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id) ON DELETE CASCADE
);
CREATE INDEX ix_developments_story_id ON developments (story_id);
CREATE TABLE "stories" (
	id INTEGER NOT NULL, 
	topics JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	merged_into INTEGER, 
	CONSTRAINT pk_stories PRIMARY KEY (id), 
	CONSTRAINT fk_stories_merged_into_stories FOREIGN KEY(merged_into) REFERENCES stories (id) ON DELETE SET NULL
);
CREATE INDEX ix_stories_updated_at ON stories (updated_at);
CREATE TABLE passed_over (
	url VARCHAR NOT NULL, 
	found_at DATETIME NOT NULL, 
	CONSTRAINT pk_passed_over PRIMARY KEY (url)
);
CREATE INDEX ix_articles_duplicate_of ON articles (duplicate_of);
CREATE INDEX ix_saved_story_id ON saved (story_id);
CREATE INDEX ix_summaries_article_id ON summaries (article_id);
CREATE INDEX ix_told_story_id ON told (story_id);
CREATE INDEX ix_votes_story_id ON votes (story_id);
CREATE INDEX ix_articles_revised ON articles (id) WHERE revised_at IS NOT NULL;
CREATE TABLE broadcasts (
	id INTEGER NOT NULL, 
	admin BIGINT NOT NULL, 
	html TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	reached INTEGER DEFAULT '0' NOT NULL, 
	message_id BIGINT, 
	CONSTRAINT pk_broadcasts PRIMARY KEY (id)
);
CREATE TABLE broadcast_editions (
	edition_id INTEGER NOT NULL, 
	broadcast_id INTEGER NOT NULL, 
	CONSTRAINT pk_broadcast_editions PRIMARY KEY (edition_id), 
	CONSTRAINT fk_broadcast_editions_edition_id_editions FOREIGN KEY(edition_id) REFERENCES editions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_broadcast_editions_broadcast_id_broadcasts FOREIGN KEY(broadcast_id) REFERENCES broadcasts (id) ON DELETE CASCADE
);
CREATE INDEX ix_broadcast_editions_broadcast_id ON broadcast_editions (broadcast_id);
CREATE TABLE banned (
	chat_id BIGINT NOT NULL, 
	banned_at DATETIME NOT NULL, 
	CONSTRAINT pk_banned PRIMARY KEY (chat_id)
);
CREATE TABLE troubles (
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	well_at DATETIME, 
	CONSTRAINT pk_troubles PRIMARY KEY (kind, subject)
);
CREATE TABLE passes (
	digest VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	admin BIGINT NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_passes PRIMARY KEY (digest)
);
CREATE INDEX ix_passes_expires_at ON passes (expires_at);
CREATE TABLE placements (
	article_id INTEGER NOT NULL, 
	beside_id INTEGER, 
	score FLOAT NOT NULL, 
	evidence JSON NOT NULL, 
	CONSTRAINT pk_placements PRIMARY KEY (article_id), 
	CONSTRAINT fk_placements_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_placements_beside_id_articles FOREIGN KEY(beside_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_placements_beside_id ON placements (beside_id);
CREATE TABLE own_sources (
	subscriber_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_own_sources PRIMARY KEY (subscriber_id, source_id), 
	CONSTRAINT fk_own_sources_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (id) ON DELETE CASCADE, 
	CONSTRAINT fk_own_sources_subscriber_id_subscribers FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE CASCADE
);
CREATE INDEX ix_own_sources_source_id ON own_sources (source_id);
CREATE TABLE updates (
	update_id BIGINT NOT NULL, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT pk_updates PRIMARY KEY (update_id)
);
CREATE INDEX ix_updates_answered_at ON updates (answered_at);
CREATE TABLE search_queue (id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL);
CREATE VIRTUAL TABLE search USING fts5(title, body, detail=column,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
CREATE TRIGGER search_new AFTER INSERT ON articles BEGIN
    INSERT INTO search_queue (article_id) VALUES (new.id);
END;
CREATE TRIGGER search_changed AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO search_queue (article_id) VALUES (new.id);
END;
CREATE TRIGGER search_gone AFTER DELETE ON articles BEGIN
    DELETE FROM search WHERE rowid = old.id;
    DELETE FROM search_queue WHERE article_id = old.id;
END;
CREATE INDEX ix_search_queue_article_id ON search_queue (article_id);
CREATE TABLE tallies (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER tallies_articles_come AFTER INSERT ON articles BEGIN INSERT INTO tallies VALUES ('articles', 1) ON CONFLICT (name) DO UPDATE SET number = number + (1); END;
CREATE TRIGGER tallies_articles_gone AFTER DELETE ON articles BEGIN INSERT INTO tallies VALUES ('articles', -1) ON CONFLICT (name) DO UPDATE SET number = number + (-1); END;
CREATE TRIGGER tallies_stories_come AFTER INSERT ON stories BEGIN INSERT INTO tallies VALUES ('stories', 1) ON CONFLICT (name) DO UPDATE SET number = number + (1); END;
CREATE TRIGGER tallies_stories_gone AFTER DELETE ON stories BEGIN INSERT INTO tallies VALUES ('stories', -1) ON CONFLICT (name) DO UPDATE SET number = number + (-1); END;
CREATE TRIGGER tallies_summaries_come AFTER INSERT ON summaries BEGIN INSERT INTO tallies VALUES ('summaries', 1) ON CONFLICT (name) DO UPDATE SET number = number + (1); END;
CREATE TRIGGER tallies_summaries_gone AFTER DELETE ON summaries BEGIN INSERT INTO tallies VALUES ('summaries', -1) ON CONFLICT (name) DO UPDATE SET number = number + (-1); END;
CREATE TABLE revisions (
	article_id INTEGER NOT NULL, 
	replaced_at DATETIME NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (article_id, replaced_at), 
	CONSTRAINT fk_revisions_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_articles_source_id ON articles (source_id, id);
CREATE INDEX ix_stories_merged_into ON stories (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE "subscribers" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat_id BIGINT NOT NULL, 
	thread_id BIGINT DEFAULT '0' NOT NULL, 
	languages JSON NOT NULL, 
	topics JSON NOT NULL, 
	slots JSON NOT NULL, 
	days JSON NOT NULL, 
	zone VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	next_at DATETIME, 
	told_until DATETIME, 
	created_at DATETIME NOT NULL, 
	muted JSON DEFAULT '[]' NOT NULL, 
	followed JSON DEFAULT '[]' NOT NULL, 
	breaking VARCHAR DEFAULT 'topics' NOT NULL, 
	quiet VARCHAR DEFAULT '22:00-07:00' NOT NULL, 
	muted_sources JSON DEFAULT '[]' NOT NULL, 
	weekly VARCHAR DEFAULT ('') NOT NULL, 
	rich BOOLEAN DEFAULT 0 NOT NULL, 
	claimed_until DATETIME, 
	CONSTRAINT uq_subscribers_chat_id_thread_id UNIQUE (chat_id, thread_id)
);
CREATE INDEX ix_subscribers_next_at ON subscribers (next_at);
CREATE TRIGGER tallies_subscribers_come AFTER INSERT ON subscribers BEGIN INSERT INTO tallies VALUES ('subscribers ' || new.state, 1) ON CONFLICT (name) DO UPDATE SET number = number + (1); END;
CREATE TRIGGER tallies_subscribers_gone AFTER DELETE ON subscribers BEGIN INSERT INTO tallies VALUES ('subscribers ' || old.state, -1) ON CONFLICT (name) DO UPDATE SET number = number + (-1); END;
CREATE TRIGGER tallies_subscribers_changed AFTER UPDATE OF state ON subscribers WHEN new.state <> old.state BEGIN INSERT INTO tallies VALUES ('subscribers ' || new.state, 1) ON CONFLICT (name) DO UPDATE SET number = number + (1); INSERT INTO tallies VALUES ('subscribers ' || old.state, -1) ON CONFLICT (name) DO UPDATE SET number = number + (-1); END;
CREATE TABLE "editions" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	subscriber_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	slot VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT uq_editions_subscriber_id_day_slot UNIQUE (subscriber_id, day, slot), 
	CONSTRAINT fk_editions_subscriber_id_subscribers FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE CASCADE
);
CREATE TABLE "parts" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	edition_id INTEGER NOT NULL, 
	subscriber_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	last BOOLEAN NOT NULL, 
	html TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	doubtful BOOLEAN DEFAULT 0 NOT NULL, 
	message_id BIGINT, 
	reason VARCHAR DEFAULT ('') NOT NULL, 
	not_before DATETIME, 
	settled_at DATETIME, 
	head BOOLEAN DEFAULT 0 NOT NULL, 
	stories JSON DEFAULT '[]' NOT NULL, 
	answers BIGINT, 
	revision TEXT, 
	revised INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_parts_edition_id_editions FOREIGN KEY(edition_id) REFERENCES editions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_parts_subscriber_id_subscribers FOREIGN KEY(subscriber_id) REFERENCES subscribers (id) ON DELETE CASCADE
);
CREATE INDEX ix_parts_heads ON parts (not_before, id) WHERE head = 1;
CREATE INDEX ix_parts_revision ON parts (id) WHERE revision IS NOT NULL;
CREATE UNIQUE INDEX uq_parts_head ON parts (subscriber_id) WHERE head = 1;
CREATE INDEX ix_parts_subscriber_id ON parts (subscriber_id);
CREATE INDEX ix_parts_edition_id ON parts (edition_id);
CREATE INDEX ix_parts_outbox ON parts (state, subscriber_id, id);
CREATE TRIGGER tallies_parts_come AFTER INSERT ON parts BEGIN INSERT INTO tallies VALUES ('parts ' || new.state, 1) ON CONFLICT (name) DO UPDATE SET number = number + (1); END;
CREATE TRIGGER tallies_parts_gone AFTER DELETE ON parts BEGIN INSERT INTO tallies VALUES ('parts ' || old.state, -1) ON CONFLICT (name) DO UPDATE SET number = number + (-1); END;
CREATE TRIGGER tallies_parts_changed AFTER UPDATE OF state ON parts WHEN new.state <> old.state BEGIN INSERT INTO tallies VALUES ('parts ' || new.state, 1) ON CONFLICT (name) DO UPDATE SET number = number + (1); INSERT INTO tallies VALUES ('parts ' || old.state, -1) ON CONFLICT (name) DO UPDATE SET number = number + (-1); END;
INSERT INTO alembic_version VALUES ('0016');

-- Made by the last version before Alembic (commit 8d1159e): subscriptions, watches, a digest and a direct message that were
-- sent, a digest that was posted but not closed, a direct message that was claimed, a notice that waits, and the rest.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migrations (
	number INTEGER NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO migrations VALUES(1);
INSERT INTO migrations VALUES(2);
INSERT INTO migrations VALUES(3);
INSERT INTO migrations VALUES(4);
INSERT INTO migrations VALUES(5);
INSERT INTO migrations VALUES(6);
INSERT INTO migrations VALUES(7);
INSERT INTO migrations VALUES(8);
INSERT INTO migrations VALUES(9);
INSERT INTO migrations VALUES(10);
INSERT INTO migrations VALUES(11);
CREATE TABLE seen_events (
	event_id VARCHAR(64) NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (event_id)
);
INSERT INTO seen_events VALUES('Ev1',1795428000.4320616721);
INSERT INTO seen_events VALUES('Ev2',1795428001.4320616722);
CREATE TABLE arrivals (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	text_hash VARCHAR(64) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	at FLOAT NOT NULL, 
	UNIQUE ("key", text_hash)
);
INSERT INTO arrivals VALUES(1,'1016865','bc13bd28ce6dca034910a3299157092794fb139aac3d3f74d7271e4c716b0651','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(2,'1','35198b17c02574aa206c30abe116d66007d59feb8b5154e30c047754655070b9','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(3,'2','864a1b35ac54fa0dcaa9b519d5470245888d8a5dddd612ac1ccea9491ccdd501','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(4,'3','a743396ec20e150e9c3982c8d04642d3a5866ce1146c28162a630b817114f129','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(5,'1200001','f93a02bd4f67754506f91175c53ee71d92f50d1720d198fd109733dffb699830','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(6,'ep40-02','bef921c3cb5e5ac2b70b9b5f87fe31ebe1e4fc6c272f06a6d4d12b983b198d49','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(7,'ep40-03','a8e34b495004c6aaa60fc26a31274c2ff8f75dac3e9eff9896b950c65a71e5f0','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(8,'ep41-02','74b2c31659fa496886d4bca16e4cf5f362626416f4660b2b776d19a54cf7aa12','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(9,'ep41-04','3c341a352015d630e29a0dd2fc741a54ae44116c5f7f49cce684fb21ba100d60','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(10,'ep15-07','7a38ecfda6c94698adeafd71b155d402f295f252e7aa00a059fcb5aac272e0d0','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(11,'faq-sso','e08fb8b3a306c0c6d8f0bb5bd995c6cbdb46ed2edbc751605326b550ed15dfbd','new',1795420800.1722342968);
INSERT INTO arrivals VALUES(12,'10','445bdc53f15cbb1e2252cc218fc28497c2c0adc296425990c8898a296839229c','new',1795423800.2415847778);
INSERT INTO arrivals VALUES(13,'11','147f41d5dff7a02f58ea61c373fa4ce69c292dea2c9d32654e42fc48223fab91','new',1795423800.2415847778);
INSERT INTO arrivals VALUES(14,'2','97f2c79f63f6657f9131e0ec833bfe356496d0a13acd95f71263de6f7b3aed07','updated',1795423800.253638029);
INSERT INTO arrivals VALUES(15,'12','132eb6c1e1fa1ff195ad469bafd86bf583ce9b713b5f879263ba8445e4ce1580','new',1795428000.4258487224);
INSERT INTO arrivals VALUES(16,'13','e4892fc1fb9b517c7d983a073726ae3c7e054e1540d50a76283cfee03aedc699','new',1795428000.4258487224);
CREATE TABLE subscriptions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	team_id VARCHAR(32) NOT NULL, 
	channel_id VARCHAR(32) NOT NULL, 
	filter TEXT NOT NULL, 
	cadence VARCHAR(16) NOT NULL, 
	weekdays VARCHAR(16) NOT NULL, 
	at VARCHAR(5) NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	day INTEGER, 
	nth INTEGER, 
	start VARCHAR(10), 
	even_empty BOOLEAN NOT NULL, 
	created_by VARCHAR(32) NOT NULL, 
	created_at FLOAT NOT NULL, 
	cursor INTEGER NOT NULL, 
	start_seq INTEGER NOT NULL, 
	from_version VARCHAR(16), 
	last_at FLOAT NOT NULL, 
	last_day VARCHAR(10), 
	paused_by VARCHAR(32), 
	paused_why TEXT, 
	UNIQUE (team_id, channel_id, filter)
);
INSERT INTO subscriptions VALUES(1,'T1','C1','{}','weekly','0','09:00','Europe/London',NULL,NULL,NULL,0,'UALICE',1795420800.1836311817,14,11,NULL,1795424400.0,'2026-11-23',NULL,NULL);
INSERT INTO subscriptions VALUES(2,'T1','C2','{"areas": ["Billing & invoicing"], "words": ["quotes"]}','on arrival','0','09:00','UTC',NULL,NULL,NULL,0,'UALICE',1795420800.1959171295,16,11,NULL,1795420800.1959171295,NULL,NULL,NULL);
INSERT INTO subscriptions VALUES(3,'T1','C2','{"highlights": true, "versions": ["2.216"], "without_areas": ["Chat"], "without_words": ["teams"]}','fortnightly','0,3','09:00','Europe/London',NULL,NULL,'2026-11-30',1,'UALICE',1795420800.2083489895,0,11,'2.216',1795420800.2083489895,NULL,NULL,NULL);
INSERT INTO subscriptions VALUES(4,'T1','C3','{}','monthly','4','17:00','Europe/Paris',NULL,-1,NULL,0,'UBOB',1795420800.2157106399,11,11,NULL,1795420800.2157106399,NULL,'UBOB',NULL);
CREATE TABLE ledger (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	team_id VARCHAR(32) NOT NULL, 
	channel_id VARCHAR(32) NOT NULL, 
	stream VARCHAR(120) NOT NULL, 
	edition INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	nonce VARCHAR(32), 
	owner VARCHAR(64), 
	lease_until FLOAT, 
	claimed_at FLOAT, 
	entries JSON NOT NULL, 
	highest INTEGER NOT NULL, 
	undo JSON, 
	parts JSON, 
	part_count INTEGER NOT NULL, 
	attempt INTEGER, 
	posted JSON NOT NULL, 
	posted_to VARCHAR(32), 
	owners JSON NOT NULL, 
	reason TEXT, 
	finished_at FLOAT, 
	UNIQUE (team_id, channel_id, stream, edition)
);
INSERT INTO ledger VALUES(1,'T1','C1','digest',1,'sent','7ef1e2decc656c71710d13df',NULL,NULL,1795424400.3037683963,'[[12, "10", "new"], [13, "11", "new"], [14, "2", "updated"]]',14,'{"subscriptions": [[1, 14, 11, ["2026-11-23", 1795424400.0], 1795420800.1836312, null]], "watch": null}',NULL,1,NULL,'["1795424400.342220"]','C1','["UALICE"]',NULL,1795424400.3487508297);
INSERT INTO ledger VALUES(2,'T1','UBOB','watch 1',1,'sent','c06eecf5d3dd21401474dcc7',NULL,NULL,1795424400.3701159954,'[[12, "10", "new"]]',12,'{"subscriptions": [], "watch": [1, 11, 14]}',NULL,1,NULL,'["1795424400.386621"]','DUBOB','["UBOB"]',NULL,1795424400.4004571437);
INSERT INTO ledger VALUES(3,'T1','C2','digest',1,'sending','nnnnnnnnnnnnnnnnnnnnnnnn','gone-1-abc',1795428002.9320616721,1795428000.4320616721,'[[16, "13", "new"]]',16,'{"subscriptions": [[2, 16, 14, null, 1795420800.1959171, null]], "watch": null}','[{"text": "HaloPSA v2.218: 1 change. Change 13: something works better than before", "blocks": [{"text": {"emoji": true, "text": "HaloPSA v2.218: 1 change", "type": "plain_text"}, "type": "header"}, {"elements": [{"text": "This is the first digest of HaloPSA changes here, set up by <@UALICE>: as soon as something arrives. The buttons below change or stop it.", "type": "mrkdwn", "verbatim": true}], "type": "context"}, {"text": {"text": "*Change 13: something works better than before*\n#13 \u00b7 Billing &amp; invoicing \u00b7 Watch 13:23\nWhat 13 does in a sentence.", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"elements": [{"action_id": "digest_watch", "text": {"emoji": true, "text": "Watch a topic", "type": "plain_text"}, "type": "button", "value": "1"}, {"action_id": "digest_filter", "text": {"emoji": true, "text": "Change what comes", "type": "plain_text"}, "type": "button", "value": "1"}, {"action_id": "digest_stop", "confirm": {"title": {"emoji": true, "text": "Stop these digests?", "type": "plain_text"}, "text": {"text": "Nobody in this channel gets them any more. Subscribe again at any time.", "type": "mrkdwn"}, "confirm": {"emoji": true, "text": "Stop them", "type": "plain_text"}, "deny": {"emoji": true, "text": "Keep them", "type": "plain_text"}}, "text": {"emoji": true, "text": "Stop", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}]',1,NULL,'["1795428000.443233"]','C2','["UALICE"]',NULL,NULL);
INSERT INTO ledger VALUES(4,'T1','UALICE','watch 3',1,'sending','mmmmmmmmmmmmmmmmmmmmmmmm','gone-1-def',1795428002.9320616721,1795428000.4320616721,'[[16, "13", "new"]]',16,'{"subscriptions": [], "watch": [3, 14, 16]}','[{"text": "New for \u201cbilling\u201d: Change 13: something works better than before", "blocks": [{"text": {"text": "New, and it answers your watch \u201cbilling\u201d:", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"text": {"text": "*Change 13: something works better than before*\nv2.218 \u00b7 #13 \u00b7 Billing &amp; invoicing", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"text": {"text": "What 13 does in a sentence. And who it helps, in another one.", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"elements": [{"action_id": "watch_stop:3", "text": {"emoji": true, "text": "Stop this watch", "type": "plain_text"}, "type": "button", "value": "3"}], "type": "actions"}]}]',1,NULL,'[]',NULL,'["UALICE"]',NULL,NULL);
INSERT INTO ledger VALUES(5,'T1','UALICE','notice asked UBOB C1 2026-11-23 0',1,'planned',NULL,NULL,NULL,NULL,'[]',0,NULL,'[{"text": "Bob asks you to subscribe C1 to billing."}]',1,NULL,'[]',NULL,'[]',NULL,NULL);
CREATE TABLE watches (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	team_id VARCHAR(32) NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	question TEXT NOT NULL, 
	created_at FLOAT NOT NULL, 
	cursor INTEGER NOT NULL, 
	UNIQUE (team_id, user_id, question)
);
INSERT INTO watches VALUES(1,'T1','UBOB','jira status',1795420800.1821613311,14);
INSERT INTO watches VALUES(3,'T1','UALICE','billing',1795424400.4155402183,16);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	team_id VARCHAR(32) NOT NULL, 
	at FLOAT NOT NULL, 
	who VARCHAR(32) NOT NULL, 
	did VARCHAR(32) NOT NULL, 
	channel_id VARCHAR(32), 
	what TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO audit VALUES(1,'T1',1795420800.1836311817,'UALICE','subscribed','C1','');
INSERT INTO audit VALUES(2,'T1',1795420800.1959171295,'UALICE','subscribed','C2','');
INSERT INTO audit VALUES(3,'T1',1795420800.2083489895,'UALICE','subscribed','C2','');
INSERT INTO audit VALUES(4,'T1',1795420800.2157106399,'UBOB','subscribed','C3','');
INSERT INTO audit VALUES(5,'T1',1795420800.1821613311,'UBOB','paused','C3','');
INSERT INTO audit VALUES(6,'T1',1795420800.1821613311,'UBOB','watched',NULL,'jira status');
INSERT INTO audit VALUES(7,'T1',1795420800.1821613311,'UALICE','watched',NULL,'billing');
INSERT INTO audit VALUES(8,'T1',1795423800.2599101066,'UALICE','stopped watching',NULL,'billing');
INSERT INTO audit VALUES(9,'T1',1795424400.4155402183,'UALICE','watched',NULL,'billing');
CREATE TABLE source_states (
	id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	fingerprint TEXT, 
	last_try FLOAT, 
	last_success FLOAT, 
	error TEXT, 
	failures INTEGER NOT NULL, 
	notified FLOAT, 
	first_read FLOAT, 
	catalogue TEXT, 
	PRIMARY KEY (id)
);
INSERT INTO source_states VALUES('92236c4e4c1108e7c39ad52278919a1a54d079a9b76133b0ede5c7a2467e4a26','https://example.com/feed','"e1"','Mon, 23 Nov 2026 08:00:00 GMT','fp',1795420800.0,1795420800.0,NULL,0,NULL,1795420800.0,'4dbd62894d3ccb6d');
INSERT INTO source_states VALUES('d6cb783beef1d77661bcb61ddf5d710fa3a85640f226cced512d3a55229cfc2d','watched.txt',NULL,NULL,NULL,1795420800.0,NULL,'404',3,1795420800.0,NULL,NULL);
CREATE TABLE threads (
	team_id VARCHAR(32) NOT NULL, 
	channel_id VARCHAR(32) NOT NULL, 
	thread_ts VARCHAR(32) NOT NULL, 
	question TEXT NOT NULL, 
	shown JSON NOT NULL, 
	next_one INTEGER NOT NULL, 
	picked TEXT, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (team_id, channel_id, thread_ts)
);
INSERT INTO threads VALUES('T1','C1','1763888400.000100','jira status','["10", "1016865"]',2,'10',1795428000.4320616721);
INSERT INTO threads VALUES('T1','D1','','what''s new in é','["12"]',1,NULL,1795428000.4320616721);
CREATE TABLE questions (
	team_id VARCHAR(32) NOT NULL, 
	words VARCHAR(300) NOT NULL, 
	in_vain INTEGER NOT NULL, 
	helpful INTEGER NOT NULL, 
	not_helpful INTEGER NOT NULL, 
	first_at FLOAT NOT NULL, 
	last_at FLOAT NOT NULL, 
	PRIMARY KEY (team_id, words)
);
INSERT INTO questions VALUES('T1','zebra crossings?',2,0,0,1795428000.4320616721,1795428005.4320616721);
INSERT INTO questions VALUES('T1','jira status',0,1,1,1795428000.4320616721,1795428000.4320616721);
CREATE TABLE meetings (
	team_id VARCHAR(32) NOT NULL, 
	met VARCHAR(32) NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (team_id, met)
);
INSERT INTO meetings VALUES('T1','C1',1795428000.4320616721);
INSERT INTO meetings VALUES('T1','UBOB',1792836000.4320616721);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('arrivals',16);
INSERT INTO sqlite_sequence VALUES('subscriptions',4);
INSERT INTO sqlite_sequence VALUES('watches',3);
INSERT INTO sqlite_sequence VALUES('ledger',5);
CREATE INDEX ix_seen_events_at ON seen_events (at);
CREATE INDEX ledger_state ON ledger (state, lease_until);
CREATE INDEX ix_audit_team_id ON audit (team_id);
CREATE INDEX ix_threads_at ON threads (at);
CREATE INDEX ix_questions_last_at ON questions (last_at);
COMMIT;

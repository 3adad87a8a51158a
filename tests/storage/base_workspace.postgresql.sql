-- Made by the last version before Alembic (commit 8d1159e): subscriptions, watches, a digest and a direct message that were
-- sent, a digest that was posted but not closed, a direct message that was claimed, a notice that waits, and the rest.
CREATE TABLE public.arrivals (
    seq integer NOT NULL,
    key text NOT NULL,
    text_hash character varying(64) NOT NULL,
    kind character varying(8) NOT NULL,
    at double precision NOT NULL
);
CREATE SEQUENCE public.arrivals_seq_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.arrivals_seq_seq OWNED BY public.arrivals.seq;
CREATE TABLE public.audit (
    id integer NOT NULL,
    team_id character varying(32) NOT NULL,
    at double precision NOT NULL,
    who character varying(32) NOT NULL,
    did character varying(32) NOT NULL,
    channel_id character varying(32),
    what text NOT NULL
);
CREATE SEQUENCE public.audit_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;
CREATE TABLE public.ledger (
    id integer NOT NULL,
    team_id character varying(32) NOT NULL,
    channel_id character varying(32) NOT NULL,
    stream character varying(120) NOT NULL,
    edition integer NOT NULL,
    state character varying(8) NOT NULL,
    nonce character varying(32),
    owner character varying(64),
    lease_until double precision,
    claimed_at double precision,
    entries json NOT NULL,
    highest integer NOT NULL,
    undo json,
    parts json,
    part_count integer NOT NULL,
    attempt integer,
    posted json NOT NULL,
    posted_to character varying(32),
    owners json NOT NULL,
    reason text,
    finished_at double precision
);
CREATE SEQUENCE public.ledger_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.ledger_id_seq OWNED BY public.ledger.id;
CREATE TABLE public.meetings (
    team_id character varying(32) NOT NULL,
    met character varying(32) NOT NULL,
    at double precision NOT NULL
);
CREATE TABLE public.migrations (
    number integer NOT NULL
);
CREATE TABLE public.questions (
    team_id character varying(32) NOT NULL,
    words character varying(300) NOT NULL,
    in_vain integer NOT NULL,
    helpful integer NOT NULL,
    not_helpful integer NOT NULL,
    first_at double precision NOT NULL,
    last_at double precision NOT NULL
);
CREATE TABLE public.seen_events (
    event_id character varying(64) NOT NULL,
    at double precision NOT NULL
);
CREATE TABLE public.source_states (
    id character varying(64) NOT NULL,
    name text NOT NULL,
    etag text,
    last_modified text,
    fingerprint text,
    last_try double precision,
    last_success double precision,
    error text,
    failures integer NOT NULL,
    notified double precision,
    first_read double precision,
    catalogue text
);
CREATE TABLE public.subscriptions (
    id integer NOT NULL,
    team_id character varying(32) NOT NULL,
    channel_id character varying(32) NOT NULL,
    filter text NOT NULL,
    cadence character varying(16) NOT NULL,
    weekdays character varying(16) NOT NULL,
    at character varying(5) NOT NULL,
    zone character varying(64) NOT NULL,
    day integer,
    nth integer,
    start character varying(10),
    even_empty boolean NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at double precision NOT NULL,
    cursor integer NOT NULL,
    start_seq integer NOT NULL,
    from_version character varying(16),
    last_at double precision NOT NULL,
    last_day character varying(10),
    paused_by character varying(32),
    paused_why text
);
CREATE SEQUENCE public.subscriptions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.subscriptions_id_seq OWNED BY public.subscriptions.id;
CREATE TABLE public.threads (
    team_id character varying(32) NOT NULL,
    channel_id character varying(32) NOT NULL,
    thread_ts character varying(32) NOT NULL,
    question text NOT NULL,
    shown json NOT NULL,
    next_one integer NOT NULL,
    picked text,
    at double precision NOT NULL
);
CREATE TABLE public.watches (
    id integer NOT NULL,
    team_id character varying(32) NOT NULL,
    user_id character varying(32) NOT NULL,
    question text NOT NULL,
    created_at double precision NOT NULL,
    cursor integer NOT NULL
);
CREATE SEQUENCE public.watches_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.watches_id_seq OWNED BY public.watches.id;
ALTER TABLE ONLY public.arrivals ALTER COLUMN seq SET DEFAULT nextval('public.arrivals_seq_seq'::regclass);
ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);
ALTER TABLE ONLY public.ledger ALTER COLUMN id SET DEFAULT nextval('public.ledger_id_seq'::regclass);
ALTER TABLE ONLY public.subscriptions ALTER COLUMN id SET DEFAULT nextval('public.subscriptions_id_seq'::regclass);
ALTER TABLE ONLY public.watches ALTER COLUMN id SET DEFAULT nextval('public.watches_id_seq'::regclass);
INSERT INTO public.arrivals VALUES (1, '1016865', 'bc13bd28ce6dca034910a3299157092794fb139aac3d3f74d7271e4c716b0651', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (2, '1', '35198b17c02574aa206c30abe116d66007d59feb8b5154e30c047754655070b9', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (3, '2', '864a1b35ac54fa0dcaa9b519d5470245888d8a5dddd612ac1ccea9491ccdd501', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (4, '3', 'a743396ec20e150e9c3982c8d04642d3a5866ce1146c28162a630b817114f129', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (5, '1200001', 'f93a02bd4f67754506f91175c53ee71d92f50d1720d198fd109733dffb699830', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (6, 'ep40-02', 'bef921c3cb5e5ac2b70b9b5f87fe31ebe1e4fc6c272f06a6d4d12b983b198d49', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (7, 'ep40-03', 'a8e34b495004c6aaa60fc26a31274c2ff8f75dac3e9eff9896b950c65a71e5f0', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (8, 'ep41-02', '74b2c31659fa496886d4bca16e4cf5f362626416f4660b2b776d19a54cf7aa12', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (9, 'ep41-04', '3c341a352015d630e29a0dd2fc741a54ae44116c5f7f49cce684fb21ba100d60', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (10, 'ep15-07', '7a38ecfda6c94698adeafd71b155d402f295f252e7aa00a059fcb5aac272e0d0', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (11, 'faq-sso', 'e08fb8b3a306c0c6d8f0bb5bd995c6cbdb46ed2edbc751605326b550ed15dfbd', 'new', 1795420800.5201788);
INSERT INTO public.arrivals VALUES (12, '10', '445bdc53f15cbb1e2252cc218fc28497c2c0adc296425990c8898a296839229c', 'new', 1795423800.6222157);
INSERT INTO public.arrivals VALUES (13, '11', '147f41d5dff7a02f58ea61c373fa4ce69c292dea2c9d32654e42fc48223fab91', 'new', 1795423800.6222157);
INSERT INTO public.arrivals VALUES (14, '2', '97f2c79f63f6657f9131e0ec833bfe356496d0a13acd95f71263de6f7b3aed07', 'updated', 1795423800.6411169);
INSERT INTO public.arrivals VALUES (15, '12', '132eb6c1e1fa1ff195ad469bafd86bf583ce9b713b5f879263ba8445e4ce1580', 'new', 1795428000.8767028);
INSERT INTO public.arrivals VALUES (16, '13', 'e4892fc1fb9b517c7d983a073726ae3c7e054e1540d50a76283cfee03aedc699', 'new', 1795428000.8767028);
INSERT INTO public.audit VALUES (1, 'T1', 1795420800.5351455, 'UALICE', 'subscribed', 'C1', '');
INSERT INTO public.audit VALUES (2, 'T1', 1795420800.5540838, 'UALICE', 'subscribed', 'C2', '');
INSERT INTO public.audit VALUES (3, 'T1', 1795420800.561355, 'UALICE', 'subscribed', 'C2', '');
INSERT INTO public.audit VALUES (4, 'T1', 1795420800.570274, 'UBOB', 'subscribed', 'C3', '');
INSERT INTO public.audit VALUES (5, 'T1', 1795420800.533172, 'UBOB', 'paused', 'C3', '');
INSERT INTO public.audit VALUES (6, 'T1', 1795420800.533172, 'UBOB', 'watched', NULL, 'jira status');
INSERT INTO public.audit VALUES (7, 'T1', 1795420800.533172, 'UALICE', 'watched', NULL, 'billing');
INSERT INTO public.audit VALUES (8, 'T1', 1795423800.6503942, 'UALICE', 'stopped watching', NULL, 'billing');
INSERT INTO public.audit VALUES (9, 'T1', 1795424400.8594203, 'UALICE', 'watched', NULL, 'billing');
INSERT INTO public.ledger VALUES (1, 'T1', 'C1', 'digest', 1, 'sent', 'a1a643cbaeed5453a6e894ed', NULL, NULL, 1795424400.7000515, '[[12, "10", "new"], [13, "11", "new"], [14, "2", "updated"]]', 14, '{"subscriptions": [[1, 14, 11, ["2026-11-23", 1795424400.0], 1795420800.5351455, null]], "watch": null}', NULL, 1, NULL, '["1795424400.741433"]', 'C1', '["UALICE"]', NULL, 1795424400.7533603);
INSERT INTO public.ledger VALUES (4, 'T1', 'UALICE', 'watch 3', 1, 'sending', 'mmmmmmmmmmmmmmmmmmmmmmmm', 'gone-1-def', 1795428003.3876524, 1795428000.8876524, '[[16, "13", "new"]]', 16, '{"subscriptions": [], "watch": [3, 14, 16]}', '[{"text": "New for \u201cbilling\u201d: Change 13: something works better than before", "blocks": [{"text": {"text": "New, and it answers your watch \u201cbilling\u201d:", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"text": {"text": "*Change 13: something works better than before*\nv2.218 \u00b7 #13 \u00b7 Billing &amp; invoicing", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"text": {"text": "What 13 does in a sentence. And who it helps, in another one.", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"elements": [{"action_id": "watch_stop:3", "text": {"emoji": true, "text": "Stop this watch", "type": "plain_text"}, "type": "button", "value": "3"}], "type": "actions"}]}]', 1, NULL, '[]', NULL, '["UALICE"]', NULL, NULL);
INSERT INTO public.ledger VALUES (2, 'T1', 'UBOB', 'watch 1', 1, 'sent', '165fec8d870375d203540139', NULL, NULL, 1795424400.8040175, '[[12, "10", "new"]]', 12, '{"subscriptions": [], "watch": [1, 11, 14]}', NULL, 1, NULL, '["1795424400.833340"]', 'DUBOB', '["UBOB"]', NULL, 1795424400.8401377);
INSERT INTO public.ledger VALUES (3, 'T1', 'C2', 'digest', 1, 'sending', 'nnnnnnnnnnnnnnnnnnnnnnnn', 'gone-1-abc', 1795428003.3876524, 1795428000.8876524, '[[16, "13", "new"]]', 16, '{"subscriptions": [[2, 16, 14, null, 1795420800.5540838, null]], "watch": null}', '[{"text": "HaloPSA v2.218: 1 change. Change 13: something works better than before", "blocks": [{"text": {"emoji": true, "text": "HaloPSA v2.218: 1 change", "type": "plain_text"}, "type": "header"}, {"elements": [{"text": "This is the first digest of HaloPSA changes here, set up by <@UALICE>: as soon as something arrives. The buttons below change or stop it.", "type": "mrkdwn", "verbatim": true}], "type": "context"}, {"text": {"text": "*Change 13: something works better than before*\n#13 \u00b7 Billing &amp; invoicing \u00b7 Watch 13:23\nWhat 13 does in a sentence.", "type": "mrkdwn", "verbatim": true}, "type": "section"}, {"elements": [{"action_id": "digest_watch", "text": {"emoji": true, "text": "Watch a topic", "type": "plain_text"}, "type": "button", "value": "1"}, {"action_id": "digest_filter", "text": {"emoji": true, "text": "Change what comes", "type": "plain_text"}, "type": "button", "value": "1"}, {"action_id": "digest_stop", "confirm": {"title": {"emoji": true, "text": "Stop these digests?", "type": "plain_text"}, "text": {"text": "Nobody in this channel gets them any more. Subscribe again at any time.", "type": "mrkdwn"}, "confirm": {"emoji": true, "text": "Stop them", "type": "plain_text"}, "deny": {"emoji": true, "text": "Keep them", "type": "plain_text"}}, "text": {"emoji": true, "text": "Stop", "type": "plain_text"}, "type": "button", "value": "1"}], "type": "actions"}]}]', 1, NULL, '["1795428000.9099252"]', 'C2', '["UALICE"]', NULL, NULL);
INSERT INTO public.ledger VALUES (5, 'T1', 'UALICE', 'notice asked UBOB C1 2026-11-23 0', 1, 'planned', NULL, NULL, NULL, NULL, '[]', 0, NULL, '[{"text": "Bob asks you to subscribe C1 to billing."}]', 1, NULL, '[]', NULL, '[]', NULL, NULL);
INSERT INTO public.meetings VALUES ('T1', 'C1', 1795428000.8876524);
INSERT INTO public.meetings VALUES ('T1', 'UBOB', 1792836000.8876524);
INSERT INTO public.migrations VALUES (1);
INSERT INTO public.migrations VALUES (2);
INSERT INTO public.migrations VALUES (3);
INSERT INTO public.migrations VALUES (4);
INSERT INTO public.migrations VALUES (5);
INSERT INTO public.migrations VALUES (6);
INSERT INTO public.migrations VALUES (7);
INSERT INTO public.migrations VALUES (8);
INSERT INTO public.migrations VALUES (9);
INSERT INTO public.migrations VALUES (10);
INSERT INTO public.migrations VALUES (11);
INSERT INTO public.questions VALUES ('T1', 'zebra crossings?', 2, 0, 0, 1795428000.8876524, 1795428005.8876524);
INSERT INTO public.questions VALUES ('T1', 'jira status', 0, 1, 1, 1795428000.8876524, 1795428000.8876524);
INSERT INTO public.seen_events VALUES ('Ev1', 1795428000.8876524);
INSERT INTO public.seen_events VALUES ('Ev2', 1795428001.8876524);
INSERT INTO public.source_states VALUES ('92236c4e4c1108e7c39ad52278919a1a54d079a9b76133b0ede5c7a2467e4a26', 'https://example.com/feed', '"e1"', 'Mon, 23 Nov 2026 08:00:00 GMT', 'fp', 1795420800, 1795420800, NULL, 0, NULL, 1795420800, '64e1e54799d3ddf5');
INSERT INTO public.source_states VALUES ('d6cb783beef1d77661bcb61ddf5d710fa3a85640f226cced512d3a55229cfc2d', 'watched.txt', NULL, NULL, NULL, 1795420800, NULL, '404', 3, 1795420800, NULL, NULL);
INSERT INTO public.subscriptions VALUES (3, 'T1', 'C2', '{"highlights": true, "versions": ["2.216"], "without_areas": ["Chat"], "without_words": ["teams"]}', 'fortnightly', '0,3', '09:00', 'Europe/London', NULL, NULL, '2026-11-30', true, 'UALICE', 1795420800.561355, 0, 11, '2.216', 1795420800.561355, NULL, NULL, NULL);
INSERT INTO public.subscriptions VALUES (4, 'T1', 'C3', '{}', 'monthly', '4', '17:00', 'Europe/Paris', NULL, -1, NULL, false, 'UBOB', 1795420800.570274, 11, 11, NULL, 1795420800.570274, NULL, 'UBOB', NULL);
INSERT INTO public.subscriptions VALUES (1, 'T1', 'C1', '{}', 'weekly', '0', '09:00', 'Europe/London', NULL, NULL, NULL, false, 'UALICE', 1795420800.5351455, 14, 11, NULL, 1795424400, '2026-11-23', NULL, NULL);
INSERT INTO public.subscriptions VALUES (2, 'T1', 'C2', '{"areas": ["Billing & invoicing"], "words": ["quotes"]}', 'on arrival', '0', '09:00', 'UTC', NULL, NULL, NULL, false, 'UALICE', 1795420800.5540838, 16, 11, NULL, 1795420800.5540838, NULL, NULL, NULL);
INSERT INTO public.threads VALUES ('T1', 'C1', '1763888400.000100', 'jira status', '["10", "1016865"]', 2, '10', 1795428000.8876524);
INSERT INTO public.threads VALUES ('T1', 'D1', '', 'what''s new in é', '["12"]', 1, NULL, 1795428000.8876524);
INSERT INTO public.watches VALUES (1, 'T1', 'UBOB', 'jira status', 1795420800.533172, 14);
INSERT INTO public.watches VALUES (3, 'T1', 'UALICE', 'billing', 1795424400.8594203, 16);
SELECT pg_catalog.setval('public.arrivals_seq_seq', 16, true);
SELECT pg_catalog.setval('public.audit_id_seq', 9, true);
SELECT pg_catalog.setval('public.ledger_id_seq', 5, true);
SELECT pg_catalog.setval('public.subscriptions_id_seq', 4, true);
SELECT pg_catalog.setval('public.watches_id_seq', 3, true);
ALTER TABLE ONLY public.arrivals
    ADD CONSTRAINT arrivals_key_text_hash_key UNIQUE (key, text_hash);
ALTER TABLE ONLY public.arrivals
    ADD CONSTRAINT arrivals_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_team_id_channel_id_stream_edition_key UNIQUE (team_id, channel_id, stream, edition);
ALTER TABLE ONLY public.meetings
    ADD CONSTRAINT meetings_pkey PRIMARY KEY (team_id, met);
ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_pkey PRIMARY KEY (team_id, words);
ALTER TABLE ONLY public.seen_events
    ADD CONSTRAINT seen_events_pkey PRIMARY KEY (event_id);
ALTER TABLE ONLY public.source_states
    ADD CONSTRAINT source_states_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_team_id_channel_id_filter_key UNIQUE (team_id, channel_id, filter);
ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_pkey PRIMARY KEY (team_id, channel_id, thread_ts);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_team_id_user_id_question_key UNIQUE (team_id, user_id, question);
CREATE INDEX ix_audit_team_id ON public.audit USING btree (team_id);
CREATE INDEX ix_questions_last_at ON public.questions USING btree (last_at);
CREATE INDEX ix_seen_events_at ON public.seen_events USING btree (at);
CREATE INDEX ix_threads_at ON public.threads USING btree (at);
CREATE INDEX ledger_state ON public.ledger USING btree (state, lease_until);

-- Types mean the same on SQLite and PostgreSQL. Times are Unix milliseconds, 0 for none. There are no sequences: numbers
-- come from the counter's row, whose lock makes them commit in the order in which they were given.

-- +goose Up
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    n    BIGINT NOT NULL
);

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- state: 0 open, 1 done, 2 dead
CREATE TABLE inbox (
    seq         BIGINT PRIMARY KEY,
    update_id   BIGINT NOT NULL UNIQUE,
    chat_id     BIGINT NOT NULL,
    body        BYTEA NOT NULL,
    state       INTEGER NOT NULL DEFAULT 0,
    tries       INTEGER NOT NULL DEFAULT 0,
    due         BIGINT NOT NULL DEFAULT 0,
    reason      TEXT NOT NULL DEFAULT '',
    received_at BIGINT NOT NULL
);
CREATE INDEX inbox_open ON inbox (chat_id, seq) WHERE state = 0;
CREATE INDEX inbox_ended ON inbox (received_at) WHERE state > 0;

-- state: 0 new, 1 being sent, 2 sent, 3 dead
CREATE TABLE outbox (
    dedup      TEXT PRIMARY KEY,
    seq        BIGINT NOT NULL UNIQUE,
    chat_id    BIGINT NOT NULL,
    lane       INTEGER NOT NULL,
    object     TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    method     TEXT NOT NULL,
    body       BYTEA NOT NULL,
    state      INTEGER NOT NULL DEFAULT 0,
    unsure     INTEGER NOT NULL DEFAULT 0,
    tries      INTEGER NOT NULL DEFAULT 0,
    due        BIGINT NOT NULL,
    message_id BIGINT NOT NULL DEFAULT 0,
    reason     TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_order ON outbox (chat_id, seq) WHERE state < 2;
CREATE INDEX outbox_lanes ON outbox (chat_id, lane, seq) WHERE state < 2;
CREATE INDEX outbox_object ON outbox (chat_id, object, seq) WHERE state < 2;
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state > 1;

CREATE TABLE chat (
    id      BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    state   BYTEA NOT NULL
);

CREATE TABLE thread (
    chat_id    BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    case_id    BIGINT NOT NULL,
    patient    BIGINT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX thread_case ON thread (chat_id, case_id, message_id);

CREATE TABLE "case" (
    id         BIGINT PRIMARY KEY,
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL,
    version    BIGINT NOT NULL,
    patient    BIGINT NOT NULL,
    opened_at  BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    body       BYTEA NOT NULL
);
CREATE INDEX case_open ON "case" (patient, id) WHERE state <> 'closed';

CREATE TABLE person (
    id        BIGINT PRIMARY KEY,
    last_seen BIGINT NOT NULL,
    body      BYTEA NOT NULL
);

CREATE TABLE staff (
    id         BIGINT PRIMARY KEY,
    role       TEXT NOT NULL,
    granted_by BIGINT NOT NULL,
    until_at   BIGINT NOT NULL
);

CREATE TABLE notice (
    id      TEXT PRIMARY KEY,
    seq     BIGINT NOT NULL,
    kind    TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    line    INTEGER NOT NULL,
    whom    BIGINT NOT NULL,
    due     BIGINT NOT NULL,
    done    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX notice_due ON notice (due, seq) WHERE done = 0;
CREATE INDEX notice_case ON notice (case_id) WHERE done = 0;

CREATE TABLE faq_version (
    n            BIGINT PRIMARY KEY,
    body         BYTEA NOT NULL,
    sha256       TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at BIGINT NOT NULL
);

CREATE TABLE audit (
    n      BIGINT PRIMARY KEY,
    at     BIGINT NOT NULL,
    who    BIGINT NOT NULL,
    what   TEXT NOT NULL,
    object TEXT NOT NULL
);

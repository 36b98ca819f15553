-- +goose Up

-- What goes out beside the parameters of a call: a document or picture. Gone as soon as its row of the outbox has ended.
CREATE TABLE upload (
    dedup TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    body  BYTEA NOT NULL
);

-- restores: the version whose bytes an undo has brought back, 0 for new ones
ALTER TABLE faq_version ADD COLUMN restores BIGINT NOT NULL DEFAULT 0;

-- How often something happened on a day of the clinic's time (2026-11-25); about: the entry, topic or code, or ''.
CREATE TABLE tally (
    day   TEXT NOT NULL,
    name  TEXT NOT NULL,
    about TEXT NOT NULL,
    n     BIGINT NOT NULL,
    PRIMARY KEY (day, name, about)
);

-- What was asked in vain, with everything personal taken out.
CREATE TABLE gap (
    id      BIGINT PRIMARY KEY,
    patient BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    body    BYTEA NOT NULL
);
CREATE INDEX gap_patient ON gap (patient, id);
CREATE INDEX gap_at ON gap (at);

-- +goose Up
ALTER TABLE "case" ADD COLUMN holder BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN visit_at BIGINT NOT NULL DEFAULT 0;

DROP INDEX case_open;
CREATE INDEX case_open ON "case" (patient, id)
    WHERE state NOT IN ('closed', 'came', 'no-show', 'declined', 'cancelled', 'expired');
CREATE INDEX case_all_open ON "case" (id)
    WHERE state NOT IN ('closed', 'came', 'no-show', 'declined', 'cancelled', 'expired');
CREATE INDEX case_changed ON "case" (patient, changed_at);
CREATE INDEX case_holder ON "case" (holder, id) WHERE holder <> 0;
CREATE INDEX case_visit ON "case" (visit_at) WHERE visit_at > 0;

-- One-time links to the team: only a hash of what stands in them.
CREATE TABLE invite (
    hash     BYTEA PRIMARY KEY,
    made_by  BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);

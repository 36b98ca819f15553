-- A notice carries a number (which line, which day, which time), and told ones are kept for a while, so that none is told twice.

-- +goose Up
ALTER TABLE notice RENAME COLUMN line TO n;
ALTER TABLE notice ADD COLUMN done_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX notice_done ON notice (done_at) WHERE done = 1;

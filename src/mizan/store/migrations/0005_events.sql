-- What others hear of, and what a retry finds.

-- Written in the transaction of the change; the publisher moves rows to `events` in order. The database counts
-- outbox_number: what committed before another transaction began has the lower one, whichever node wrote it.
CREATE TABLE outbox (
  outbox_number @counter,
  project_id @int NOT NULL,               -- 0 = the organisation
  kind @text NOT NULL,                    -- <resource>.<past participle>
  body @text NOT NULL,                    -- JSON object
  at_us @int NOT NULL
) @table;

CREATE TABLE events (
  project_id @int NOT NULL,
  sequence @int NOT NULL,                 -- 1, 2, 3 … of the project, without a gap
  kind @text NOT NULL,
  body @text NOT NULL,
  at_us @int NOT NULL,
  PRIMARY KEY (project_id, sequence)
) @clustered;

CREATE TABLE event_heads (
  project_id @int PRIMARY KEY,
  sequence @int NOT NULL                  -- of the newest event; stays when old events are deleted
) @table;

CREATE TABLE webhooks (
  webhook_id @int PRIMARY KEY,
  project_id @int NOT NULL,
  url @text NOT NULL,
  secret @text NOT NULL,
  previous_secret @text NOT NULL,         -- signs too until previous_secret_until_us; empty = none
  previous_secret_until_us @int NOT NULL,
  kinds @text NOT NULL,                   -- JSON list; empty = all
  state @text NOT NULL,                   -- active | paused
  after_sequence @int NOT NULL,           -- delivered up to here
  attempt_count @int NOT NULL,            -- failed ones of the event that is due
  next_attempt_at_us @int NOT NULL,
  last_error @text NOT NULL,
  created_at_us @int NOT NULL,
  version @int NOT NULL                   -- of what people edit; deliveries leave it alone
) @table;
CREATE INDEX webhooks_of_project ON webhooks (project_id, webhook_id);

-- Events that a webhook's receiver did not take. `replay` = somebody asked for one more attempt.
CREATE TABLE dead_letters (
  webhook_id @int NOT NULL,
  sequence @int NOT NULL,
  state @text NOT NULL,                   -- dead | replay
  attempt_count @int NOT NULL,
  last_error @text NOT NULL,
  at_us @int NOT NULL,
  PRIMARY KEY (webhook_id, sequence)
) @clustered;
CREATE INDEX dead_letters_to_replay ON dead_letters (webhook_id, sequence) WHERE state = 'replay';

CREATE TABLE idempotency_keys (
  caller @text NOT NULL,
  idempotency_key @text NOT NULL,
  request_hash @blob NOT NULL,
  status @int NOT NULL,                   -- 0 = still being done
  headers @text NOT NULL,
  body @text NOT NULL,
  created_at_us @int NOT NULL,
  PRIMARY KEY (caller, idempotency_key)
) @clustered;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at_us);

-- Every start of a server takes the next number: its ids cannot collide with another's.
CREATE TABLE nodes (
  node_number @int PRIMARY KEY,
  host @text NOT NULL,
  started_at_us @int NOT NULL
) @table;

-- Background work that only one node does at a time.
CREATE TABLE worker_turns (
  turn @text PRIMARY KEY,
  node_number @int NOT NULL,
  until_us @int NOT NULL
) @table;

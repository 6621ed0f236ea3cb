-- Who may sign in, with which rights, and what they did. Personal data lives in `accounts` alone.
-- @int @real @text @blob, @table and @clustered are expanded for each database (store/sql/dialect.h).

CREATE TABLE accounts (
  account_id @int PRIMARY KEY,
  email @text UNIQUE,                     -- lower case; NULL once erased
  name @text NOT NULL,
  password_hash @text NOT NULL,           -- argon2id, with its parameters
  totp_secret @blob,                      -- NULL = no second factor
  totp_pending @blob,                     -- enrolled, but no code of it has been seen yet
  totp_last_step @int NOT NULL,           -- the newest step that was accepted: a code works once
  recovery_hashes @text NOT NULL,         -- JSON list
  state @text NOT NULL,                   -- active | suspended | erased
  language @text NOT NULL,                -- en | ar
  settings @text NOT NULL,                -- JSON: theme, digits …
  created_at_us @int NOT NULL,
  version @int NOT NULL
) @table;

CREATE TABLE memberships (
  account_id @int NOT NULL,
  role @text NOT NULL,                    -- owner | data_lead | reviewer | annotator | supplier_manager | auditor
  scope @text NOT NULL,                   -- organisation | project | supplier
  scope_id @int NOT NULL,                 -- 0 for the organisation
  granted_at_us @int NOT NULL,
  PRIMARY KEY (account_id, scope, scope_id, role)
) @clustered;
CREATE INDEX memberships_by_scope ON memberships (scope, scope_id, account_id, role);

CREATE TABLE sessions (
  session_hash @blob PRIMARY KEY,
  session_id @int NOT NULL UNIQUE,        -- what lists show
  account_id @int NOT NULL,
  csrf_token @text NOT NULL,
  created_at_us @int NOT NULL,
  expires_at_us @int NOT NULL,
  last_seen_at_us @int NOT NULL,
  address @text NOT NULL,
  agent @text NOT NULL
) @clustered;
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (expires_at_us);

CREATE TABLE api_keys (
  api_key_id @int PRIMARY KEY,
  secret_hash @blob NOT NULL UNIQUE,
  shown_prefix @text NOT NULL,
  name @text NOT NULL,
  account_id @int NOT NULL,               -- who made it
  role @text NOT NULL,
  scope @text NOT NULL,
  scope_id @int NOT NULL,
  created_at_us @int NOT NULL,
  expires_at_us @int,
  last_used_at_us @int,
  revoked_at_us @int
) @table;
CREATE INDEX api_keys_by_account ON api_keys (account_id, api_key_id);

CREATE TABLE invites (
  invite_id @int PRIMARY KEY,
  secret_hash @blob NOT NULL UNIQUE,
  email @text NOT NULL,                   -- '' in the link that makes the first owner
  role @text NOT NULL,
  scope @text NOT NULL,
  scope_id @int NOT NULL,
  invited_by @int NOT NULL,               -- 0 = Mizan itself
  created_at_us @int NOT NULL,
  expires_at_us @int NOT NULL,
  accepted_at_us @int,
  revoked_at_us @int
) @table;
CREATE INDEX invites_by_email ON invites (email);

-- Append-only; hash = SHA-256, in hexadecimal, over the other columns (app/access/audit_log.h).
CREATE TABLE audit_entries (
  entry_number @int PRIMARY KEY,
  at_us @int NOT NULL,
  actor @text NOT NULL,
  action @text NOT NULL,
  subject @text NOT NULL,
  details @text NOT NULL,
  address @text NOT NULL,
  request_id @text NOT NULL,
  previous_hash @text NOT NULL,
  hash @text NOT NULL
) @table;
-- The newest entry, kept apart, so that a log cut short is noticed. One row.
CREATE TABLE audit_head (
  head_id @int PRIMARY KEY,
  entry_number @int NOT NULL,
  hash @text NOT NULL
) @table;
INSERT INTO audit_head (head_id, entry_number, hash) VALUES (1, 0, '');

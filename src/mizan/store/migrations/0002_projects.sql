-- What is to be labelled, how it is asked, and who may work on it.

CREATE TABLE suppliers (
  supplier_id @int PRIMARY KEY,
  name @text NOT NULL UNIQUE,
  kind @text NOT NULL,                    -- crowd | expert | staff | model
  state @text NOT NULL,                   -- active | suspended
  created_at_us @int NOT NULL,
  version @int NOT NULL
) @table;

CREATE TABLE annotators (
  annotator_id @int PRIMARY KEY,
  supplier_id @int NOT NULL,
  contributor_id @text NOT NULL,          -- the supplier's own pseudonymous id
  account_id @int UNIQUE,                 -- NULL for people who work in the supplier's own system
  state @text NOT NULL,                   -- active | suspended
  languages @text NOT NULL,               -- JSON list; empty = any
  domains @text NOT NULL,                 -- JSON list; empty = any
  created_at_us @int NOT NULL,
  version @int NOT NULL,
  UNIQUE (supplier_id, contributor_id)
) @table;
CREATE INDEX annotators_of_supplier ON annotators (supplier_id, annotator_id);
CREATE INDEX annotators_suspended ON annotators (annotator_id) WHERE state = 'suspended';

CREATE TABLE annotator_teams (
  annotator_id @int NOT NULL,
  team @text NOT NULL,
  PRIMARY KEY (annotator_id, team)
) @clustered;

CREATE TABLE projects (
  project_id @int PRIMARY KEY,
  name @text NOT NULL UNIQUE,
  state @text NOT NULL,                   -- active | paused | archived
  instructions @text NOT NULL,            -- Markdown
  settings @text NOT NULL,                -- JSON, domain/project_settings.h
  template_version @int NOT NULL,         -- the newest; 0 = none yet
  created_at_us @int NOT NULL,
  version @int NOT NULL
) @table;

CREATE TABLE templates (
  project_id @int NOT NULL,
  template_version @int NOT NULL,
  document @text NOT NULL,                -- JSON, docs/formats/template.md
  account_id @int NOT NULL,
  created_at_us @int NOT NULL,
  PRIMARY KEY (project_id, template_version)
) @table;

-- Class codes of a question: appended, never changed, so that labels of every template version fit together.
CREATE TABLE question_classes (
  project_id @int NOT NULL,
  question @text NOT NULL,
  class_code @int NOT NULL,
  class @text NOT NULL,
  PRIMARY KEY (project_id, question, class_code)
) @clustered;

CREATE TABLE project_suppliers (
  project_id @int NOT NULL,
  supplier_id @int NOT NULL,
  state @text NOT NULL,                   -- active | suspended
  granted_fields @text,                   -- JSON list of payload members; NULL = all
  price_micros @int,                      -- of one annotation; NULL = not known
  currency @text NOT NULL,
  version @int NOT NULL,
  PRIMARY KEY (project_id, supplier_id)
) @clustered;
CREATE INDEX projects_of_supplier ON project_suppliers (supplier_id, project_id);

CREATE TABLE batches (
  project_id @int NOT NULL,
  batch_id @int NOT NULL,
  name @text NOT NULL,
  kind @text NOT NULL,                    -- calibration | production
  state @text NOT NULL,                   -- draft | staged | running | paused | finished | cancelled
  supplier_id @int,                       -- NULL = every supplier of the project
  priority @int NOT NULL,
  created_at_us @int NOT NULL,
  version @int NOT NULL,
  settled_version @int NOT NULL,          -- the version that its tasks stand as
  PRIMARY KEY (project_id, batch_id),
  UNIQUE (project_id, name)
) @clustered;
CREATE INDEX batches_unsettled ON batches (project_id, batch_id) WHERE settled_version < version;

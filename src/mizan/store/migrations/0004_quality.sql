-- What the numbers say: published models of annotators, and the consensus of tasks.

CREATE TABLE question_models (
  project_id @int NOT NULL,
  question @text NOT NULL,
  model_version @int NOT NULL,
  class_count @int NOT NULL,
  class_pseudo_counts @blob NOT NULL,     -- [K] doubles, little-endian
  everybody @blob NOT NULL,               -- [K,K] prior of an annotator of a supplier that is not known
  temperature @real NOT NULL,
  label_count @int NOT NULL,              -- labels that it stands on
  after_sequence @int NOT NULL,           -- events of the project that it has seen
  created_at_us @int NOT NULL,
  PRIMARY KEY (project_id, question, model_version)
) @clustered;

CREATE TABLE skills (
  project_id @int NOT NULL,
  question @text NOT NULL,
  model_version @int NOT NULL,
  holder @text NOT NULL,                  -- annotator | supplier
  holder_id @int NOT NULL,
  pseudo_counts @blob NOT NULL,           -- [K,K] doubles, row = right answer
  accuracy @real NOT NULL,
  label_count @int NOT NULL,
  PRIMARY KEY (project_id, question, model_version, holder, holder_id)
) @clustered;

CREATE TABLE consensus (
  project_id @int NOT NULL,
  task_id @int NOT NULL,
  question @text NOT NULL,
  class_code @int NOT NULL,
  confidence @real NOT NULL,
  posterior @blob NOT NULL,               -- [K] doubles
  label_count @int NOT NULL,
  model_version @int NOT NULL,
  updated_at_us @int NOT NULL,
  PRIMARY KEY (project_id, task_id, question)
) @clustered;

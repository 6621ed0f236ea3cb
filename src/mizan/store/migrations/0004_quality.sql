-- What the numbers say: published models of annotators, and the consensus of tasks.

CREATE TABLE question_models (
  project_id @int NOT NULL,
  question @text NOT NULL,
  model_version @int NOT NULL,
  class_count @int NOT NULL,
  class_pseudo_counts @blob NOT NULL,     -- [K] doubles, little-endian
  everybody @blob NOT NULL,               -- [K,K] prior of an annotator of a supplier that is not known
  error_correlation @real NOT NULL,       -- how far labels of a task err together: softens posteriors
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

-- What is believed of a question of a task. Old model versions stay while a row here was made by them, so that
-- every posterior can be computed again.
CREATE TABLE consensus (
  project_id @int NOT NULL,
  task_id @int NOT NULL,
  question @text NOT NULL,
  class_code @int NOT NULL,
  confidence @real NOT NULL,              -- of that class, calibrated
  posterior @blob NOT NULL,               -- [K] doubles, little-endian: calibrated
  raw_posterior @blob NOT NULL,           -- [K] doubles: as the model has it
  top_share @real NOT NULL,               -- share of the most frequent answer among the labels; 1 without labels
  label_count @int NOT NULL,
  basis @text NOT NULL,                   -- labels | gold | review: who says so
  model_version @int NOT NULL,            -- 0 = before anything was learned
  updated_at_us @int NOT NULL,
  -- 0 … 19: confidence in [bin/20, (bin+1)/20); 1 itself falls into the last.
  confidence_bin @int NOT NULL GENERATED ALWAYS AS
    (CAST(FLOOR(CASE WHEN confidence >= 1 THEN 0.99 ELSE confidence END * 20) AS @int)) STORED,
  PRIMARY KEY (project_id, task_id, question)
) @clustered;
-- By bin, not by confidence: the tasks that are answered at one time then stand side by side in it, and a commit of
-- many submits writes few of its pages.
CREATE INDEX consensus_by_confidence ON consensus (project_id, question, confidence_bin, task_id);
CREATE INDEX consensus_by_model ON consensus (project_id, question, model_version);

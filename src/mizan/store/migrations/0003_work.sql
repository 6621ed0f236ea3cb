-- The work: tasks, who has them, what was answered. Hot rows are narrow; payloads stand apart.

CREATE TABLE tasks (
  project_id @int NOT NULL,
  task_id @int NOT NULL,
  external_id @text NOT NULL,
  domain @text NOT NULL,
  language @text NOT NULL,
  payload @text NOT NULL,                 -- JSON object
  pre_annotation @text,                   -- JSON object, question to the answer that an annotator starts from
  content_hash @blob NOT NULL,            -- of everything that was imported: the same content again is no change
  created_at_us @int NOT NULL,
  PRIMARY KEY (project_id, task_id)
) @clustered;
CREATE UNIQUE INDEX tasks_by_external_id ON tasks (project_id, external_id);

-- An import of more tasks than one transaction should hold. While it is staging, its tasks stand in lanes that are not in
-- `lanes` yet, so that nobody is given them and no list shows them; registering the lanes makes all of them appear at once.
CREATE TABLE task_imports (
  project_id @int NOT NULL,
  import_id @int NOT NULL,
  state @text NOT NULL,                   -- staging | complete | abandoned (being undone) | undone
  account_id @int NOT NULL,
  first_task_id @int NOT NULL,            -- no task of the import has a lower id
  created_count @int NOT NULL,
  started_at_us @int NOT NULL,
  touched_at_us @int NOT NULL,            -- of its newest chunk: an import that rests too long is undone
  PRIMARY KEY (project_id, import_id)
) @clustered;
CREATE INDEX task_imports_open ON task_imports (touched_at_us) WHERE state IN ('staging', 'abandoned');

CREATE TABLE staged_lanes (
  project_id @int NOT NULL,
  import_id @int NOT NULL,
  lane_id @int NOT NULL,
  rank @int NOT NULL,
  supplier_id @int NOT NULL,
  domain @text NOT NULL,
  language @text NOT NULL,
  PRIMARY KEY (project_id, import_id, lane_id)
) @clustered;

-- A lane of a project's queue: tasks of one rank that the same annotators may work on.
CREATE TABLE lanes (
  project_id @int NOT NULL,
  lane_id @int NOT NULL,                  -- a hash of the other columns (store/lanes.h)
  rank @int NOT NULL,                     -- 2 * priority + (reopened ? 1 : 0); the highest is given out first
  supplier_id @int NOT NULL,              -- whose annotators; 0 = those of every supplier
  is_escalated @int NOT NULL,             -- 1 = asked of somebody better, after the others disagreed
  domain @text NOT NULL,                  -- '' = any
  language @text NOT NULL,                -- '' = any
  PRIMARY KEY (project_id, lane_id)
) @clustered;

CREATE TABLE task_states (
  project_id @int NOT NULL,
  task_id @int NOT NULL,
  state @text NOT NULL,                   -- open | full | done | escalated | held | cancelled | gold
  lane_id @int NOT NULL,
  position @int NOT NULL,                 -- in the lane; a task that opens again gets a new, later one
  wanted_count @int NOT NULL,             -- annotations wanted
  live_count @int NOT NULL,               -- live assignments
  done_count @int NOT NULL,               -- annotations that count
  batch_id @int,
  PRIMARY KEY (project_id, task_id)
) @clustered;
CREATE INDEX task_states_by_state ON task_states (project_id, state, task_id);
CREATE INDEX task_states_of_batch ON task_states (project_id, batch_id, task_id) WHERE batch_id IS NOT NULL;
CREATE INDEX task_queue ON task_states (project_id, lane_id, position) WHERE state = 'open';

CREATE TABLE assignments (
  project_id @int NOT NULL,
  assignment_id @int NOT NULL,
  task_id @int NOT NULL,
  annotator_id @int NOT NULL,
  supplier_id @int NOT NULL,
  state @text NOT NULL,                   -- live | submitted | skipped | released | expired | revoked
  template_version @int NOT NULL,
  leased_at_us @int NOT NULL,
  expires_at_us @int NOT NULL,
  settled_at_us @int,
  reason @text NOT NULL,                  -- why it was skipped or revoked
  annotation_id @int,                     -- the newest annotation that it gave
  is_gold @int NOT NULL,                  -- 1 = given out to measure the annotator
  PRIMARY KEY (project_id, assignment_id)
) @clustered;
CREATE INDEX assignments_live ON assignments (expires_at_us) WHERE state = 'live';
CREATE INDEX assignments_live_of_annotator ON assignments (annotator_id, project_id) WHERE state = 'live';
-- The answered ones are found by their annotations: no two annotators write to the same page of an index like this.
CREATE INDEX assignments_unanswered ON assignments (project_id, annotator_id, assignment_id)
  WHERE annotation_id IS NULL AND state <> 'live';
CREATE INDEX assignments_gold ON assignments (project_id, annotator_id) WHERE is_gold = 1;
-- The last one: of indexes that promise as little, PostgreSQL takes the newest while it has no statistics, and "has this
-- annotator had this task" must not look through everything that the annotator had.
CREATE UNIQUE INDEX assignments_by_task ON assignments (project_id, task_id, annotator_id);

-- How far an annotator has come in a project.
CREATE TABLE annotator_progress (
  project_id @int NOT NULL,
  annotator_id @int NOT NULL,
  leased_count @int NOT NULL,             -- assignments ever given
  submitted_count @int NOT NULL,          -- annotations ever taken: the annotator's tenure
  cursors_reset_at_us @int NOT NULL,
  PRIMARY KEY (project_id, annotator_id)
) @clustered;

-- How far an annotator has come in a lane: every open task up to here was already this annotator's.
CREATE TABLE lease_cursors (
  project_id @int NOT NULL,
  annotator_id @int NOT NULL,
  lane_id @int NOT NULL,
  position @int NOT NULL,
  PRIMARY KEY (project_id, annotator_id, lane_id)
) @clustered;

CREATE TABLE drafts (
  project_id @int NOT NULL,
  assignment_id @int NOT NULL,
  answers @text NOT NULL,
  saved_at_us @int NOT NULL,
  PRIMARY KEY (project_id, assignment_id)
) @clustered;

-- Immutable; a revision is a new annotation that names the one it revises.
CREATE TABLE annotations (
  project_id @int NOT NULL,
  annotation_id @int NOT NULL,
  task_id @int NOT NULL,
  assignment_id @int,                     -- NULL for annotations that were made elsewhere
  annotator_id @int NOT NULL,
  supplier_id @int NOT NULL,
  template_version @int NOT NULL,
  answers @text NOT NULL,                 -- JSON object, question to answer
  duration_us @int,
  submitted_at_us @int NOT NULL,
  revises @int,
  price_micros @int,
  currency @text NOT NULL,
  PRIMARY KEY (project_id, annotation_id)
) @clustered;
CREATE INDEX annotations_of_annotator ON annotations (project_id, annotator_id, annotation_id);
CREATE INDEX annotations_of_task ON annotations (project_id, task_id);
CREATE UNIQUE INDEX annotations_revising ON annotations (project_id, revises) WHERE revises IS NOT NULL;

-- The unit of inference: the class that an annotator gave to a question of a task, by its newest annotation.
CREATE TABLE labels (
  project_id @int NOT NULL,
  task_id @int NOT NULL,
  question @text NOT NULL,
  annotator_id @int NOT NULL,
  supplier_id @int NOT NULL,
  class_code @int NOT NULL,
  annotation_id @int NOT NULL,
  PRIMARY KEY (project_id, task_id, question, annotator_id)
) @clustered;

CREATE TABLE gold_answers (
  project_id @int NOT NULL,
  task_id @int NOT NULL,
  answers @text NOT NULL,                 -- JSON object, question to right answer; absent = not scored
  explanation @text NOT NULL,
  concept @text NOT NULL,
  difficulty @int NOT NULL,
  created_at_us @int NOT NULL,
  PRIMARY KEY (project_id, task_id)
) @clustered;

CREATE TABLE reviews (
  project_id @int NOT NULL,
  review_id @int NOT NULL,
  task_id @int NOT NULL,
  annotation_id @int,                     -- NULL = a review of the consensus
  state @text NOT NULL,                   -- pending | accepted | fixed | rejected | reworked | adjudicated
  account_id @int,
  reason @text NOT NULL,                  -- a code of the project's list
  comment @text NOT NULL,
  answers @text,                          -- the reviewer's own, when fixed or adjudicated
  look_value @real NOT NULL,              -- how much a look is worth: 1 - confidence of the task's consensus
  created_at_us @int NOT NULL,
  settled_at_us @int,
  PRIMARY KEY (project_id, review_id)
) @clustered;
CREATE INDEX reviews_of_task ON reviews (project_id, task_id);
CREATE INDEX reviews_pending ON reviews (project_id, look_value DESC, review_id) WHERE state = 'pending';

-- Hot rows change in place on PostgreSQL when their pages have room; what they leave in the queue's index is swept often.
@postgres ALTER TABLE task_states SET (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
@postgres ALTER TABLE assignments SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

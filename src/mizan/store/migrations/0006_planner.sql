-- What SQLite's planner should believe of tables that are about to grow. Without it, it takes every index for equally selective
-- and reads all rows of a project by the primary key to find the few of one annotator. PostgreSQL keeps its own statistics.
-- A row: table, index (a table's own name = its primary key), "rows, and how many share the first column, the first two, …".
@sqlite ANALYZE sqlite_schema;
@sqlite INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
@sqlite   ('tasks', 'tasks', '1000000 100000 1'),
@sqlite   ('tasks', 'tasks_by_external_id', '1000000 100000 1'),
@sqlite   ('task_states', 'task_states', '1000000 100000 1'),
@sqlite   ('task_states', 'task_states_by_state', '1000000 100000 20000 1'),
@sqlite   ('task_states', 'task_states_of_batch', '1000000 100000 10000 1'),
@sqlite   ('task_states', 'task_queue', '500000 50000 25000 1'),
@sqlite   ('assignments', 'assignments', '3000000 300000 1'),
@sqlite   ('assignments', 'assignments_by_task', '3000000 300000 3 1'),
@sqlite   ('assignments', 'assignments_live', '1000 1'),
@sqlite   ('assignments', 'assignments_live_of_annotator', '1000 2 2'),
@sqlite   ('assignments', 'assignments_unanswered', '100000 10000 100 1'),
@sqlite   ('assignments', 'assignments_gold', '150000 15000 150'),
@sqlite   ('annotations', 'annotations', '3000000 300000 1'),
@sqlite   ('annotations', 'annotations_of_annotator', '3000000 300000 3000 1'),
@sqlite   ('annotations', 'annotations_of_task', '3000000 300000 3'),
@sqlite   ('labels', 'labels', '3000000 300000 3 3 1'),
@sqlite   ('reviews', 'reviews', '100000 10000 1'),
@sqlite   ('reviews', 'reviews_of_task', '100000 10000 2'),
@sqlite   ('reviews', 'reviews_pending', '1000 500 1 1'),
@sqlite   ('consensus', 'consensus', '1000000 100000 1 1'),
@sqlite   ('consensus', 'consensus_by_confidence', '1000000 100000 50000 2500 1'),
@sqlite   ('consensus', 'consensus_by_model', '1000000 100000 50000 10000');
@sqlite ANALYZE sqlite_schema;

"""pgbench doing by hand what a submit and the next lease write, on the same PostgreSQL, in the same run: the peer."""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests"))

from support.platform.postgres import Cluster

# The rows of one answered assignment and of the next one, as the server writes them; tables and indexes as Mizan has them
# (store/migrations). Nothing is read, chosen or computed.
SCRIPT = """
\\set task random(1, {tasks})
\\set annotator :client_id + 1
\\set key random(1, 9000000000000000000)
BEGIN;
UPDATE assignments SET state = 'submitted', settled_at_us = 1 WHERE project_id = 1 AND assignment_id = :task;
INSERT INTO annotations (project_id, annotation_id, task_id, assignment_id, annotator_id, supplier_id, template_version, answers,
  submitted_at_us, currency) VALUES (1, :key, :task, :key, :annotator, 1, 1, '{{"verdict":"yes"}}', 1, '');
INSERT INTO labels (project_id, task_id, question, annotator_id, supplier_id, class_code, annotation_id)
  VALUES (1, :task, 'verdict', :annotator, 1, 0, :key) ON CONFLICT DO NOTHING;
INSERT INTO assignments (project_id, assignment_id, task_id, annotator_id, supplier_id, state, template_version, leased_at_us,
  expires_at_us, reason, is_gold) VALUES (1, :key, :task, :annotator, 1, 'live', 1, 1, 1, '', 0) ON CONFLICT DO NOTHING;
INSERT INTO consensus (project_id, task_id, question, class_code, confidence, posterior, raw_posterior, top_share, label_count, basis,
  model_version, updated_at_us) VALUES (1, :task, 'verdict', 0, 0.9, '\\x00', '\\x00', 1, 1, 'labels', 1, 1)
  ON CONFLICT (project_id, task_id, question) DO UPDATE SET label_count = consensus.label_count + 1;
INSERT INTO outbox (project_id, kind, body, at_us) VALUES (1, 'annotation.submitted',
  '{{"annotation_id":"ann_01h455vb4pex5","task_id":"tsk_01h455vb4pex5","annotator_id":"ant_01h455vb4pex5"}}', 1);
INSERT INTO annotator_progress (project_id, annotator_id, leased_count, submitted_count, cursors_reset_at_us)
  VALUES (1, :annotator, 1, 1, 0) ON CONFLICT (project_id, annotator_id)
  DO UPDATE SET leased_count = annotator_progress.leased_count + 1, submitted_count = annotator_progress.submitted_count + 1;
UPDATE task_states SET done_count = done_count + 1 WHERE project_id = 1 AND task_id = :task;
COMMIT;
"""


def run_pgbench(cluster: Cluster, url: str, clients: int, seconds: float, tasks: int) -> float:
    """Transactions per second."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT.format(tasks=tasks))
        script.flush()
        said = subprocess.run([str(cluster.programs / "pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={clients}",
                               "--jobs=2", f"--time={int(seconds)}", f"--file={script.name}", url],
                              capture_output=True, text=True, timeout=seconds + 120)
    if said.returncode != 0:
        raise RuntimeError(f"pgbench: {said.stderr[-1000:]}")
    return float(re.search(r"tps = ([0-9.]+)", said.stdout).group(1))


def fill(cluster: Cluster, database: str, count: int) -> None:
    """Rows that the updates find: numbers 1 … count in task_states and assignments."""
    for table in ("task_states", "assignments"):
        described = cluster.sql("SELECT column_name, data_type FROM information_schema.columns WHERE is_nullable = 'NO' "
                                f"AND table_name = '{table}'", database)
        columns = [line.split("|") for line in described.split("\n")]
        values = {"project_id": "1", "task_id": "i", "assignment_id": "i", "position": "i", "state": "'open'"}
        chosen = [(name, values.get(name, "0" if kind == "bigint" else "''")) for name, kind in columns]
        names, sources = ", ".join(name for name, _ in chosen), ", ".join(value for _, value in chosen)
        cluster.sql(f"INSERT INTO {table} ({names}) SELECT {sources} FROM generate_series(1, {count}) i", database)
    cluster.sql("VACUUM ANALYZE", database)

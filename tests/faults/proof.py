"""What must be true after any fault: checked on the database's rows and on what the API exports."""
import collections
import json
import time

from support.platform.api import Api
from support.platform.load import read_acks
from support.platform.rows import number_of, rows
from support.platform.server import mizan


def count_rows(database: str, query: str) -> int:
    return int(rows(database, query)[0][0])


def prove_acknowledged(database: str, folder) -> int:
    """Every acknowledged annotation is there once; what was not acknowledged is there at most once. Gives how many were."""
    acknowledged, sent = read_acks(folder)
    there = collections.defaultdict(list)
    for annotation, assignment in rows(database, "SELECT annotation_id, assignment_id FROM annotations"):
        there[int(assignment)].append(int(annotation))
    for assignment, annotation in acknowledged.items():
        found = there.get(number_of(assignment), [])
        assert found == [number_of(annotation)], f"{assignment} was acknowledged as {annotation}; the database has {found}"
    twice = [assignment for assignment, annotations in there.items() if len(annotations) > 1]
    assert not twice, f"{len(twice)} assignments have several annotations, {twice[0]} among them"
    strangers = set(there) - {number_of(assignment) for assignment in sent}
    assert not strangers, f"{len(strangers)} annotations that nobody sent"
    return len(acknowledged)


def prove_overlap(database: str, wanted: int) -> None:
    """No task has more annotations than it wants, none by the same annotator twice; counts equal what is counted."""
    over = rows(database, "SELECT task_id, COUNT(*), COUNT(DISTINCT annotator_id) FROM annotations GROUP BY task_id "
                          f"HAVING COUNT(*) > {wanted} OR COUNT(*) <> COUNT(DISTINCT annotator_id)")
    assert not over, f"{len(over)} tasks have too many annotations, {over[0]} among them"
    wrong = rows(database, "SELECT s.task_id, s.done_count, s.live_count FROM task_states s WHERE s.done_count <> (SELECT COUNT(*) "
                           "FROM annotations a WHERE a.project_id = s.project_id AND a.task_id = s.task_id) OR s.live_count <> "
                           "(SELECT COUNT(*) FROM assignments g WHERE g.project_id = s.project_id AND g.task_id = s.task_id "
                           "AND g.state = 'live')")
    assert not wrong, f"{len(wrong)} tasks count wrongly, {wrong[0]} among them"


def prove_finished(database: str, wanted: int) -> None:
    """After the queue was worked off: every task is done, with as many annotations as it wants."""
    states = rows(database, "SELECT state, done_count, live_count, COUNT(*) FROM task_states GROUP BY state, done_count, live_count")
    assert [row[:3] for row in states] == [("done", str(wanted), "0")], f"not every task is done: {states}"


def prove_nothing_stuck(database: str, timeout_s: float) -> None:
    """Every assignment that nobody answered expires in time."""
    until = time.monotonic() + timeout_s
    while (live := count_rows(database, "SELECT COUNT(*) FROM assignments WHERE state = 'live'")) > 0:
        assert time.monotonic() < until, f"{live} assignments are live for {timeout_s} s after their time"
        time.sleep(0.2)


def prove_listed(port: int, key: str, project_id: str, database: str) -> None:
    """The API lists every annotation of the database once."""
    # A connection of its own: one from before a fault may be dead.
    pages = Api(port, key).pages(f"/api/v1/projects/{project_id}/annotations")
    listed = [line["annotation_id"] for line in pages]
    there = {int(row[0]) for row in rows(database, f"SELECT annotation_id FROM annotations WHERE project_id = {number_of(project_id)}")}
    assert len(listed) == len(set(listed)), "the list repeats annotations"
    assert {number_of(text) for text in listed} == there, f"listed {len(listed)}, the database has {len(there)}"


def prove_doctor(database: str) -> None:
    """mizan doctor finds nothing; RuntimeError tells what it found."""
    said = json.loads(mizan("doctor", "--json", database=database))
    assert said["is_well"], said

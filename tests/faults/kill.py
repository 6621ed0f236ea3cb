"""SIGKILL at random moments under full load, again and again; then everything must be as promised."""
import threading
import time

import proof
from stage import LEASE_SECONDS, Stage, moments, stage_on

WANTED = 3


def play(database: str, rounds: int, seed: int) -> str:
    with stage_on(database, "kill", settings={"labels_per_task": WANTED}) as stage:
        stage.more_tasks(2_000)
        load = stage.load(64)
        try:
            for number, moment in enumerate(moments(seed, rounds)):
                kill_once(stage, moment, tasks=120)
                if rounds > 20 and number % 20 == 19:
                    print(f"  {number + 1} kills, {stage.acknowledged_count()} acknowledged", flush=True)
            time.sleep(0.5)
            load.stop()
        finally:
            load.kill()
        return prove_all(stage, f"{rounds} kills")


def kill_once(stage: Stage, moment: float, tasks: int) -> None:
    """Kills while annotators work and an import is on its way, and starts again."""
    before = stage.acknowledged_count()
    importing = threading.Thread(target=stage.more_tasks, args=(tasks,))
    importing.start()
    time.sleep(moment)
    stage.server.kill()
    stage.server.start()
    importing.join()
    # What was worked off is replaced, so that the load stays full.
    done = (stage.acknowledged_count() - before) // stage.world.labels_per_task
    if done > tasks:
        stage.more_tasks(done - tasks)


def prove_all(stage: Stage, what: str) -> str:
    """Every promise; gives a sentence for the report."""
    wanted = stage.world.labels_per_task
    proof.prove_overlap(stage.database, wanted)
    stage.drain()
    proof.prove_nothing_stuck(stage.database, LEASE_SECONDS + 10)
    acknowledged = proof.prove_acknowledged(stage.database, stage.folder)
    proof.prove_overlap(stage.database, wanted)
    proof.prove_finished(stage.database, wanted)
    proof.prove_listed(stage.server.port, stage.key, stage.world.project_id, stage.database)
    assert proof.count_rows(stage.database, "SELECT COUNT(*) FROM tasks") == stage.imported
    stage.server.stop()
    proof.prove_doctor(stage.database)
    return f"{what}, {acknowledged} acknowledged annotations all there once, {stage.imported} tasks done {wanted} times each"

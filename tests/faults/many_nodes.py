"""Three nodes on one PostgreSQL under load, one of them killed and started again: no task is given out too often."""
import time

import kill
from stage import moments, stage_on, cluster
from support.platform.rows import rows
from support.platform.server import Server

WANTED = 3


def play(database: str, rounds: int, seed: int) -> str:
    with cluster() as postgres, stage_on(postgres.url(), "nodes", settings={"labels_per_task": WANTED}) as stage:
        others = [Server(stage.database, stage.folder / f"server{i}.log").start() for i in (2, 3)]
        stage.more_tasks(2_000)
        loads = [stage.load(32, port=node.port, prefix=f"n{node.port}c") for node in (stage.server, *others)]
        try:
            for moment in moments(seed, 3):
                time.sleep(moment)
                others[0].kill()
                stage.more_tasks(400)
                others[0].start()
            time.sleep(1)
            rates = [load.stop()["acknowledged"] for load in loads]
            assert min(rates) > 0, f"a node did nothing: {rates}"
            nodes = rows(stage.database, "SELECT COUNT(DISTINCT (annotation_id >> 12) & 1023) FROM annotations")
            assert int(nodes[0][0]) >= 3, "ids do not carry three nodes"
            return kill.prove_all(stage, "three nodes, one killed 3 times")
        finally:
            for load in loads:
                load.kill()
            for node in others:
                if node.is_running():
                    node.kill()

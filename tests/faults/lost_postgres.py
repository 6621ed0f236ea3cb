"""PostgreSQL cuts connections, stops and starts, crashes, and hands over to its standby, all under load."""
import time

import kill
from stage import Stage, cluster, moments, stage_on
from support.platform.postgres import Cluster

WANTED = 3


def cut_connections(database: str, rounds: int, seed: int) -> str:
    with cluster() as server, stage_on(server.url(), "cut", settings={"labels_per_task": WANTED}) as stage:

        def cut() -> None:
            server.sql("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'mizan' "
                       "AND pid <> pg_backend_pid()")

        return under_load(stage, [cut] * rounds, seed, "times all connections cut")


def restart(database: str, rounds: int, seed: int) -> str:
    with cluster() as server, stage_on(server.url(), "restart", settings={"labels_per_task": WANTED}) as stage:

        def stop_and_start(mode: str) -> None:
            server.stop(mode)
            time.sleep(0.3)
            server.start()

        return under_load(stage, [lambda: stop_and_start("fast"), lambda: stop_and_start("immediate")], seed,
                          "times PostgreSQL stopped (once as by a crash) and started")


def fail_over(database: str, rounds: int, seed: int) -> str:
    with cluster() as primary:
        standby = Cluster()
        try:
            standby.make_standby_of(primary, "standby")
            primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
            primary.sql("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
            primary.sql("SELECT pg_reload_conf()")
            primary.wait_for("SELECT sync_state FROM pg_stat_replication", "sync")
            hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
            url = f"postgresql://mizan@{hosts}/postgres?target_session_attrs=read-write"
            with stage_on(url, "failover", settings={"labels_per_task": WANTED}) as stage:

                def promote() -> None:
                    primary.stop("immediate")
                    standby.promote()

                return under_load(stage, [promote], seed, "fail-over to a synchronous standby")
        finally:
            standby.destroy()


def under_load(stage: Stage, faults: list, seed: int, what: str) -> str:
    """Plays the faults at random moments; after each one, work must go on. Then proves everything."""
    stage.more_tasks(1_500)
    load = stage.load(64)
    try:
        for fault, moment in zip(faults, moments(seed, len(faults))):
            time.sleep(moment)
            fault()
            wait_for_work(stage)
        time.sleep(0.5)
        figures = load.stop()
    finally:
        load.kill()
    wrong = [name for name in figures["answers"] if " 500" in name]
    assert not wrong and not figures["wrong_answers"], f"clients were told {figures['answers']}"
    return kill.prove_all(stage, f"{len(faults)} {what}")


def wait_for_work(stage: Stage, timeout_s: float = 60) -> None:
    before = stage.acknowledged_count()
    until = time.monotonic() + timeout_s
    stage.more_tasks(200)
    while stage.acknowledged_count() <= before + 10:
        assert time.monotonic() < until, f"nothing was acknowledged for {timeout_s} s after the fault"
        time.sleep(0.05)

"""What bench/run_platform measures of Mizan: each function starts what it needs in a folder of its own and gives figures."""
import json
import os
import pathlib
import sqlite3
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.platform.api import Api
from support.platform.load import Load
from support.platform.server import Server, mizan
from support.platform.world import Owner, make_world, task_lines


class Bench:
    """A server with a project, on SQLite in `folder` or on a postgresql:// URL."""

    def __init__(self, folder: pathlib.Path, database: str = "", arguments: tuple = (), **settings):
        self.folder = folder
        self.database = database or str(folder / "mizan.db")
        self.server = Server(self.database, folder / "server.log", arguments).start()
        owner = Owner(self.server)
        self.api = Api(self.server.port, owner.make_key(), timeout_s=3600)
        self.world = make_world(owner, self.api, **settings)

    def import_tasks(self, start: int, count: int) -> float:
        """Seconds for one request with all of them as NDJSON; making the text is not counted."""
        text = task_lines(start, count)
        began = time.perf_counter()
        self.api.call("POST", f"/api/v1/projects/{self.world.project_id}/tasks:import", text,
                      {"Content-Type": "application/x-ndjson"})
        return time.perf_counter() - began

    def load(self, clients: int, seconds: float, *arguments: str, port: int = 0, prefix: str = "c") -> Load:
        return Load(self.world, port or self.server.port, self.folder, clients,
                    ("--seconds", str(seconds), "--warmup", str(2 + clients / 2500), *arguments), prefix, acks=False)

    def close(self) -> None:
        if self.server.is_running():
            self.server.kill()


def run_load(bench: Bench, clients: int, seconds: float, *arguments: str) -> dict:
    """Figures of one closed loop, with the CPU seconds that the server took meanwhile."""
    cpu = bench.server.cpu_seconds()
    figures = bench.load(clients, seconds, *arguments).wait(seconds + 120)
    figures["server_cpu_seconds"] = bench.server.cpu_seconds() - cpu
    check(figures)
    return figures


def check(figures: dict) -> None:
    """A figure of answers that were not all right is no figure."""
    wrong = [name for name in figures["answers"] if name.split()[1] not in ("200", "201", "204")]
    if wrong or figures["broken"] or figures["wrong_answers"] or figures["acknowledged_twice"]:
        raise RuntimeError(f"not every answer was right: {figures['answers']} {figures['broken']}")


class MemoryWatch:
    """Resident memory of a server, sampled while something happens."""

    def __init__(self, server: Server):
        self.server = server
        self.samples_mb: list[float] = []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.sample)

    def sample(self) -> None:
        while not self.is_over.is_set():
            self.samples_mb.append(self.server.memory_mb())
            self.is_over.wait(0.05)

    def __enter__(self) -> "MemoryWatch":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.is_over.set()
        self.thread.join()


def export_annotations(bench: Bench) -> dict:
    """Reads the whole export and throws it away; counts lines and bytes."""
    lines = size = 0
    with MemoryWatch(bench.server) as watch:
        began = time.perf_counter()
        reply = bench.api.open("GET", f"/api/v1/projects/{bench.world.project_id}/annotations:export?format=jsonl")
        if reply.status != 200:
            raise RuntimeError(f"export: {reply.status} {reply.read()[:300]!r}")
        while block := reply.read(1 << 20):
            lines += block.count(b"\n")
            size += len(block)
        seconds = time.perf_counter() - began
    return {"annotations": lines, "bytes": size, "seconds": seconds, "before_mb": watch.samples_mb[0],
            "peak_mb": max(watch.samples_mb), "last_mb": watch.samples_mb[-1]}


def list_task_ids(bench: Bench) -> tuple[float, int]:
    began = time.perf_counter()
    count = sum(1 for _ in bench.api.pages(f"/api/v1/projects/{bench.world.project_id}/tasks?fields=task_id"))
    return time.perf_counter() - began, count


def bare_import_seconds(count: int) -> float:
    """Plain SQLite in one thread, 5,000 tasks a durable commit, in the server's own schema with its indexes; nothing is read, sent or
    checked: the bound of an import."""
    with tempfile.TemporaryDirectory(prefix="mizan-bench-") as text:
        path = str(pathlib.Path(text) / "mizan.db")
        mizan("migrate", database=path)
        database = sqlite3.connect(path, isolation_level=None)
        database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144;")
        began = time.perf_counter()
        for first in range(1, count + 1, 5_000):
            numbers = f"WITH RECURSIVE t (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM t WHERE i < {min(first + 4_999, count)}) "
            database.execute("BEGIN IMMEDIATE")
            database.execute(numbers + "INSERT INTO tasks SELECT 1, i, 't' || i, '', '', '{\"text\":\"Statement ' || i || ': is it so?\"}', "
                             "NULL, randomblob(32), 1 FROM t")
            database.execute(numbers + "INSERT INTO task_states SELECT 1, i, 'open', 1, i, 3, 0, 0, NULL FROM t")
            database.execute("COMMIT")
        seconds = time.perf_counter() - began
        database.close()
        return seconds


def same_work_as_peer(count: int, clients: int, seconds: float) -> dict:
    """What label_studio/peer.py does, in the same order and with the same names of figures."""
    with tempfile.TemporaryDirectory(prefix="mizan-bench-") as text:
        bench = Bench(pathlib.Path(text), labels_per_task=1000)
        try:
            import_seconds = bench.import_tasks(0, count)
            list_seconds, listed = list_task_ids(bench)
            worked = run_load(bench, clients, seconds)
            while (done := annotation_count(bench)) < count:
                bench.load(64, max(1, (count - done) / 20_000)).wait(300)
            exported = export_annotations(bench)
            latency = worked["latency"]["submit"]
            return {"tasks": listed, "import_seconds": import_seconds, "list_seconds": list_seconds,
                    "export_seconds": exported["seconds"] * count / exported["annotations"],
                    "work": {"submits_per_second": worked["submits_per_second"], "p50_ms": latency["p50_us"] / 1e3,
                             "p99_ms": latency["p99_us"] / 1e3}}
        finally:
            bench.close()


def wait_until_at_rest(bench: Bench, at_most_s: float = 60) -> None:
    """Until the server has nothing left to do: after a large import it folds its log into the file."""
    until = time.perf_counter() + at_most_s
    while time.perf_counter() < until:
        before = bench.server.cpu_seconds()
        time.sleep(1)
        if bench.server.cpu_seconds() - before < 0.1:
            return


def annotation_count(bench: Bench) -> int:
    bench.api.connection.close()  # the server hangs up on one that rested while the load ran
    progress = bench.api.get(f"/api/v1/projects/{bench.world.project_id}/progress")
    return sum(row["done_count"] for row in progress["tasks"])


def flush_latencies_ms(folder: pathlib.Path, seconds: float = 3) -> tuple[float, float]:
    """(p50, p99) of bringing 8 KiB to this disk and nothing else: no durable answer can be faster."""
    taken = []
    path = folder / "flushes"
    with open(path, "wb", buffering=0) as file:
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            file.write(bytes(8192))
            os.fdatasync(file.fileno())
            taken.append(1e3 * (time.perf_counter() - began))
    path.unlink()
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.99)]


def free_cores() -> str:
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def as_json(figures) -> str:
    return json.dumps(figures, indent=1)

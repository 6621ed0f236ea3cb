#!/usr/bin/env python3
"""What a commit of submits writes on SQLite, and what a submit costs the writer: figures that another program's load does not change much.

MIZAN_BIN=build/release/bin bench/platform/pages.py [CLIENTS] [SECONDS]
Runs a closed loop (measure.py), reads the frames of the write-ahead log now and then meanwhile, and says to which table or index each written
page belongs. Prints Markdown.
"""
import collections
import os
import pathlib
import sqlite3
import struct
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
os.environ.setdefault("MIZAN_BIN", str(HERE.parents[1] / "build/release/bin"))

import measure


def commits_of(log: bytes) -> list[list[int]]:
    """Numbers of the pages that each whole commit wrote, from the start of the log as far as it is of one piece."""
    page_bytes = struct.unpack_from(">I", log, 8)[0]
    salt = log[16:24]
    commits, pages = [], []
    for at in range(32, len(log) - page_bytes - 23, page_bytes + 24):
        page, size_after = struct.unpack_from(">II", log, at)
        if log[at + 8:at + 16] != salt:
            break
        pages.append(page)
        if size_after:
            commits.append(pages)
            pages = []
    return commits


def cpu_of_threads(pid: int) -> dict[str, float]:
    """CPU seconds by thread."""
    taken = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
        taken[task.name] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return taken


class LogReader:
    """Commits in the write-ahead log as it was now and then, once there is some history: some of them are met twice."""

    def __init__(self, path: pathlib.Path, wait_s: float):
        self.path = path
        self.wait_s = wait_s
        self.commits: list[list[int]] = []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self) -> None:
        self.is_over.wait(self.wait_s)
        while not self.is_over.wait(0.3):
            self.commits += commits_of(self.path.read_bytes())

    def __enter__(self) -> "LogReader":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.is_over.set()
        self.thread.join()


def main() -> None:
    clients = int(sys.argv[1]) if len(sys.argv) > 1 else 64
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory(prefix="mizan-bench-") as text:
        bench = measure.Bench(pathlib.Path(text), labels_per_task=3)
        try:
            bench.import_tasks(0, 100_000)
            before = cpu_of_threads(bench.server.process.pid)
            done = measure.annotation_count(bench)
            with LogReader(pathlib.Path(bench.database + "-wal"), seconds / 2) as reader:
                figures = measure.run_load(bench, clients, seconds)
            after = cpu_of_threads(bench.server.process.pid)
            done = measure.annotation_count(bench) - done
        finally:
            bench.close()
        database = sqlite3.connect(bench.database)
        owner = dict(database.execute("SELECT pageno, name FROM dbstat"))
        busiest = max((after[thread] - before.get(thread, 0), thread) for thread in after)
    large = [pages for pages in reader.commits if len(pages) > 20]
    counts = collections.Counter(owner.get(page, "free") for pages in large for page in pages)
    print(f"{clients} clients, {figures['submits_per_second']:,.0f} submits/s; the busiest thread (the writer): "
          f"{1e6 * busiest[0] / done:.0f} µs CPU a submit, all of the server: {1e6 * figures['server_cpu_seconds'] / done:.0f} µs\n")
    print(f"{len(large)} commits seen, {sum(map(len, large)) / len(large):.0f} pages each\n\n| pages a commit | of |\n|---|---|")
    for name, count in counts.most_common():
        if count / len(large) >= 0.5:
            print(f"| {count / len(large):.1f} | {name} |")


if __name__ == "__main__":
    main()

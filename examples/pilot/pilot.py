#!/usr/bin/env python3
"""A pilot with three suppliers on a running Mizan server, through its public API alone.

  pilot.py setup --url URL --out pilot.json               two projects, suppliers, tasks with hidden gold, keys
  pilot.py run   --url URL --in pilot.json                simulated annotators at work, new tasks whenever few are left
  pilot.py score --url URL --in pilot.json                what Mizan found, beside the truth

`setup` signs in as an owner: --email, and the password in MIZAN_PASSWORD.
Who takes part and how good they are is stated in world.py. Mizan is not told.
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from annotators import start_annotators  # noqa: E402
from mizan_client import Mizan, Problem  # noqa: E402
from reviews import Reviews  # noqa: E402
from score import print_score  # noqa: E402
from world import SUPPLIERS, import_reviews, set_up_anaesthetists, set_up_pilot  # noqa: E402

FEW_TASKS = 150  # that want annotations: then more are imported
MORE_TASKS = 200
LOOK_SECONDS = 10  # at the stated speed


def set_up(options):
    password = os.environ.get("MIZAN_PASSWORD") or sys.exit("error: the owner's password is to be in MIZAN_PASSWORD")
    lab = Mizan(options.url)
    lab.sign_in(options.email, password)
    pilot = set_up_pilot(lab, Reviews(), password)
    pilot["anaesthetists"] = set_up_anaesthetists(lab, options.anaesthetists)
    options.pilot.write_text(json.dumps(pilot, indent=1) + "\n", encoding="utf-8")
    options.pilot.chmod(0o600)
    print(f"two projects, {len(SUPPLIERS) + 1} suppliers; ids and keys are in {options.pilot}")


def task_counts(mizan, project_id):
    """Tasks by state."""
    progress = mizan.get(f"/projects/{project_id}/progress")
    return {row["state"]: row["task_count"] for row in progress["tasks"]}


def keep_supplied(mizan, project_id, reviews):
    """Imports more reviews when few are left; gives the tasks by state."""
    counts = task_counts(mizan, project_id)
    if counts.get("open", 0) < FEW_TASKS:
        done = sum(counts.values())
        import_reviews(mizan, project_id, reviews, range(done + 1, done + MORE_TASKS + 1))
    return counts


def look_after(mizan, pilot, annotators, stopped, options):
    """Keeps the annotators supplied and says how it goes, until it is stopped, time is up or nobody works any more."""
    reviews = Reviews()
    end = time.monotonic() + options.seconds if options.seconds else float("inf")
    pause = max(1.0, LOOK_SECONDS / options.speed)
    while not stopped.is_set() and time.monotonic() < end and any(annotator.is_alive() for annotator in annotators):
        try:
            counts = keep_supplied(mizan, pilot["project_id"], reviews)
            made = sum(annotator.annotation_count for annotator in annotators)
            print(time.strftime("%H:%M:%S"), f"{made} annotations, tasks:", counts, flush=True)
        except OSError as failure:
            print(time.strftime("%H:%M:%S"), f"the server does not answer: {failure}", flush=True)
        stopped.wait(min(pause, max(0.0, end - time.monotonic())))
    stopped.set()


def run(options):
    pilot = json.loads(options.pilot.read_text(encoding="utf-8"))
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    annotators = start_annotators(options.url, pilot, options.speed, stopped)
    look_after(Mizan(options.url, pilot["lab_key"]), pilot, annotators, stopped, options)
    for annotator in annotators:
        annotator.join(timeout=10)
    print(f"{sum(annotator.annotation_count for annotator in annotators)} annotations by {len(annotators)} annotators")
    failures = [annotator for annotator in annotators if annotator.failure]
    if failures:
        sys.exit(f"{len(failures)} annotators gave up; {failures[0].name}: {failures[0].failure}")


def score(options):
    pilot = json.loads(options.pilot.read_text(encoding="utf-8"))
    print_score(Mizan(options.url, pilot["lab_key"]), pilot["project_id"])


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="setup | run | score")
    examples = pathlib.Path(__file__).resolve().parent.parent

    def add(name, command, file_flag):
        made = commands.add_parser(name)
        made.add_argument("--url", required=True)
        made.add_argument(file_flag, dest="pilot", type=pathlib.Path, required=True, help="where ids and keys are kept")
        made.set_defaults(command=command)
        return made

    setup = add("setup", set_up, "--out")
    setup.add_argument("--email", required=True, help="of an owner; the password is in MIZAN_PASSWORD")
    setup.add_argument("--anaesthetists", default=examples / "anaesthetists.csv")
    runs = add("run", run, "--in")
    runs.add_argument("--seconds", type=float, default=0, help="stop after so long (default: when interrupted)")
    runs.add_argument("--speed", type=float, default=1, help="how much faster than stated everybody works")
    add("score", score, "--in")
    return parser.parse_args()


def main():
    options = parse()
    try:
        options.command(options)
    except (Problem, OSError) as problem:
        sys.exit(f"error: {problem}")


if __name__ == "__main__":
    main()

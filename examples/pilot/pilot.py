#!/usr/bin/env python3
"""A pilot with three suppliers on a running Mizan server, through its public API alone.

  pilot.py setup --url URL --key KEY --out pilot.json     suppliers, projects, tasks with hidden gold, keys
  pilot.py run   --url URL --in pilot.json [--seconds N]  simulated annotators of stated skill, working as suppliers' systems do

Each annotator leases tasks and answers them; how often the answer is right is the supplier's stated skill below. Mizan is not told it:
compare what it finds (GET /api/v1/projects/{project_id}/suppliers/scorecards).
"""

import argparse
import csv
import json
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from mizan_client import Mizan, Problem  # noqa: E402
from reviews import CLASSES, make_reviews  # noqa: E402

TASK_COUNT = 600
GOLD_COUNT = 30
SEED = 7

# name, kind, annotators, lowest and highest accuracy of one, price of an annotation in micros, seconds between answers
SUPPLIERS = [
    ("Bazaar crowd", "crowd", 12, 0.62, 0.82, 50_000, 0.4),
    ("Consilium experts", "expert", 4, 0.92, 0.97, 600_000, 1.5),
    ("Judge model", "model", 1, 0.84, 0.84, 10_000, 0.2),
]

TEMPLATE = {
    "title": "Sentiment of a product review",
    "display": [{"kind": "text", "title": "Review", "path": "/text"}],
    "questions": [
        {
            "name": "sentiment",
            "kind": "choice",
            "title": "What does the writer feel about the product?",
            "options": [
                {"value": "positive", "title": "Content", "shortcut": "1"},
                {"value": "neutral", "title": "Neither", "shortcut": "2"},
                {"value": "negative", "title": "Disappointed", "shortcut": "3"},
            ],
        }
    ],
}

ANAESTHETIST_TEMPLATE = {
    "title": "Fitness for anaesthesia",
    "display": [{"kind": "text", "title": "Patient", "path": "/patient"}],
    "questions": [
        {
            "name": "fitness",
            "kind": "choice",
            "title": "Which class of pre-operative fitness is the patient in?",
            "options": [{"value": "1", "title": "1: fit"}, {"value": "2"}, {"value": "3"}, {"value": "4", "title": "4: unfit"}],
        }
    ],
}


def make_project(mizan, name, instructions, settings, template):
    project = mizan.post("/projects", {"name": name, "instructions": instructions, "settings": settings})
    mizan.post(f"/projects/{project['project_id']}/templates", template)
    return project["project_id"]


def make_suppliers(mizan):
    suppliers = {}
    for name, kind, *_ in SUPPLIERS:
        suppliers[name] = mizan.post("/suppliers", {"name": name, "kind": kind})["supplier_id"]
    return suppliers


def admit(mizan, project_id, supplier_id, price_micros):
    terms = {"supplier_id": supplier_id}
    if price_micros is not None:
        terms |= {"price_micros": price_micros, "currency": "USD"}
    mizan.post(f"/projects/{project_id}/suppliers", terms)


def make_key(mizan, supplier_id, name):
    key = {"name": name, "role": "supplier_manager", "supplier_id": supplier_id}
    return mizan.post("/api_keys", key)["secret"]


def set_up_pilot(mizan, suppliers):
    project_id = make_project(
        mizan,
        "Pilot: sentiment of reviews",
        "Read the review and say what its writer feels about the **product**, not about the delivery.",
        {"overlap": {"kind": "adaptive", "labels_per_task": 3, "max_labels_per_task": 7, "target_posterior": 0.95}},
        TEMPLATE,
    )
    for name, _, _, _, _, price_micros, _ in SUPPLIERS:
        admit(mizan, project_id, suppliers[name], price_micros)
    rows = []
    for number, (text, sentiment) in enumerate(make_reviews(TASK_COUNT, SEED), start=1):
        row = {"external_id": f"review-{number}", "payload": {"text": text}, "language": "en"}
        if number <= GOLD_COUNT:
            row["gold"] = {"answers": {"sentiment": sentiment}, "explanation": "The writer says so.", "concept": sentiment}
        rows.append(row)
    mizan.post_lines(f"/projects/{project_id}/tasks:import", rows)
    return project_id


def set_up_anaesthetists(mizan, file):
    """Dawid & Skene's patients (1979): annotations that were made elsewhere."""
    project_id = make_project(
        mizan, "Anaesthetists (Dawid & Skene 1979)", "Five anaesthetists judged 45 patients.", {}, ANAESTHETIST_TEMPLATE
    )
    supplier_id = mizan.post("/suppliers", {"name": "Hospital", "kind": "expert"})["supplier_id"]
    admit(mizan, project_id, supplier_id, None)
    with open(file, newline="", encoding="utf-8") as text:
        labels = list(csv.DictReader(text))
    task, annotator, label = labels[0].keys()
    patients = list(dict.fromkeys(row[task] for row in labels))
    tasks = [{"external_id": patient, "payload": {"patient": patient.capitalize()}} for patient in patients]
    mizan.post_lines(f"/projects/{project_id}/tasks:import", tasks)
    seen, rows = set(), []
    for row in labels:  # the first anaesthetist judged every patient three times; the first judgement counts here
        if (row[task], row[annotator]) in seen:
            continue
        seen.add((row[task], row[annotator]))
        rows.append({"external_id": row[task], "contributor_id": row[annotator], "answers": {"fitness": row[label]}})
    mizan.post_lines(f"/projects/{project_id}/suppliers/{supplier_id}/annotations:import", rows)
    return project_id


def set_up(arguments):
    mizan = Mizan(arguments.url, arguments.key)
    suppliers = make_suppliers(mizan)
    pilot = {"project_id": set_up_pilot(mizan, suppliers), "keys": {}}
    for name, supplier_id in suppliers.items():
        pilot["keys"][name] = make_key(mizan, supplier_id, f"{name}: annotation system")
    pilot["anaesthetists"] = set_up_anaesthetists(mizan, arguments.anaesthetists)
    arguments.out.write_text(json.dumps(pilot, indent=1), encoding="utf-8")
    arguments.out.chmod(0o600)
    print(f"two projects, {len(suppliers) + 1} suppliers, {TASK_COUNT} tasks ({GOLD_COUNT} of them hidden gold)")


class Annotator(threading.Thread):
    """Leases and answers until there is no more work, or `stopped` is set."""

    def __init__(self, mizan, project_id, contributor_id, accuracy, pause, truth, stopped):
        super().__init__(daemon=True)
        self.mizan, self.project_id, self.contributor_id = mizan, project_id, contributor_id
        self.accuracy, self.pause, self.truth, self.stopped = accuracy, pause, truth, stopped
        self.chance = random.Random(contributor_id)
        self.annotation_count = 0
        self.failure = None

    def run(self):
        try:
            while not self.stopped.is_set():
                whom = {"contributor_id": self.contributor_id}
                assignment = self.mizan.post(f"/projects/{self.project_id}/assignments", whom)
                while assignment and not self.stopped.is_set():
                    assignment = self.answer(assignment)
                self.stopped.wait(2)
        except (Problem, OSError) as failure:
            self.failure = failure

    def answer(self, assignment):
        """Submits an answer and returns the next assignment, or None when there is none now."""
        seconds = self.pause * self.chance.uniform(0.5, 1.5)
        self.stopped.wait(seconds)
        right = self.truth[assignment["payload"]["text"]]
        wrong = [name for name in CLASSES if name != right]
        answer = right if self.chance.random() < self.accuracy else self.chance.choice(wrong)
        annotation = {"answers": {"sentiment": answer}, "duration_us": int(seconds * 1e6)}
        try:
            submitted = self.mizan.post(f"/assignments/{assignment['assignment_id']}/annotation?next=true", annotation)
        except Problem as problem:
            if problem.code != "assignment_not_live":  # taken back meanwhile: go on with another
                raise
            return None
        self.annotation_count += 1
        return submitted["next"]


def run(arguments):
    pilot = json.loads(arguments.pilot.read_text(encoding="utf-8"))
    truth = dict(make_reviews(TASK_COUNT, SEED))
    stopped = threading.Event()
    chance = random.Random(SEED)
    annotators = []
    for name, kind, count, lowest, highest, _, pause in SUPPLIERS:
        for number in range(1, count + 1):
            accuracy = chance.uniform(lowest, highest)
            mizan = Mizan(arguments.url, pilot["keys"][name])
            contributor_id = f"{kind}-{number:02}"
            annotators.append(
                Annotator(mizan, pilot["project_id"], contributor_id, accuracy, pause / arguments.speed, truth, stopped))
    for annotator in annotators:
        annotator.start()
    end = time.monotonic() + arguments.seconds if arguments.seconds else float("inf")
    try:
        while time.monotonic() < end and any(annotator.is_alive() for annotator in annotators):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    stopped.set()
    for annotator in annotators:
        annotator.join(timeout=10)
    failures = [annotator.failure for annotator in annotators if annotator.failure]
    print(f"{sum(annotator.annotation_count for annotator in annotators)} annotations by {len(annotators)} annotators")
    if failures:
        sys.exit(f"{len(failures)} annotators gave up; the first: {failures[0]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    examples = pathlib.Path(__file__).resolve().parent.parent
    setup = commands.add_parser("setup", help="suppliers, projects, tasks and keys")
    setup.add_argument("--url", required=True)
    setup.add_argument("--key", required=True, help="an API key of the owner")
    setup.add_argument("--out", type=pathlib.Path, required=True, help="where ids and the suppliers' keys are kept")
    setup.add_argument("--anaesthetists", default=examples / "anaesthetists.csv")
    setup.set_defaults(command=set_up)
    runs = commands.add_parser("run", help="simulated annotators")
    runs.add_argument("--url", required=True)
    runs.add_argument("--in", dest="pilot", type=pathlib.Path, required=True)
    runs.add_argument("--seconds", type=float, default=0, help="stop after so long (default: when interrupted)")
    runs.add_argument("--speed", type=float, default=1, help="how much faster than stated everybody works")
    runs.set_defaults(command=run)
    arguments = parser.parse_args()
    arguments.command(arguments)


if __name__ == "__main__":
    main()

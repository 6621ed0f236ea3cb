#!/usr/bin/env python3
"""Makes the answers of crowd-kit that tests/oracle/crowd_kit_parity_test.cc compares ours with.

    python3 tests/oracle/crowd_kit_parity.py            # writes tests/oracle/data/
    python3 tests/oracle/crowd_kit_parity.py --check    # says whether the stored files are what it would write

Needs crowd-kit 1.4.2 (scripts/packages.pip). The labels are made here from a fixed seed: annotators with their own
confusion matrices, skewed classes, a few spammers. They and crowd-kit's answers are stored, so that the C++ test
needs no Python. Steps are counted, never stopped by crowd-kit's own rule (which on many sets stops by accident).
"""
import argparse
import json
import pathlib
import sys

import numpy as np
import pandas as pd
from crowdkit.aggregation import (
    GLAD, KOS, MACE, MMSR, DawidSkene, MajorityVote, OneCoinDawidSkene, Wawa, ZeroBasedSkill)

FOLDER = pathlib.Path(__file__).resolve().parent / "data"
NEVER_STOPS = -1e9
STEPS = 5
SETS = {
    # name: (seed, tasks, annotators, classes, labels per task)
    "two_classes": (11, 120, 18, 2, 6),
    "four_classes": (12, 120, 18, 4, 6),
}


def make_labels(seed, tasks, annotators, classes, labels_per_task):
    rng = np.random.RandomState(seed)
    shares = np.arange(1, classes + 1) / np.arange(1, classes + 1).sum()
    confusion = np.empty((annotators, classes, classes))
    for annotator in range(annotators):
        for answer in range(classes):
            pull = np.ones(classes)
            pull[answer] = 1 if annotator % 6 == 5 else rng.uniform(4, 12)  # every sixth is a spammer
            confusion[annotator, answer] = rng.dirichlet(pull)
    truth = rng.choice(classes, size=tasks, p=shares)
    rows = []
    for task in range(tasks):
        for annotator in rng.choice(annotators, size=labels_per_task, replace=False):
            rows.append((task, annotator, rng.choice(classes, p=confusion[annotator, truth[task]])))
    return pd.DataFrame(rows, columns=["task", "annotator", "label"]), truth


def table(probabilities, tasks, classes):
    frame = probabilities.reindex(range(tasks)).reindex(columns=range(classes)).fillna(0.0)
    return [[round(float(p), 10) for p in row] for row in frame.to_numpy()]


def listed(series, size):
    return [round(float(value), 10) for value in series.reindex(range(size))]


def answers(labels, truth, classes):
    tasks, annotators = len(truth), labels.annotator.max() + 1
    data = labels.rename(columns={"annotator": "worker"})

    def posterior(model):
        return table(model.fit_predict_proba(data), tasks, classes)

    def chosen(model):
        return [int(label) for label in model.fit_predict(data).reindex(range(tasks))]

    made = {
        "majority": {"posterior": posterior(MajorityVote())},
        "wawa": {"posterior": posterior(Wawa())},
        "zero_based_skill": {"posterior": posterior(ZeroBasedSkill())},
        "dawid_skene": {"steps": STEPS, "posterior": posterior(DawidSkene(n_iter=STEPS, tol=NEVER_STOPS))},
        "one_coin": {"steps": STEPS, "posterior": posterior(OneCoinDawidSkene(n_iter=STEPS, tol=NEVER_STOPS))},
    }
    glad = GLAD(n_iter=100, tol=NEVER_STOPS, m_step_max_iter=100, m_step_tol=1e-8)
    made["glad"] = {"posterior": posterior(glad), "skill": listed(glad.alphas_, annotators)}
    mmsr = MMSR()
    made["mmsr"] = {"label": chosen(mmsr), "log_odds": listed(mmsr.skills_, annotators)}
    if classes == 2:
        made["kos"] = {"label": chosen(KOS(n_iter=30))}
    mace = np.array(chosen(MACE()))
    made["mace"] = {"accuracy": round(float((mace == truth).mean()), 6)}
    return made


def as_text(golden):
    text = json.dumps(golden, indent=1)
    # One row of numbers a line, so that a change shows where it is.
    import re
    return re.sub(r"\[\s+([-0-9.,e\s]+?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the stored files differ")
    check = parser.parse_args().check
    differing = []
    for name, (seed, tasks, annotators, classes, labels_per_task) in SETS.items():
        labels, truth = make_labels(seed, tasks, annotators, classes, labels_per_task)
        golden = {
            "made_by": "tests/oracle/crowd_kit_parity.py", "peer": "crowd-kit 1.4.2",
            "task_count": tasks, "annotator_count": annotators, "class_count": classes,
            "truth": [int(answer) for answer in truth], "methods": answers(labels, truth, classes)}
        for path, text in ((FOLDER / f"{name}.csv", labels.to_csv(index=False)),
                           (FOLDER / f"{name}.json", as_text(golden))):
            if not check:
                path.write_text(text)
            elif not path.exists() or path.read_text() != text:
                differing.append(str(path))
    if differing:
        sys.exit("differs from what crowd-kit says here: " + ", ".join(differing))


if __name__ == "__main__":
    main()

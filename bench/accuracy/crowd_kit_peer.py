"""Scores of crowd-kit on the sets of the accuracy bench, in the same measures.

    crowd_kit_peer.py DATA_FOLDER OUT.csv

Reads DATA_FOLDER/<set>/labels.csv and truth.csv; of repeated labels the last counts, as in Mizan. Writes the rows
set,method,accuracy,macro_f1,log_loss,ece. Methods that refuse a set (two classes only, …) have no row.
"""

import csv
import math
import sys
import warnings
from pathlib import Path

import pandas as pd
from crowdkit import aggregation

SETS = ["adult", "bluebird", "dog", "product", "relevance", "rte", "sentpol", "tweet", "weather_pools", "web"]
# The slowest last, so that a run that is cut short has the others.
METHODS = ["MajorityVote", "Wawa", "ZeroBasedSkill", "OneCoinDawidSkene", "DawidSkene", "KOS", "MMSR", "MACE", "GLAD"]
LEAST_PROBABILITY = 1e-3
BINS = 10


def read_set(folder):
    labels = pd.read_csv(folder / "labels.csv", dtype=str, keep_default_na=False).iloc[:, :3]
    labels.columns = ["task", "worker", "label"]
    truth = pd.read_csv(folder / "truth.csv", dtype=str, keep_default_na=False).iloc[:, :2]
    truth = dict(zip(truth.iloc[:, 0], truth.iloc[:, 1]))
    labels = labels.drop_duplicates(["task", "worker"], keep="last")
    labelled = set(labels.task)
    return labels, {task: answer for task, answer in truth.items() if task in labelled}


def infer(method, labels):
    """task -> (chosen class, probability of each class); certain for methods without probabilities."""
    model = getattr(aggregation, method)()
    if hasattr(model, "fit_predict_proba"):
        rows = model.fit_predict_proba(labels)
        return dict(zip(rows.index, zip(rows.idxmax(axis=1), rows.to_dict("records"))))
    return {task: (label, {label: 1.0}) for task, label in model.fit_predict(labels).items()}


def macro_f1(pairs):
    classes = {answer for answer, _ in pairs} | {chosen for _, chosen in pairs}
    scores = []
    for label in classes:
        right = sum(answer == chosen == label for answer, chosen in pairs)
        given = sum((answer == label) + (chosen == label) for answer, chosen in pairs)
        scores.append(2 * right / given)
    return sum(scores) / len(scores)


def measure(answers, truth):
    pairs, loss, bins = [], 0.0, [[0.0, 0.0] for _ in range(BINS)]
    for task, answer in truth.items():
        chosen, row = answers[task]
        pairs.append((answer, chosen))
        loss -= math.log(max(row.get(answer, 0.0), LEAST_PROBABILITY))
        confidence = row[chosen]
        place = bins[min(int(confidence * BINS), BINS - 1)]
        place[0] += confidence
        place[1] += answer == chosen
    count = len(truth)
    accuracy = sum(answer == chosen for answer, chosen in pairs) / count
    ece = sum(abs(confidence - right) for confidence, right in bins) / count
    return accuracy, macro_f1(pairs), loss / count, ece


def main():
    data, out = Path(sys.argv[1]), sys.argv[2]
    warnings.simplefilter("ignore")
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["set", "method", "accuracy", "macro_f1", "log_loss", "ece"])
        sets = {}
        for name in SETS:
            if (data / name / "labels.csv").exists():
                sets[name] = read_set(data / name)
            else:
                print(f"skipped: the set {name} is not here", file=sys.stderr)
        for method in METHODS:
            for name, (labels, truth) in sets.items():
                try:
                    writer.writerow([name, method, *measure(infer(method, labels), truth)])
                    file.flush()
                except Exception as error:  # a peer's refusal is a result, not our failure
                    print(f"{method} does not run on {name}: {str(error)[:80]}", file=sys.stderr)


if __name__ == "__main__":
    main()

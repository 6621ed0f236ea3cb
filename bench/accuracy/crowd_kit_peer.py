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
METHODS = ["MajorityVote", "Wawa", "ZeroBasedSkill", "OneCoinDawidSkene", "DawidSkene", "GLAD", "MACE", "MMSR", "KOS"]
LEAST_PROBABILITY = 1e-3
BINS = 10


def read_set(folder):
    labels = pd.read_csv(folder / "labels.csv", dtype=str, keep_default_na=False).iloc[:, :3]
    labels.columns = ["task", "worker", "label"]
    truth = pd.read_csv(folder / "truth.csv", dtype=str, keep_default_na=False).iloc[:, :2]
    truth = dict(zip(truth.iloc[:, 0], truth.iloc[:, 1]))
    labels = labels.drop_duplicates(["task", "worker"], keep="last")
    return labels, {task: answer for task, answer in truth.items() if task in set(labels.task)}


def best_and_probabilities(model, task):
    if hasattr(model, "probas_") and model.probas_ is not None:
        row = model.probas_.loc[task]
        return row.idxmax(), row.to_dict()
    label = model.labels_.loc[task]
    return label, {label: 1.0}


def macro_f1(pairs):
    classes = {answer for answer, _ in pairs} | {chosen for _, chosen in pairs}
    scores = []
    for label in classes:
        right = sum(answer == chosen == label for answer, chosen in pairs)
        given = sum((answer == label) + (chosen == label) for answer, chosen in pairs)
        scores.append(2 * right / given)
    return sum(scores) / len(scores)


def measure(model, truth):
    pairs, loss, bins = [], 0.0, [[0.0, 0.0] for _ in range(BINS)]
    for task, answer in truth.items():
        chosen, row = best_and_probabilities(model, task)
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
        for name in SETS:
            if not (data / name / "labels.csv").exists():
                print(f"skipped: the set {name} is not here", file=sys.stderr)
                continue
            labels, truth = read_set(data / name)
            for method in METHODS:
                try:
                    model = getattr(aggregation, method)()
                    model.fit(labels)
                    writer.writerow([name, method, *measure(model, truth)])
                    file.flush()
                except Exception as error:  # a peer's refusal is a result, not our failure
                    print(f"{method} does not run on {name}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()

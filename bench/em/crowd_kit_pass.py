"""Seconds of one pass of crowd-kit's Dawid-Skene: (fit of 1 + n passes) - (fit of 1 pass), over n. Prints a table.

usage: crowd_kit_pass.py [labels] ; needs crowd-kit (scripts/bootstrap --bench)
"""

import sys
import time

import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene


def make(label_count: int, class_count: int, annotator_count: int = 1000) -> pd.DataFrame:
    """Five labels a task by annotators who are right seven times in ten."""
    rng = np.random.default_rng(1)
    task = np.arange(label_count) // 5
    answer = rng.integers(class_count, size=task[-1] + 1)[task]
    wrong = (answer + 1 + rng.integers(class_count - 1, size=label_count)) % class_count
    label = np.where(rng.random(label_count) < 0.7, answer, wrong)
    step = 1 + rng.integers(98, size=task[-1] + 1)[task]
    annotator = (rng.integers(annotator_count, size=task[-1] + 1)[task] + np.arange(label_count) % 5 * step)
    return pd.DataFrame({"task": task, "worker": annotator % annotator_count, "label": label})


def seconds(frame: pd.DataFrame, passes: int) -> float:
    begin = time.perf_counter()
    DawidSkene(n_iter=passes, tol=-1e300).fit(frame)
    return time.perf_counter() - begin


def main() -> None:
    label_count = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    for class_count in (2, 10):
        frame = make(label_count, class_count)
        seconds(frame, 1)
        rates = []
        for _ in range(3):
            one, more = seconds(frame, 1), seconds(frame, 5)
            rates.append(label_count * 4 / (more - one) / 1e6)
        print(
            f"crowd-kit Dawid-Skene, K = {class_count}, {label_count} labels, one thread: "
            f"best {max(rates):.2f} M labels/s a pass, median {sorted(rates)[1]:.2f}"
        )


if __name__ == "__main__":
    main()

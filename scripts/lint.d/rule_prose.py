"""What does not belong into any file: paths of one machine, notes to oneself, words about the making of the product."""
import re

from source_tree import Finding

NAME = "prose"
SUMMARY = "no machine paths, no notes to do later, no words about how the product is made"
# Written with [x] so that this file does not find itself.
PATTERNS = [
    (re.compile(r"(?<![\w.$}/])/(?:[w]ork|[r]oot|[h]ome/\w+|[U]sers/\w+)/"), "take the path from a variable or an option"),
    (re.compile(r"(?<![\w.$}/])/[t]mp/\w"), "use mktemp or the test's own folder"),
    (re.compile(r"\b([T]ODO|[F]IXME|[X]XX)\b"), "do it now, or write an issue"),
    (re.compile(r"\bsub-?[a]gents?\b|\bthis [s]ession\b|\bhelper [s]ession|\bas an [a]i (?:language )?model\b", re.IGNORECASE),
     "write about the product, not about its making"),
]


def check(tree):
    for file in tree.files:
        for number, line in enumerate(tree.lines(file), 1):
            for pattern, advice in PATTERNS:
                if pattern.search(line):
                    yield Finding(file, number, NAME, advice)

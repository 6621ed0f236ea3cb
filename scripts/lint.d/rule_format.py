"""clang-format has nothing to change."""
import re

from compiling import digest, run_all
from source_tree import CXX, Finding

NAME = "format"
SUMMARY = "clang-format would change nothing"


def check(tree):
    style = tree.text(".clang-format") if tree.has(".clang-format") else ""
    work = {(file, digest(tree, [file], style)): ["clang-format", "--dry-run", "-Werror", file]
            for file in tree.under(ext=CXX)}
    for file, output in run_all(tree, NAME, work):
        found = re.search(r":(\d+):\d+: error", output)
        yield Finding(file, int(found.group(1)) if found else 1, NAME, f"run scripts/fmt {file}")

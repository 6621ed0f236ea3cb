"""Every header compiles alone: whoever includes it needs nothing before it."""
import re

from compiling import compile_arguments, digest, run_all
from includes import SOURCES, closure
from source_tree import Finding

NAME = "self_contained"
SUMMARY = "every header compiles alone"


def check(tree):
    work = {}
    for file in tree.under(SOURCES, "tests/support/", ext=(".h",)):
        arguments = compile_arguments(tree, file)
        if arguments is None:
            yield Finding(file, 1, NAME, "no compile database: run scripts/build dev once")
            return
        command = [*arguments, "-fsyntax-only", "-O0", "-include", str(tree.root / file), "-x", "c++", "/dev/null"]
        work[file, digest(tree, closure(tree, file), *command)] = command
    for file, output in run_all(tree, NAME, work):
        found = re.search(r"^(\S+?):(\d+):\d+: (?:fatal )?error: (.*)$", output, re.MULTILINE)
        yield Finding(file, 1, NAME, f"include what it uses: {found.group(3) if found else output.strip()[:200]}")

"""clang-tidy over the sources (not their tests), with the checks of .clang-tidy."""
import os
import re

from compiling import compile_arguments, digest, run_all
from includes import closure, is_beside, sources
from source_tree import Finding

NAME = "tidy"
SUMMARY = "clang-tidy is content with every source"
_PROBLEM = re.compile(r"^(\S+?):(\d+):\d+: (?:warning|error): (.*)$", re.MULTILINE)


def check(tree):
    checks = tree.text(".clang-tidy") if tree.has(".clang-tidy") else ""
    work = {}
    for file in sources(tree):
        if not file.endswith(".cc") or is_beside(file):
            continue
        arguments = compile_arguments(tree, file)
        if arguments is None:
            yield Finding(file, 1, NAME, "no compile database: run scripts/build dev once")
            return
        work[file, digest(tree, closure(tree, file), checks, *arguments)] = ["clang-tidy", "--quiet", "-p", "build/dev", file]
    for file, output in run_all(tree, NAME, work):
        problems = _PROBLEM.findall(output)
        for place, line, text in problems:
            # The analyzer follows calls into other libraries' headers and reports what it meets there.
            place = os.path.relpath(os.path.join(tree.root, place), tree.root)
            if not place.startswith(".."):
                yield Finding(place, int(line), NAME, text)
        if not problems:
            yield Finding(file, 1, NAME, output.strip()[-300:])

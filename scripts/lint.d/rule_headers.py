"""A header can be read alone: it says what it is, guards itself, and opens no namespace for its reader."""
import re

from includes import sources
from source_tree import Finding

NAME = "headers"
SUMMARY = "headers open with a comment, have #pragma once and no `using namespace`"


def check(tree):
    for file in sources(tree):
        if not file.endswith(".h"):
            continue
        text = tree.text(file)
        if not text.startswith("//"):
            yield Finding(file, 1, NAME, "begin with a comment: what this file is and its place in the whole")
        if not re.search(r"^#pragma once$", text, re.MULTILINE):
            yield Finding(file, 1, NAME, "add #pragma once")
        for number, line in enumerate(tree.code(file).splitlines(), 1):
            if re.search(r"\busing\s+namespace\b", line):
                yield Finding(file, number, NAME, "name what is used: no `using namespace` in a header")

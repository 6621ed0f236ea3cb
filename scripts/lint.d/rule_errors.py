"""Every ErrorCode has its section in docs/errors/README.md."""
import re

from source_tree import Finding

NAME = "errors"
SUMMARY = "every ErrorCode has a section in docs/errors/README.md, and every section a code"
HEADER = "src/mizan/base/error.h"
DOCS = "docs/errors/README.md"


def check(tree):
    if not tree.has(HEADER):
        return
    codes = {code: number for number, line in enumerate(tree.lines(HEADER), 1)
             for code in re.findall(r"^\s*X\((\w+), \"", line)}
    headings = {re.sub(r"[`\s]", "", match): number for number, line in enumerate(tree.lines(DOCS) if tree.has(DOCS) else [], 1)
                for match in re.findall(r"^#{2,3} (`?\w+`?)\s*$", line)}
    for code, number in codes.items():
        if code not in headings:
            yield Finding(HEADER, number, NAME, f"add a section {code} to {DOCS}: what it means and what to do")
    for heading, number in headings.items():
        if heading not in codes and re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", heading):
            yield Finding(DOCS, number, NAME, f"{heading} is no ErrorCode: remove the section")

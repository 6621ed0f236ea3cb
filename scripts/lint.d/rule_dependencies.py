"""Every dependency has a line in ADR 0002, every package a reason."""
import re

from source_tree import Finding

NAME = "dependencies"
SUMMARY = "each library is explained in docs/adr/0002-dependencies.md, each package has a reason"
ADR = "docs/adr/0002-dependencies.md"
LISTS = ("scripts/packages.apt", "scripts/packages.pip", "scripts/packages.npm")
# Names that CMake finds under one name and the ADR under another.
_FOUND = re.compile(r"^\s*find_package\(\s*([\w.-]+)", re.MULTILINE)
_PACKAGE = re.compile(r"^([^\s=@#]+)")


def _is_explained(name, adr):
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", adr, re.IGNORECASE) is not None


def check(tree):
    adr = tree.text(ADR) if tree.has(ADR) else ""
    for file in [file for file in tree.files if file.endswith((".cmake", "CMakeLists.txt"))]:
        text = tree.text(file)
        for found in _FOUND.finditer(text):
            if not _is_explained(found.group(1), adr):
                line = text.count("\n", 0, found.start(1)) + 1
                yield Finding(file, line, NAME, f"say in {ADR} why {found.group(1)} is needed")
    for file in filter(tree.has, LISTS):
        for number, line in enumerate(tree.lines(file), 1):
            found = _PACKAGE.match(line)
            if not found:
                continue
            if not re.search(r"#\s*\S", line):
                yield Finding(file, number, NAME, f"add after #: why {found.group(1)} is needed")
            if not file.endswith(".apt") and not _is_explained(found.group(1), adr):
                yield Finding(file, number, NAME, f"say in {ADR} why {found.group(1)} is needed")

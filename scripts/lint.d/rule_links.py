"""Links from one Markdown file to another file of the project lead somewhere."""
import posixpath
import re

from source_tree import Finding

NAME = "links"
SUMMARY = "relative links and pictures in Markdown exist"
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def check(tree):
    for file in tree.under(ext=(".md",)):
        for number, line in enumerate(tree.lines(file), 1):
            for target in _LINK.findall(line):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(file), target))
                if "://" not in target and not target.startswith("mailto:") and not (tree.root / path).exists():
                    yield Finding(file, number, NAME, f"{target} does not exist: mend the link or add the file")

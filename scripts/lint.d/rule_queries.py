"""Every named query of the program has a name of its own: the name is the key of each connection's prepared statements."""
import re

from source_tree import Finding

NAME = "queries"
SUMMARY = "every Query of src/mizan has a name of its own, in snake_case"
# const Query kFindTask{"find_task", …}; tests may have their own, as long as they do not run beside each other.
QUERY = re.compile(r"\bQuery\s+k\w+\s*\{\s*\"([^\"]*)\"")


def check(tree):
    first_use = {}
    for file in tree.under("src/mizan/", ext=(".cc", ".h")):
        if file.endswith("_test.cc"):
            continue
        text = tree.text(file)
        for match in QUERY.finditer(text):
            name, line = match[1], text.count("\n", 0, match.start()) + 1
            if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
                yield Finding(file, line, NAME, f'"{name}": name a query in snake_case')
            folders = {file.rsplit("/", 1)[0], first_use.get(name, file).rsplit("/", 1)[0]}
            if name in first_use and not folders == SEPARATE:
                yield Finding(file, line, NAME, f'"{name}" is the name of a query in {first_use[name]}: choose another')
            first_use.setdefault(name, file)


# Each connection has its own words for BEGIN and the like.
SEPARATE = {"src/mizan/store/sqlite", "src/mizan/store/postgres"}

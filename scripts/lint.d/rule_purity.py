"""The engine and the domain see no clock, no file, no stream, no process and no random device."""
from includes import SOURCES, includes, is_beside, sources
from source_tree import Finding

NAME = "purity"
SUMMARY = "engine, domain: no clock, files, streams, environment or foreign randomness"
PURE = tuple(SOURCES + folder for folder in ("engine/", "domain/", "rules/"))
IMPURE = {
    "chrono": "take the time as a value", "ctime": "take the time as a value", "random": "take a mizan::Rng",
    "fstream": "take the data as values", "iostream": "return what is to be said", "filesystem": "take the data as values",
    "cstdio": "return what is to be said", "ostream": "return what is to be said", "istream": "take the data as values",
    "thread": "use base/parallel.h", "future": "use base/parallel.h", "unistd.h": "take the data as values",
}


def check(tree):
    for file in sources(tree):
        if not file.startswith(PURE) or is_beside(file):
            continue
        for include in includes(tree, file):
            if include.is_system and include.path in IMPURE:
                yield Finding(file, include.line, NAME, f"no <{include.path}> in pure code: {IMPURE[include.path]}")

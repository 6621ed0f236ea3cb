"""Sizes of files, functions and folders, held by a ratchet: an exception may shrink, never grow."""
import json
import posixpath
import subprocess

from functions import cxx_functions, python_functions
from includes import is_beside
from source_tree import CXX, Finding

NAME = "sizes"
SUMMARY = "files <= 400 lines, functions <= 70, folders <= 25 units (a header and its source are one); exceptions in ratchet.json only shrink"
RATCHET = "scripts/lint.d/ratchet.json"
MEASURED = CXX + (".py", ".js", ".mjs", ".css", ".html")
DEFAULT = {"file_lines": {"limit": 400, "exceptions": {}}, "function_lines": {"limit": 70, "exceptions": {}},
           "folder_files": {"limit": 25, "exceptions": {}}}
ADVICE = {"file_lines": "{size} lines: split it by what it does; the limit is {limit}",
          "function_lines": "{key} has {size} lines: name its parts and call them; the limit is {limit}",
          "folder_files": "{key} has {size} units (a header and its source are one): make folders by what they are for; the limit is {limit}"}


def measure(tree):
    """kind → key → (file, line, size)."""
    sizes = {kind: {} for kind in DEFAULT}
    for file in tree.files:
        if not file.endswith(MEASURED):
            continue
        sizes["file_lines"][file] = (file, 1, len(tree.lines(file)))
        for function in _functions(tree, file):
            key = f"{file} {function.name}"
            known = sizes["function_lines"].get(key, ("", 0, 0))
            sizes["function_lines"][key] = max(known, (file, function.line, function.line_count), key=lambda k: k[2])
    for folder, units in _units(tree).items():
        sizes["folder_files"][folder] = (min(units), 1, len({posixpath.splitext(file)[0] for file in units}))
    return sizes


def _units(tree):
    """folder → its C++ files; a header and its source count as one; tests and benches count apart."""
    units = {}
    for file in tree.under(ext=CXX):
        units.setdefault(posixpath.dirname(file) + (" (tests)" if is_beside(file) else ""), []).append(file)
    return units


def _functions(tree, file):
    if file.endswith(CXX):
        return cxx_functions(tree.code(file))
    return python_functions(tree.text(file)) if file.endswith(".py") else []


def _ratchet(tree):
    return json.loads(tree.text(RATCHET)) if tree.has(RATCHET) else DEFAULT


def _committed(tree, revision):
    """The ratchet as an earlier commit has it, or nothing."""
    if not (tree.root / ".git").exists():
        return None
    shown = subprocess.run(["git", "-C", str(tree.root), "show", f"{revision}:{RATCHET}"], capture_output=True, text=True)
    return json.loads(shown.stdout) if shown.returncode == 0 else None


def check(tree):
    ratchet = _ratchet(tree)
    for kind, sizes in measure(tree).items():
        limit, exceptions = ratchet[kind]["limit"], ratchet[kind]["exceptions"]
        for key, (file, line, size) in sizes.items():
            allowed = exceptions.get(key, {}).get("size", limit)
            if size > allowed:
                yield Finding(file, line, NAME, ADVICE[kind].format(key=key.split(" ", 1)[-1], size=size, limit=allowed))
        for key, exception in exceptions.items():
            size = sizes.get(key, ("", 0, 0))[2]
            if size < exception["size"]:
                yield Finding(RATCHET, 1, NAME, f"{kind} of {key} is down to {size}: run scripts/lint --tighten")
            if not exception.get("why"):
                yield Finding(RATCHET, 1, NAME, f'{kind} of {key}: say in "why" what makes it an exception')
    for revision in ("HEAD", "HEAD~1"):
        yield from _check_against(ratchet, _committed(tree, revision))


def _check_against(ratchet, before):
    """Exceptions and limits of an earlier commit must not have grown since."""
    for kind in DEFAULT if before else ():
        if ratchet[kind]["limit"] > before[kind]["limit"]:
            yield Finding(RATCHET, 1, NAME, f"the limit of {kind} may not rise")
        for key, exception in ratchet[kind]["exceptions"].items():
            if exception["size"] > before[kind]["exceptions"].get(key, exception)["size"]:
                yield Finding(RATCHET, 1, NAME, f"the exception of {key} may not rise: split it instead")


def tighten(tree):
    """Lowers every exception to its present size; drops those that are none any more."""
    ratchet = _ratchet(tree)
    for kind, sizes in measure(tree).items():
        exceptions = ratchet[kind]["exceptions"]
        for key in list(exceptions):
            size = sizes.get(key, ("", 0, 0))[2]
            exceptions[key]["size"] = min(size, exceptions[key]["size"])
            if size <= ratchet[kind]["limit"]:
                del exceptions[key]
    (tree.root / RATCHET).write_text(json.dumps(ratchet, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    tree.text.cache_clear()

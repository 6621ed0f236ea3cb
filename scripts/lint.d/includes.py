"""Who includes whom, and the layer table of ARCHITECTURE.md."""
import dataclasses
import posixpath
import re

from source_tree import CXX, Tree, table_rows

SOURCES = "src/mizan/"
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
_BESIDE = re.compile(r"_(test|bench|fuzz)\.cc$|_(test|bench)_support\.(h|cc)$")


@dataclasses.dataclass(frozen=True)
class Include:
    line: int
    path: str
    is_system: bool


def includes(tree: Tree, file: str) -> list[Include]:
    text = tree.text(file)
    return [Include(text.count("\n", 0, found.start()) + 1, found.group(2), found.group(1) == "<")
            for found in _INCLUDE.finditer(text)]


def resolve(tree: Tree, file: str, include: Include) -> str | None:
    """The project's file that an include means, or nothing."""
    for base in (posixpath.dirname(file), "src", "tests", "bench", ""):
        candidate = posixpath.normpath(posixpath.join(base, include.path))
        if tree.has(candidate):
            return candidate
    return None


def is_beside(file: str) -> bool:
    """Tests, benches and fuzzers that stand beside the code."""
    return bool(_BESIDE.search(file))


def sources(tree: Tree) -> list[str]:
    return tree.under(SOURCES, ext=CXX)


def closure(tree: Tree, file: str) -> list[str]:
    """The file and every file of the project that it includes, directly or not; sorted."""
    seen = {file}
    todo = [file]
    while todo:
        current = todo.pop()
        for include in includes(tree, current):
            target = resolve(tree, current, include)
            if target and target not in seen:
                seen.add(target)
                todo.append(target)
    return sorted(seen)


@dataclasses.dataclass
class Row:
    line: int
    may_include: set[str]
    libraries: list[str]


class Layers:
    """The table "Who may include whom". The row "tests and benches" is what those may use beside their module's row."""

    def __init__(self, tree: Tree, file: str = "ARCHITECTURE.md"):
        rows = table_rows(tree.text(file) if tree.has(file) else "", "module")
        names = [cells[0] for _, cells in rows]
        self.rows = {cells[0]: Row(line, self._expand(cells[1], names), re.findall(r"`([^`]+)`", cells[2]))
                     for line, cells in rows}
        self.beside = self.rows.pop("tests and benches", Row(0, set(), []))

    @staticmethod
    def _expand(cell: str, names: list[str]) -> set[str]:
        allowed: set[str] = set()
        for word in filter(None, (part.strip(" –-") for part in cell.split(","))):
            if word.endswith("/*"):
                allowed.update(name for name in names if name.startswith(word[:-1]))
            else:
                allowed.add(word)
        return allowed

    def module_of(self, path: str) -> str | None:
        """The module of an include path ("mizan/base/error.h") or of a file below src/."""
        inner = path.removeprefix("src/").removeprefix("mizan/")
        found = [name for name in self.rows if inner.startswith(name + "/")]
        return max(found, key=len) if found else None

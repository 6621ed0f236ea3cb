"""The files that lint looks at, read once, and what a rule reports."""
import dataclasses
import functools
import pathlib
import re
import subprocess

CXX = (".h", ".cc")
# Comments, then raw strings, strings and characters; digit separators (1'000) are not characters.
_NOT_CODE = re.compile(
    r"//[^\n]*|/\*.*?\*/|(?<![A-Za-z0-9_])R\"(?P<tag>[^(\s]*)\(.*?\)(?P=tag)\""
    r"|\"(?:\\.|[^\"\\\n])*\"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.DOTALL)


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    file: str
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.advice}"


def _blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match.group())


class Tree:
    """The project's own files below `root`: those git knows or would add; every file where there is no git."""

    def __init__(self, root: pathlib.Path):
        self.root = pathlib.Path(root).resolve()
        self.files = sorted(self._listed())
        self._known = set(self.files)

    def _listed(self) -> list[str]:
        git = ["git", "-C", str(self.root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        if (self.root / ".git").exists():
            names = subprocess.run(git, check=True, capture_output=True, text=True).stdout.split("\0")
        else:
            names = [str(path.relative_to(self.root)) for path in self.root.rglob("*")]
        return [name for name in names if name and (self.root / name).is_file()]

    def has(self, file: str) -> bool:
        return file in self._known

    def under(self, *prefixes: str, ext: tuple[str, ...] = ()) -> list[str]:
        """Files whose path starts with one of the prefixes and ends with one of ext."""
        return [file for file in self.files
                if file.startswith(prefixes or ("",)) and (not ext or file.endswith(ext))]

    @functools.lru_cache(maxsize=None)
    def text(self, file: str) -> str:
        try:
            return (self.root / file).read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return ""  # a picture or another binary

    def lines(self, file: str) -> list[str]:
        return self.text(file).splitlines()

    @functools.lru_cache(maxsize=None)
    def code(self, file: str) -> str:
        """A C++ file with comments and literals blanked, line for line."""
        return _NOT_CODE.sub(_blank, self.text(file))


def table_rows(text: str, heading: str) -> list[tuple[int, list[str]]]:
    """The rows of the first Markdown table whose header's first cell is `heading`: (line number, cells)."""
    rows: list[tuple[int, list[str]]] = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.lstrip().startswith("|"):
            if inside:
                break
        elif inside:
            if not set(line) <= set("|-: "):
                rows.append((number, cells))
        elif cells[0] == heading:
            inside = True
    return rows

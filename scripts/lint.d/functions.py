"""Finds the functions of C++ and Python files and how many lines each has."""
import ast
import dataclasses
import re

_PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
_TYPE = re.compile(r"^\s*(?:template\s*<.*>\s*)?(?:typedef\s+)?(?:class|struct|union|enum)\b[^()=]*$", re.DOTALL)
_NAME = re.compile(r"(operator\s*[^\s\w]+|[\w:~]+)\s*\(")
# "X::X(int a) : a_" before a brace: the brace belongs to a member's initialiser, not to the body.
_IN_INITIALISERS = re.compile(r"\)[^();]*(?<!:):(?!:).*[\w>]$", re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Function:
    name: str
    line: int
    line_count: int


def python_functions(text: str) -> list[Function]:
    return [Function(node.name, node.lineno, node.end_lineno - node.lineno + 1) for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def cxx_functions(code: str) -> list[Function]:
    """`code` has its comments and literals blanked."""
    code = _PREPROCESSOR.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), code)
    functions: list[Function] = []
    scopes: list[tuple[str, int, str]] = []  # kind, where its head begins, name
    head = 0
    for brace in re.finditer(r"[;{}]", code):
        place = brace.start()
        if brace.group() == "{":
            kind = "block" if _is_inside(scopes) else _kind(code[head:place])
            scopes.append((kind, head, _name(code[head:place]) if kind == "function" else ""))
        elif brace.group() == "}" and scopes:
            kind, begin, name = scopes.pop()
            if kind == "function":
                functions.append(_function(code, begin, place, name))
            if kind == "value":
                continue  # the head that the value belongs to goes on
        if not _is_inside(scopes):
            head = place + 1
    return functions


def _is_inside(scopes: list[tuple[str, int, str]]) -> bool:
    return any(kind in ("function", "value") for kind, _, _ in scopes)


def _kind(head: str) -> str:
    text = head.strip()
    if re.search(r"\bnamespace\b", text) or re.match(r"extern\b", text) or _TYPE.match(text):
        return "scope"
    if "(" not in text or text.endswith(("=", ",", "(", "return")) or _IN_INITIALISERS.search(text):
        return "value"
    return "function"


def _name(head: str) -> str:
    found = _NAME.search(re.sub(r"\[\[.*?\]\]|template\s*<[^()]*>", " ", head))
    name = found.group(1) if found else "?"
    if name.startswith("TEST"):
        return " ".join(head[head.index("TEST"):].split())
    return name


def _function(code: str, begin: int, end: int, name: str) -> Function:
    first = begin + len(code[begin:end]) - len(code[begin:end].lstrip())
    line = code.count("\n", 0, first) + 1
    return Function(name, line, code.count("\n", first, end) + 1)

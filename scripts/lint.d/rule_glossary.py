"""The words of docs/glossary.md: those in bold in its column "avoid" appear in no identifier, file name or prose."""
import fnmatch
import json
import re

from source_tree import CXX, Finding, table_rows

NAME = "glossary"
SUMMARY = "identifiers, file names, messages and docs use the glossary's words"
GLOSSARY = "docs/glossary.md"
ALLOWED = "scripts/lint.d/glossary_allowed.txt"
ENGLISH = "src/mizan/app/messages/en.json"
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z]|[^A-Za-z]|$)|[A-Z]?[a-z]+")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_NOT_PROSE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|<[^>\n]*>|https?://\S+", re.DOTALL)


def avoided_words(tree):
    """avoided word (lower case) → the word to use."""
    words = {}
    for _, cells in table_rows(tree.text(GLOSSARY) if tree.has(GLOSSARY) else "", "word"):
        for word in re.findall(r"\*\*([^*]+)\*\*", cells[2] if len(cells) > 2 else ""):
            words[word.lower()] = cells[0]
    return words


def _allowed(tree):
    """(pattern of files, word) pairs."""
    lines = tree.lines(ALLOWED) if tree.has(ALLOWED) else []
    return [tuple(line.split("#")[0].split()[:2]) for line in lines if line.split("#")[0].strip()]


def _words_of(text):
    """(place, word in the singular) of a text, identifiers split into their words."""
    for identifier in _IDENTIFIER.finditer(text):
        for word in _WORD.finditer(identifier.group()):
            yield identifier.start(), word.group().lower()


def _texts(tree):
    """(file, text to check) of everything that is ours to word."""
    for file in tree.files:
        if file.endswith(CXX):
            yield file, tree.code(file)
        elif file.endswith(".md") and file != GLOSSARY:
            yield file, _NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), tree.text(file))
    if tree.has(ENGLISH):
        for key, value in json.loads(tree.text(ENGLISH)).items():
            yield ENGLISH, re.sub(r"\{[^}]*\}", " ", f"{value}")


def check(tree):
    avoided = avoided_words(tree)
    allowed = _allowed(tree)

    def instead(file, word):
        bare = word if word in avoided else word[:-1] if word.endswith("s") and word[:-1] in avoided else None
        if bare is None or any(fnmatch.fnmatch(file, pattern) and bare == name for pattern, name in allowed):
            return None
        return f'say "{avoided[bare]}" instead of "{word}" (docs/glossary.md)'

    for file in tree.files:
        for _, word in _words_of(file.rsplit("/", 1)[-1]):
            if advice := instead(file, word):
                yield Finding(file, 1, NAME, advice)
    for file, text in _texts(tree):
        for place, word in _words_of(text):
            if advice := instead(file, word):
                yield Finding(file, text.count("\n", 0, place) + 1, NAME, advice)

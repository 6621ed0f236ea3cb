"""The English and the Arabic messages: the same keys, the same placeholders, every plural form."""
import json
import re

from source_tree import Finding

NAME = "catalogue"
SUMMARY = "English and Arabic messages have the same keys, placeholders and their plural forms"
FOLDER = "src/mizan/app/messages/"
FORMS = {"en": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}
_PLURAL = re.compile(r"^(.*)_(zero|one|two|few|many|other)$")


def _read(tree, language):
    """base key → (plural form or "" → text); a key ending in _one … is a plural only beside its own _other."""
    flat = json.loads(tree.text(f"{FOLDER}{language}.json"))
    messages: dict[str, dict[str, str]] = {}
    for key, text in flat.items():
        found = _PLURAL.match(key)
        base, form = found.groups() if found and f"{found.group(1)}_other" in flat else (key, "")
        messages.setdefault(base, {})[form] = text
    return messages


def _line(tree, language, key):
    lines = tree.lines(f"{FOLDER}{language}.json")
    return next((number for number, line in enumerate(lines, 1) if f'"{key}' in line), 1)


def _placeholders(forms):
    """What the fullest form says; a form for one or two may leave the count out."""
    return set().union(*(re.findall(r"\{(\w+)\}", text) for text in forms.values())) - {"count"}


def check(tree):
    if not all(tree.has(f"{FOLDER}{language}.json") for language in FORMS):
        return
    messages = {language: _read(tree, language) for language in FORMS}
    for language, other in (("en", "ar"), ("ar", "en")):
        file = f"{FOLDER}{language}.json"
        for key, forms in messages[language].items():
            line = _line(tree, language, key)
            if key not in messages[other]:
                yield Finding(file, line, NAME, f"add {key} to {other}.json")
            elif _placeholders(forms) != _placeholders(messages[other][key]):
                yield Finding(file, line, NAME, f"{key}: use the same placeholders as {other}.json")
            missing = FORMS[language] - set(forms) if "" not in forms else set()
            if missing:
                yield Finding(file, line, NAME, f"{key}: add the plural forms {', '.join(sorted(missing))}")

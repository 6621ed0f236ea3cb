"""A tiny project in a temporary folder, for the tests of the lint rules."""
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "lint.d"))

from source_tree import Tree  # noqa: E402

LAYERS = """
| module | may include | other libraries |
|---|---|---|
| base | – | `tl/expected.hpp` |
| engine/truth | base | – |
| engine/supplier | base, engine/truth | – |
| app | base, engine/* | `fmt/` |
| tests and benches | engine/supplier, support | `gtest/` |
"""


class RuleTest(unittest.TestCase):
    """`self.findings(rule, {path: text})` → ["file:line", …] that the rule reports in a project of these files."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, files: dict[str, str]) -> Tree:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Tree(self.root)

    def report(self, rule, files):
        return sorted(set(rule.check(self.write(files))))

    def findings(self, rule, files):
        return [f"{finding.file}:{finding.line}" for finding in self.report(rule, files)]

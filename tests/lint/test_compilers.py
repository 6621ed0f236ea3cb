"""The rules that run a compiler: format, self_contained, tidy; each finds a breach, and remembers what passed."""
import json
import shutil
import unittest

from tiny_tree import RuleTest

import compiling
import rule_format
import rule_self_contained
import rule_tidy


class CompilerTest(RuleTest):
    def setUp(self):
        super().setUp()
        compiling._database.cache_clear()

    def project(self, files):
        """With a compile database of every .cc file."""
        entries = [{"directory": str(self.root), "file": str(self.root / name), "command": f"c++ -std=c++20 -I{self.root}/src -o x -c {name}"}
                   for name in files if name.endswith(".cc")]
        return {compiling.DATABASE: json.dumps(entries), **files}


@unittest.skipUnless(shutil.which("clang-format"), "no clang-format")
class Format(CompilerTest):
    def test_a_file_that_clang_format_would_change_is_caught(self):
        self.assertEqual(["src/a.cc:2"], self.findings(rule_format, {
            ".clang-format": "BasedOnStyle: Google\n", "src/a.cc": "int a;\nint   b;\n", "src/b.cc": "int a;\n"}))


@unittest.skipUnless(shutil.which("c++"), "no compiler")
class SelfContained(CompilerTest):
    def test_a_header_that_needs_another_first_is_caught(self):
        self.assertEqual(["src/mizan/base/b.h:1"], self.findings(rule_self_contained, self.project({
            "src/mizan/base/a.h": "#pragma once\n#include <vector>\ninline std::vector<int> a;\n",
            "src/mizan/base/b.h": "#pragma once\ninline std::vector<int> b;\n",
            "src/mizan/base/a.cc": '#include "mizan/base/a.h"\n'})))

    def test_what_passed_is_compiled_again_only_when_something_it_includes_changes(self):
        files = self.project({
            "src/mizan/base/a.h": '#pragma once\n#include "mizan/base/b.h"\ninline B a;\n',
            "src/mizan/base/b.h": "#pragma once\nstruct B {};\n", "src/mizan/base/a.cc": ""})
        memory = self.root / compiling.CACHE / rule_self_contained.NAME
        self.assertEqual([], self.findings(rule_self_contained, files))
        passed = set(memory.iterdir())
        self.assertEqual([], self.findings(rule_self_contained, files))
        self.assertEqual(passed, set(memory.iterdir()))
        self.assertEqual(["src/mizan/base/a.h:1"], self.findings(
            rule_self_contained, {"src/mizan/base/b.h": "#pragma once\nstruct C {};\n"}))


@unittest.skipUnless(shutil.which("clang-tidy"), "no clang-tidy")
class Tidy(CompilerTest):
    def test_a_mistake_that_clang_tidy_knows_is_caught(self):
        self.assertEqual(["src/mizan/base/a.cc:2"], self.findings(rule_tidy, self.project({
            ".clang-tidy": "Checks: '-*,bugprone-*'\nWarningsAsErrors: '*'\n",
            "src/mizan/base/a.cc": "int f(int a) {\n  if (a == 1) a = 2; else a = 2;\n  return a;\n}\n"})))


if __name__ == "__main__":
    unittest.main()

"""The rules about who includes whom: layers, cycles, purity, headers, sizes."""
import json
import subprocess
import unittest

from tiny_tree import LAYERS, RuleTest

from functions import cxx_functions
import rule_cycles
import rule_headers
import rule_layers
import rule_purity
import rule_sizes


class Layers(RuleTest):
    def layers(self, files):
        return self.findings(rule_layers, {"ARCHITECTURE.md": LAYERS, **files})

    def test_an_include_that_the_table_allows_passes(self):
        self.assertEqual([], self.layers({
            "src/mizan/engine/supplier/a.h": '#include <vector>\n#include "mizan/engine/truth/b.h"\n',
            "src/mizan/base/result.h": "#include <tl/expected.hpp>\n"}))

    def test_an_include_against_the_arrows_is_caught(self):
        self.assertEqual(["src/mizan/engine/truth/a.h:2"], self.layers({
            "src/mizan/engine/truth/a.h": '// a\n#include "mizan/engine/supplier/b.h"\n'}))

    def test_a_star_means_every_module_below(self):
        self.assertEqual([], self.layers({"src/mizan/app/a.cc": '#include "mizan/engine/truth/b.h"\n'}))

    def test_a_library_outside_its_owner_is_caught(self):
        self.assertEqual(["src/mizan/engine/truth/a.cc:1"], self.layers({
            "src/mizan/engine/truth/a.cc": "#include <fmt/format.h>\n"}))

    def test_a_test_may_use_what_tests_may_use_and_its_source_may_not(self):
        include = '#include <gtest/gtest.h>\n#include "support/cases.h"\n#include "mizan/engine/supplier/b.h"\n'
        self.assertEqual([], self.layers({"src/mizan/engine/truth/a_test.cc": include}))
        self.assertEqual(3, len(self.layers({"src/mizan/engine/truth/a.cc": include})))

    def test_an_include_that_does_not_start_at_the_root_is_caught(self):
        self.assertEqual(["src/mizan/base/a.cc:1"], self.layers({"src/mizan/base/a.cc": '#include "error.h"\n'}))

    def test_a_file_of_no_module_is_caught(self):
        self.assertEqual(["src/mizan/new/a.cc:1"], self.layers({"src/mizan/new/a.cc": ""}))

    def test_a_cmake_dependency_against_the_table_is_caught(self):
        self.assertEqual(["src/mizan/CMakeLists.txt:2"], self.layers({
            "src/mizan/CMakeLists.txt": "mizan_module(engine/supplier DEPENDS base engine/truth)\n"
                                        "mizan_module(engine/truth DEPENDS base app LIBRARIES x::y FOLDERS z)\n"}))


class Cycles(RuleTest):
    def test_files_that_include_each_other_are_caught_once(self):
        found = self.report(rule_cycles, {"src/mizan/base/a.h": '#include "mizan/base/b.h"\n',
                                          "src/mizan/base/b.h": '#include "mizan/base/a.h"\n'})
        self.assertEqual(1, len(found))
        self.assertIn("src/mizan/base/a.h → src/mizan/base/b.h → src/mizan/base/a.h", found[0].advice)

    def test_folders_that_include_each_other_through_different_files_are_caught(self):
        found = self.report(rule_cycles, {"src/mizan/x/a.h": '#include "mizan/y/b.h"\n', "src/mizan/y/b.h": "",
                                          "src/mizan/y/c.h": '#include "mizan/x/d.h"\n', "src/mizan/x/d.h": ""})
        self.assertEqual(["break the folder cycle src/mizan/x → src/mizan/y → src/mizan/x: move what both need below both"],
                         [finding.advice for finding in found])

    def test_a_diamond_is_no_cycle(self):
        self.assertEqual([], self.findings(rule_cycles, {
            "src/mizan/a/a.h": '#include "mizan/b/b.h"\n#include "mizan/c/c.h"\n',
            "src/mizan/b/b.h": '#include "mizan/d/d.h"\n', "src/mizan/c/c.h": '#include "mizan/d/d.h"\n',
            "src/mizan/d/d.h": ""}))


class Purity(RuleTest):
    def test_a_clock_in_the_engine_is_caught_and_elsewhere_it_is_not(self):
        self.assertEqual(["src/mizan/engine/truth/a.cc:1"], self.findings(rule_purity, {
            "src/mizan/engine/truth/a.cc": "#include <chrono>\n", "src/mizan/app/a.cc": "#include <chrono>\n",
            "src/mizan/engine/truth/a_test.cc": "#include <chrono>\n"}))


class Headers(RuleTest):
    def test_what_a_header_must_have(self):
        self.assertEqual([], self.findings(rule_headers, {"src/mizan/base/a.h": "// A.\n#pragma once\n"}))
        self.assertEqual(2, len(self.report(rule_headers, {"src/mizan/base/a.h": "int x;\n"})))
        self.assertEqual(["src/mizan/base/a.h:3"], self.findings(rule_headers, {
            "src/mizan/base/a.h": "// A. using namespace std is not used\n#pragma once\nusing namespace std;\n"}))


class Sizes(RuleTest):
    FILE = "src/mizan/base/a.cc"

    def ratchet(self, size=None, kind="file_lines", key=FILE):
        ratchet = {name: {"limit": limit, "exceptions": {}}
                   for name, limit in (("file_lines", 10), ("function_lines", 4), ("folder_files", 2))}
        if size is not None:
            ratchet[kind]["exceptions"][key] = {"size": size, "why": "a test"}
        return {rule_sizes.RATCHET: json.dumps(ratchet)}

    def test_a_long_file_is_caught(self):
        self.assertEqual([], self.findings(rule_sizes, {self.FILE: "\n" * 10, **self.ratchet()}))
        self.assertEqual([f"{self.FILE}:1"], self.findings(rule_sizes, {self.FILE: "\n" * 11, **self.ratchet()}))

    def test_an_exception_holds_at_its_size_and_must_shrink_with_the_file(self):
        self.assertEqual([], self.findings(rule_sizes, {self.FILE: "\n" * 12, **self.ratchet(12)}))
        self.assertEqual([f"{self.FILE}:1"], self.findings(rule_sizes, {self.FILE: "\n" * 13, **self.ratchet(12)}))
        self.assertEqual([f"{rule_sizes.RATCHET}:1"], self.findings(rule_sizes, {self.FILE: "\n" * 11, **self.ratchet(12)}))

    def test_tighten_lowers_an_exception(self):
        tree = self.write({self.FILE: "\n" * 11, **self.ratchet(12)})
        rule_sizes.tighten(tree)
        self.assertEqual([], list(rule_sizes.check(tree)))
        self.assertIn('"size": 11', tree.text(rule_sizes.RATCHET))

    def test_a_raised_exception_is_caught_against_the_commit_before(self):
        self.write({self.FILE: "\n" * 12, **self.ratchet(12)})
        git = ["git", "-C", str(self.root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "t"], check=True)
        found = self.report(rule_sizes, {self.FILE: "\n" * 13, **self.ratchet(13)})
        self.assertEqual([f"the exception of {self.FILE} may not rise: split it instead"], [f.advice for f in found])

    def test_long_functions_are_found_wherever_they_stand(self):
        body = " {\n" + "  f({1});\n" * 4 + "}\n"
        text = ("// f() {\nnamespace a {\nstruct S {\n  int x{1};\n};\n" + "int S::f(int a) const" + body +
                "S::S(int a) : x{a}, y(1)" + body + "}\n")
        self.assertEqual([("S::f", 6, 6), ("S::S", 12, 6)],
                         [(found.name, found.line, found.line_count) for found in cxx_functions(text.replace("// f() {", ""))])
        self.assertEqual(["src/mizan/base/b.cc:1", "src/mizan/base/b.cc:12", "src/mizan/base/b.cc:6"],
                         sorted(self.findings(rule_sizes, {"src/mizan/base/b.cc": text, **self.ratchet()})))

    def test_macros_lambdas_and_type_bodies_do_not_confuse_the_count(self):
        code = ("#define M(x) \\\n  if (x) { \\\n  }\n"
                "enum class E : int { a, b };\ninline const std::vector<int> kList{1, 2};\n"
                "TEST(Suite, claim) {\n  run([&](int a) { return a; });\n}\n"
                "template <class T>\nstd::vector<T> f(const S& s = {}) noexcept {\n  return {};\n}\n")
        self.assertEqual([("TEST(Suite, claim)", 6, 3), ("f", 9, 4)],
                         [(found.name, found.line, found.line_count) for found in cxx_functions(code)])

    def test_a_crowded_folder_is_caught_and_tests_count_apart(self):
        names = ("a.cc", "a.h", "a_test.cc", "b.h")
        self.assertEqual([], self.findings(rule_sizes, {**{f"src/x/{n}": "" for n in names}, **self.ratchet()}))
        self.assertEqual(["src/x/a.cc:1"], self.findings(rule_sizes, {"src/x/c.h": "", **self.ratchet()}))


if __name__ == "__main__":
    unittest.main()

"""The rules about words: glossary, prose, links, dependencies, catalogue, errors, queries."""
import json
import unittest

from tiny_tree import RuleTest

import rule_catalogue
import rule_dependencies
import rule_errors
import rule_glossary
import rule_links
import rule_prose
import rule_queries

GLOSSARY = {rule_glossary.GLOSSARY: "| word | means | avoid |\n|---|---|---|\n| task | a thing | **item**, row |\n"
                                    "| annotator | a person | **worker** |\n"}


class Glossary(RuleTest):
    def test_an_avoided_word_inside_an_identifier_is_caught(self):
        self.assertEqual(["src/a.cc:2"], self.findings(rule_glossary, {
            **GLOSSARY, "src/a.cc": "int iteration;  // item\nint first_items;\nauto s = \"item\";\nint row;\n"}))
        self.assertEqual(["src/b.cc:1"], self.findings(rule_glossary, {"src/b.cc": "struct WorkerSkill;\n", "src/a.cc": ""}))

    def test_prose_is_checked_outside_code(self):
        self.assertEqual(["README.md:2"], self.findings(rule_glossary, {
            **GLOSSARY, "README.md": "The column `worker`\nof a worker.\n```\nworker\n```\n"}))

    def test_a_file_name_is_checked(self):
        self.assertEqual(["src/worker_skill.txt:1"], self.findings(rule_glossary, {**GLOSSARY, "src/worker_skill.txt": ""}))

    def test_an_english_message_is_checked_outside_its_placeholders(self):
        self.assertEqual([f"{rule_glossary.ENGLISH}:1"], self.findings(rule_glossary, {
            **GLOSSARY, rule_glossary.ENGLISH: json.dumps({"a": "{worker} labelled", "b": "the worker"})}))

    def test_an_allowed_place_passes(self):
        self.assertEqual([], self.findings(rule_glossary, {
            **GLOSSARY, "src/mturk/a.cc": "int worker_id;\n",
            rule_glossary.ALLOWED: "# why\nsrc/mturk/*  worker  # its own field name\n"}))


class Prose(RuleTest):
    def test_a_path_of_one_machine_is_caught_and_a_relative_one_is_not(self):
        self.assertEqual(["a.txt:1", "a.txt:2"], self.findings(rule_prose, {
            "a.txt": "see /ho" + "me/ann/x\nin /t" + "mp/x\nbuild/tmp/x $HOME/work/x ./work/x\n"}))

    def test_a_note_to_oneself_is_caught(self):
        self.assertEqual(["a.txt:1"], self.findings(rule_prose, {"a.txt": "// TO" + "DO later\n"}))


class Links(RuleTest):
    def test_a_dead_link_is_caught(self):
        self.assertEqual(["docs/a.md:2"], self.findings(rule_links, {
            "docs/a.md": "[b](../b.md#x) [web](https://example.org)\n![gone](c.png)\n", "b.md": ""}))


class Dependencies(RuleTest):
    def test_a_library_without_a_reason_is_caught(self):
        self.assertEqual(["cmake/x.cmake:2"], self.findings(rule_dependencies, {
            rule_dependencies.ADR: "| fmt | text |", "cmake/x.cmake": "find_package(fmt)\nfind_package(Qt6)\n"}))

    def test_a_package_without_a_reason_is_caught(self):
        self.assertEqual(["scripts/packages.apt:2", "scripts/packages.pip:1"], self.findings(rule_dependencies, {
            rule_dependencies.ADR: "nothing", "scripts/packages.apt": "g++  # compiles\ncmake\n",
            "scripts/packages.pip": "pandas==1  # a peer\n"}))


class Catalogue(RuleTest):
    def catalogue(self, english, arabic):
        return [finding.advice for finding in self.report(rule_catalogue, {
            f"{rule_catalogue.FOLDER}en.json": json.dumps(english), f"{rule_catalogue.FOLDER}ar.json": json.dumps(arabic)})]

    def test_a_key_of_one_language_alone_is_caught(self):
        self.assertEqual(["add a to ar.json"], self.catalogue({"a": "x"}, {}))

    def test_a_lost_placeholder_is_caught(self):
        self.assertEqual(2, len(self.catalogue({"a": "{x}"}, {"a": "y"})))

    def test_every_plural_form_of_each_language_is_needed(self):
        english = {"n_one": "a task", "n_other": "{count} tasks"}
        arabic = {f"n_{form}": "{count}" for form in ("zero", "one", "two", "few", "many", "other")}
        self.assertEqual([], self.catalogue(english, arabic))
        del arabic["n_two"]
        self.assertEqual(["n: add the plural forms two"], self.catalogue(english, arabic))


class Errors(RuleTest):
    HEADER = {rule_errors.HEADER: '  X(not_found, "gone") \\\n  X(bad_row, "bad")\n'}

    def test_a_code_without_a_section_and_a_section_without_a_code_are_caught(self):
        self.assertEqual([f"{rule_errors.DOCS}:2", f"{rule_errors.HEADER}:2"], self.findings(rule_errors, {
            **self.HEADER, rule_errors.DOCS: "## `not_found`\n## old_code\n## How to read this\n"}))


class Queries(RuleTest):
    def test_a_name_that_is_taken_and_one_that_is_not_snake_case_are_caught(self):
        self.assertEqual(["src/mizan/store/b.cc:2", "src/mizan/store/b.cc:3"], self.findings(rule_queries, {
            "src/mizan/store/a.cc": 'constexpr Query kFind{"find",\n "SELECT 1"};\n',
            "src/mizan/store/b.cc": '\nconstexpr Query kFind{\n"find", "SELECT 2"};'
                                    '\nconstexpr Query kBad{"Bad name", ""};\n'.replace("{\n", "{"),
            "src/mizan/store/b_test.cc": 'constexpr Query kFind{"find", ""};\n'}))

    def test_each_connection_has_its_own(self):
        self.assertEqual([], self.findings(rule_queries, {
            "src/mizan/store/sqlite/c.cc": 'constexpr Query kCommit{"commit", "COMMIT"};',
            "src/mizan/store/postgres/c.cc": 'constexpr Query kCommit{"commit", "COMMIT"};'}))


if __name__ == "__main__":
    unittest.main()

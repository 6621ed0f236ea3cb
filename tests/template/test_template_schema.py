"""docs/formats/template.schema.json accepts what the parser accepts: the cases that template_test.cc runs, and the recipes.

A case that only the parser can refuse (names that are there twice, conditions on later questions) says "schema": true.
"""
import json
import pathlib
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/formats/template.schema.json").read_text())


def document_of(case):
    if "template" in case:
        return case["template"]
    questions = case.get("before", []) + case.get("questions", [{"name": "q", "type": "text"}] if "questions" not in case else [])
    return {"display": case.get("display", []), "questions": questions}


class TemplateSchema(unittest.TestCase):
    def setUp(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        self.validator = jsonschema.Draft202012Validator(SCHEMA)

    def test_the_schema_accepts_what_the_parser_accepts(self):
        cases = json.loads((ROOT / "tests/golden/template/templates.json").read_text())
        self.assertGreater(len(cases), 100)
        for case in cases:
            with self.subTest(case["name"]):
                expected = case.get("schema", "error" not in case)
                self.assertEqual(self.validator.is_valid(document_of(case)), expected)

    def test_every_template_of_the_answer_tables_fits(self):
        for group in json.loads((ROOT / "tests/golden/template/answers.json").read_text()):
            with self.subTest(group["cases"][0]["name"]):
                self.validator.validate({"questions": group["questions"]})

    def test_every_recipe_fits(self):
        recipes = sorted((ROOT / "examples/templates").glob("*.json"))
        self.assertGreaterEqual(len(recipes), 8)
        for recipe in recipes:
            with self.subTest(recipe.name):
                self.validator.validate(json.loads(recipe.read_text()))


if __name__ == "__main__":
    unittest.main()

"""docs/formats/events.md names every kind that the program tells of; the check in docs/formats/webhooks.md works as it stands."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVENTS = (ROOT / "docs/formats/events.md").read_text()
WEBHOOKS = (ROOT / "docs/formats/webhooks.md").read_text()
RESOURCES = ("annotation", "annotator", "batch", "gold", "import", "project", "project_supplier", "review", "supplier", "task",
             "template", "webhook")
KIND = re.compile(r'"((?:%s)\.[a-z_]+)"' % "|".join(RESOURCES))


def kinds_of_the_program():
    sources = [file for file in (ROOT / "src/mizan/app").rglob("*.cc") if not file.stem.endswith(("_test", "_bench"))]
    return {kind for file in sources for kind in KIND.findall(file.read_text())}


def kinds_of_the_document():
    table = EVENTS.split("## Kinds")[1]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {kind for cell in first_cells for kind in re.findall(r"`([a-z_]+\.[a-z_]+)`", cell)}


class EventDocument(unittest.TestCase):
    def test_every_kind_is_described_and_none_besides(self):
        self.assertGreater(len(kinds_of_the_program()), 30)
        self.assertEqual(kinds_of_the_document(), kinds_of_the_program())


class WebhookDocument(unittest.TestCase):
    NOW = 1769860800
    BODY = b'{"events":[]}'

    def setUp(self):
        code = re.search(r"```python\n(.*?)```", WEBHOOKS, re.DOTALL).group(1)
        names = {}
        exec(compile(code, "webhooks.md", "exec"), names)  # the reader's copy, as it stands
        self.is_signed = names["is_signed"]
        self.header = re.search(r"^Mizan-Signature: (\S+)$", WEBHOOKS, re.MULTILINE).group(1)

    def check(self, **changes):
        given = {"header": self.header, "secret": "whsec_example", "body": self.BODY, "now": self.NOW} | changes
        return self.is_signed(**given)

    def test_the_header_is_the_one_that_the_program_makes(self):
        test = (ROOT / "src/mizan/app/events/webhook_signature_test.cc").read_text()
        self.assertIn(f'"{self.header}"', test)
        self.assertTrue(self.check())

    def test_it_holds_for_its_body_its_secret_and_a_while(self):
        self.assertTrue(self.check(now=self.NOW + 300))
        self.assertFalse(self.check(now=self.NOW + 301))
        self.assertFalse(self.check(now=self.NOW - 301))
        self.assertFalse(self.check(body=b"{}"))
        self.assertFalse(self.check(secret="whsec_other"))
        self.assertFalse(self.check(header=self.header.replace("t=1769860800", "t=1769860801")))

    def test_one_of_two_signatures_is_enough(self):
        seconds, signature = self.header.split(",")
        self.assertTrue(self.check(header=f"{seconds},v1={'0' * 64},{signature}"))

    def test_nonsense_is_not_signed(self):
        for header in ("", "t=", "v1=", "t=1769860800", "t=x,v1=y", ",,,", "v1", f"{self.header},t=1"):
            self.assertFalse(self.check(header=header), header)


if __name__ == "__main__":
    unittest.main()

"""The guide's runner must notice a page that lies."""
import pathlib
import tempfile
import unittest

from page import agrees, read_page


class Agreement(unittest.TestCase):
    def test_equal_lines_agree(self):
        self.assertTrue(agrees("a\nb\n", "  a\nb \n\n"))

    def test_another_line_does_not(self):
        self.assertFalse(agrees("a\nb\n", "a\nc\n"))

    def test_a_missing_or_further_line_does_not(self):
        self.assertFalse(agrees("a\nb\n", "a\n"))
        self.assertFalse(agrees("a\n", "a\nb\n"))

    def test_dots_stand_for_anything_within_a_line(self):
        self.assertTrue(agrees('{"id": "…"}\n', '{"id": "prj_1"}\n'))
        self.assertFalse(agrees('{"id": "…"}\n', '{"name": "prj_1"}\n'))
        self.assertFalse(agrees("a … b\n", "a 1\n2 b\n"))

    def test_a_line_of_dots_stands_for_any_lines(self):
        self.assertTrue(agrees("a\n…\nd\n", "a\nb\nc\nd\n"))
        self.assertTrue(agrees("a\n…\nd\n", "a\nd\n"))
        self.assertFalse(agrees("a\n…\nd\n", "a\nb\n"))


class Reading(unittest.TestCase):
    def read(self, text: str):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "page.md"
            path.write_text(text)
            return read_page(path)

    def test_blocks_are_read_with_outputs_files_and_needs(self):
        blocks = self.read("x\n```sh\necho 1\n```\n```output\n1\n```\n```toml file=a.toml\nb = 1\n```\n```sh needs=nginx\nnginx\n```\n")
        self.assertEqual([block.text for block in blocks], ["echo 1\n", "b = 1\n", "nginx\n"])
        self.assertEqual([block.output for block in blocks], ["1\n", None, None])
        self.assertEqual(blocks[1].file, "a.toml")
        self.assertEqual(blocks[2].needs, "nginx")
        self.assertEqual(blocks[0].line, 2)

    def test_what_is_only_shown_is_not_run(self):
        self.assertEqual(self.read("```json\n{}\n```\n"), [])

    def test_an_output_of_nothing_is_a_mistake(self):
        with self.assertRaises(ValueError):
            self.read("```output\n1\n```\n")


if __name__ == "__main__":
    unittest.main()

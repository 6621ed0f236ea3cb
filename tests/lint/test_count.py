"""What scripts/test reads from the reports of the runners."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

COUNT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "test.d" / "count"
JUNIT = """<testsuite><testcase name="a" status="run"/><testcase name="b" status="fail"/>
<testcase name="c" status="notrun"><system-out>x.cc:3: Skipped
no data here
</system-out></testcase></testsuite>"""


def count(kind, text, status):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "report"
        if text is not None:
            file.write_text(text, encoding="utf-8")
        return subprocess.run([sys.executable, str(COUNT), kind, str(file), str(status)], capture_output=True, text=True)


class Count(unittest.TestCase):
    def test_ctest_is_counted_and_the_skipped_are_named_with_their_reason(self):
        done = count("ctest", JUNIT, 8)
        self.assertEqual("cpp 1 1 1\n", done.stdout)
        self.assertIn("skipped: c: no data here", done.stderr)

    def test_unittest_is_counted(self):
        self.assertEqual("python 5 2 1\n", count(
            "unittest", "Ran 8 tests in 1s\n\nFAILED (failures=1, errors=1, skipped=1)\n", 1).stdout)
        self.assertEqual("python 8 0 0\n", count("unittest", "Ran 8 tests in 1s\n\nOK\n", 0).stdout)

    def test_both_reporters_of_node_are_counted(self):
        for mark in ("#", "\u2139"):
            text = "\n".join(f"{mark} {word} {n}" for word, n in
                             (("pass", 3), ("fail", 1), ("cancelled", 1), ("skipped", 2), ("todo", 0)))
            self.assertEqual("report 3 2 2\n", count("node", text, 1).stdout)

    def test_a_runner_that_dies_before_it_counts_is_a_failure(self):
        self.assertEqual("cpp 0 1 0\n", count("ctest", None, 1).stdout)
        self.assertEqual("python 3 1 0\n", count("unittest", "Ran 3 tests in 1s\nOK\n", 139).stdout)


if __name__ == "__main__":
    unittest.main()

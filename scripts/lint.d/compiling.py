"""What the rules that run a compiler share: flags, parallel runs, and a memory of what passed."""
import concurrent.futures
import functools
import hashlib
import json
import os
import shlex
import subprocess

DATABASE = "build/dev/compile_commands.json"
CACHE = "build/lint"


@functools.lru_cache(maxsize=None)
def _database(root):
    path = root / DATABASE
    entries = json.loads(path.read_text()) if path.exists() else []
    return {os.path.relpath(os.path.realpath(entry["file"]), root): shlex.split(entry["command"]) for entry in entries}


def compile_arguments(tree, file):
    """How a source is compiled, without launcher, input and output; for a header, as a source of its folder is."""
    database = _database(tree.root)
    command = database.get(file)
    if command is None:
        folder = os.path.dirname(file)
        beside = sorted(database, key=lambda other: (-len(os.path.commonprefix([folder + "/", other])), other))
        if not beside:
            return None
        command = database[beside[0]]
    kept = []
    skip = 0
    for argument in command[1:] if "ccache" in command[0] else command:
        if skip:
            skip -= 1
        elif argument in ("-o", "-c"):
            skip = 1
        else:
            kept.append(argument)
    return kept


def digest(tree, files, *more):
    """A name for the content of files and how they are checked."""
    state = hashlib.sha256("\0".join(more).encode())
    for part in files:
        state.update(part.encode() + b"\0" + tree.text(part).encode())
    return state.hexdigest()


def run_all(tree, rule, work):
    """Runs {(file, digest): command} in parallel, skipping what passed before; yields (file, output) of failures."""
    memory = tree.root / CACHE / rule
    memory.mkdir(parents=True, exist_ok=True)

    def one(entry):
        (file, name), command = entry
        done = subprocess.run(command, capture_output=True, text=True, cwd=tree.root)
        if done.returncode == 0:
            (memory / name).touch()
            return None
        return file, done.stdout + done.stderr

    todo = [entry for entry in work.items() if not (memory / entry[0][1]).exists()]
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("MIZAN_JOBS", os.cpu_count() or 1))) as pool:
        yield from filter(None, pool.map(one, todo))

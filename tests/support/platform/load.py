"""mizan_load (bench/platform/load) as a child, and what it wrote down."""
import json
import pathlib
import signal
import subprocess

from .server import programs
from .world import ANSWERS, World


class Load:
    """Simulated annotators at full speed until stop()."""

    def __init__(self, world: World, port: int, folder: pathlib.Path, clients: int = 64, arguments: tuple = (),
                 prefix: str = "c", acks: bool = True):
        world.register(port, prefix, clients)
        command = [str(programs() / "mizan_load"), "--project", world.project_id, "--port", str(port),
                   "--keys", str(world.write_keys(folder)), "--clients", str(clients), "--contributors", prefix]
        for answer in ANSWERS:
            command += ["--answer", answer]
        if acks:
            # A file of its own: several loads at once must not write into one another's lines.
            command += ["--acks", str(folder / f"acks-{prefix}")]
        self.process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)

    def wait(self, timeout_s: float) -> dict:
        """Its figures, when it ends by itself."""
        try:
            out, _ = self.process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise RuntimeError(f"the load did not end within {timeout_s} s") from None
        if self.process.returncode != 0:
            raise RuntimeError(f"mizan_load: exit {self.process.returncode}")
        return json.loads(out)

    def stop(self) -> dict:
        self.process.send_signal(signal.SIGTERM)
        return self.wait(60)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


def read_acks(folder: pathlib.Path) -> tuple[dict[str, str], set[str]]:
    """(assignment → acknowledged annotation, every assignment for which answers were sent)"""
    acknowledged, sent = {}, set()
    lines = (line for path in sorted(folder.glob("acks-*")) for line in path.read_text().splitlines())
    for line in lines:
        kind, assignment, other = line.split(" ")
        if kind == "sent":
            sent.add(assignment)
            continue
        if acknowledged.setdefault(assignment, other) != other:
            raise AssertionError(f"{assignment} was acknowledged as {acknowledged[assignment]} and as {other}")
    return acknowledged, sent

"""Starts, watches, stops and kills a `mizan serve`."""
import http.client
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def programs() -> pathlib.Path:
    """Where the built programs are: MIZAN_BIN, else the preset "dev"."""
    return pathlib.Path(os.environ.get("MIZAN_BIN", ROOT / "build/dev/bin"))


class Server:
    """One node. `database` is the path of an SQLite file or a postgresql:// URL."""

    def __init__(self, database: str, log: pathlib.Path, arguments: tuple = (), port: int = 0, environment=None):
        self.database = database
        self.log = log
        self.arguments = arguments
        self.port = port or free_port()
        self.environment = {**os.environ, **(environment or {})}
        self.process = None

    def command(self) -> list[str]:
        return [str(programs() / "mizan"), "serve", "--database", self.database, "--listen", f"127.0.0.1:{self.port}",
                "--requests-per-second", "0", "--log-level", "warning", *self.arguments]

    def start(self, timeout_s: float = 60, preexec=None) -> "Server":
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, env=self.environment,
                                            preexec_fn=preexec)
        self.wait_until_ready(timeout_s)
        return self

    def wait_until_ready(self, timeout_s: float = 60) -> None:
        until = time.monotonic() + timeout_s
        while not self.is_ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"mizan serve ended with {self.process.returncode}: {self.log_end()}")
            if time.monotonic() > until:
                raise RuntimeError(f"mizan serve is not ready after {timeout_s} s: {self.log_end()}")
            time.sleep(0.02)

    def is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def log_end(self, size: int = 3000) -> str:
        return self.log.read_text(errors="replace")[-size:] if self.log.exists() else ""

    def wait_for_log(self, pattern: str, timeout_s: float = 10) -> str:
        """The first group of the pattern, once the server has written it."""
        until = time.monotonic() + timeout_s
        while not (found := re.search(pattern, self.log.read_text(errors="replace"))):
            if time.monotonic() > until:
                raise RuntimeError(f"the server does not say {pattern}: {self.log_end()}")
            time.sleep(0.02)
        return found.group(1)

    def kill(self) -> None:
        """As a power cut would: no chance to say good-bye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, timeout_s: float = 60) -> int:
        """Gracefully; gives the exit code."""
        if self.process is None or self.process.poll() is not None:
            return self.process.returncode if self.process else 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def memory_mb(self) -> float:
        """Resident memory now."""
        return self.status_kb("VmRSS") / 1024

    def peak_memory_mb(self) -> float:
        return self.status_kb("VmHWM") / 1024

    def status_kb(self, name: str) -> int:
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1])
        return 0

    def cpu_seconds(self) -> float:
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def mizan(*arguments: str, database: str | None = None, text: str | None = None, timeout_s: float = 600) -> str:
    """Runs a command of mizan and gives what it printed; RuntimeError when it fails."""
    command = [str(programs() / "mizan"), *arguments]
    if database is not None:
        command += ["--database", database]
    ran = subprocess.run(command, input=text, capture_output=True, text=True, timeout=timeout_s)
    if ran.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {ran.returncode}\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return ran.stdout

"""What a scenario plays on: a fresh database, a server on it, a project with tasks."""
import contextlib
import pathlib
import random
import shutil
import tempfile
import time

from support.platform.api import Api, ApiError
from support.platform.load import Load
from support.platform.postgres import Cluster
from support.platform.server import Server
from support.platform.world import Owner, make_world

LEASE_SECONDS = 2


class Stage:
    """One database with its servers. Everything is removed at the end, unless the scenario failed."""

    def __init__(self, folder: pathlib.Path, database: str, arguments: tuple = (), environment=None, settings=None):
        self.folder = folder
        self.database = database
        self.imported = 0
        self.server = Server(database, folder / "server.log", arguments, environment=environment).start()
        owner = Owner(self.server)
        self.key = owner.make_key()
        self.api = Api(self.server.port, self.key)
        self.world = make_world(owner, self.api, **{"lease_seconds": LEASE_SECONDS, **(settings or {})})

    def more_tasks(self, count: int, patience_s: float = 60) -> None:
        """Imports the next tasks; the same ones again while the server is away, as a careful client would."""
        until = time.monotonic() + patience_s
        api = Api(self.server.port, self.key)
        while True:
            try:
                self.world.import_tasks(api, self.imported, count)
                break
            except (OSError, ApiError) as problem:
                if time.monotonic() > until or (isinstance(problem, ApiError) and problem.status < 500):
                    raise
                time.sleep(0.05)
        self.imported += count

    def load(self, clients: int = 64, port: int = 0, **options) -> Load:
        arguments = ("--seconds", "0", "--warmup", "0", "--timeout", "5", *options.pop("arguments", ()))
        return Load(self.world, port or self.server.port, self.folder, clients, arguments, **options)

    def drain(self, timeout_s: float = 300) -> None:
        """New annotators finish what is left: whatever is stuck would stay."""
        time.sleep(LEASE_SECONDS)
        self.load(32, prefix="d", arguments=("--until-empty", "--patience", str(LEASE_SECONDS + 2))).wait(timeout_s)

    def acknowledged_count(self) -> int:
        return sum(path.read_bytes().count(b"\nack ") for path in self.folder.glob("acks-*"))

    def close(self) -> None:
        if self.server.is_running():
            self.server.kill()


@contextlib.contextmanager
def stage_on(database: str, name: str, **options):
    """A Stage on an SQLite file of its own, or on the given postgresql:// URL."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"mizan-faults-{name}-"))
    stage = Stage(folder, str(folder / "mizan.db") if database == "sqlite" else database, **options)
    try:
        yield stage
    except BaseException:
        print(f"  kept: {folder}\n{stage.server.log_end(1500)}", flush=True)
        raise
    else:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        stage.close()


@contextlib.contextmanager
def cluster(settings: str = ""):
    """A PostgreSQL server of the scenario's own."""
    made = Cluster(settings)
    try:
        yield made.make()
    finally:
        made.destroy()


def moments(seed: int, count: int, shortest_s: float = 0.2, longest_s: float = 1.5):
    """Random lengths of time, the same for one seed."""
    generator = random.Random(seed)
    return [generator.uniform(shortest_s, longest_s) for _ in range(count)]

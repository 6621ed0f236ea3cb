"""The disk of the embedded database fills up under load, and is given room again."""
import pathlib
import struct
import subprocess
import tempfile
import time

import kill
from stage import stage_on
from support.platform.api import ApiError

HERE = pathlib.Path(__file__).resolve().parent
WANTED = 3


class Disk:
    """How much room there is, seen by the server through full_disk.c."""

    def __init__(self, folder: pathlib.Path):
        self.room = folder / "room"
        self.give(-1)
        self.library = folder / "full_disk.so"
        subprocess.run(["cc", "-O2", "-fPIC", "-shared", "-o", self.library, HERE / "full_disk.c", "-ldl"], check=True)

    def give(self, size_bytes: int) -> None:
        """Negative: as much as wanted."""
        mode = "r+b" if self.room.exists() else "wb"
        with open(self.room, mode) as file:
            file.write(struct.pack("=q", size_bytes))

    def environment(self) -> dict:
        return {"LD_PRELOAD": str(self.library), "MIZAN_DISK": str(self.room), "MIZAN_DISK_FOR": "mizan.db"}


def play(database: str, rounds: int, seed: int) -> str:
    with tempfile.TemporaryDirectory(prefix="mizan-disk-") as folder:
        disk = Disk(pathlib.Path(folder))
        with stage_on("sqlite", "disk", environment=disk.environment(), settings={"labels_per_task": WANTED}) as stage:
            stage.more_tasks(4_000)
            load = stage.load(64)
            try:
                seen = [fill_once(stage, disk, room) for room in (200_000, 0, 4_096)]
                time.sleep(1)
                figures = load.stop()
            finally:
                load.kill()
            codes = {name.split()[2] for name in figures["answers"] if len(name.split()) == 3}
            assert seen == ["database_full"] * len(seen), f"an import into a full disk was told {seen}"
            assert "database_full" in codes, f"annotators were told {codes}"
            return kill.prove_all(stage, f"{len(seen)} full disks told as database_full")


def fill_once(stage, disk: Disk, room: int) -> str:
    """Takes the room away, waits until writes fail, and gives it back; gives the code that an import was told."""
    disk.give(room)
    told = ""
    until = time.monotonic() + 20
    while not told and time.monotonic() < until:
        try:
            stage.world.import_tasks(stage.api, stage.imported, 500)
            stage.imported += 500
        except ApiError as problem:
            told = problem.code
    time.sleep(0.5)
    before = stage.acknowledged_count()
    time.sleep(0.3)
    assert stage.server.is_running(), "a full disk ended the server"
    assert stage.api.get(f"/api/v1/projects/{stage.world.project_id}")["name"], "reading needs no room"
    disk.give(-1)
    until = time.monotonic() + 20
    while stage.acknowledged_count() <= before + 10:
        assert time.monotonic() < until, "nothing is acknowledged although there is room again"
        time.sleep(0.1)
    return told

"""Private PostgreSQL servers that a test may stop, kill and promote."""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

from .server import free_port


def find_programs() -> pathlib.Path | None:
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return pathlib.Path(found).resolve().parent if found else None


class Cluster:
    """A server with data of its own below /var/tmp. PostgreSQL refuses to be root; then it runs as `postgres`."""

    SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
shared_buffers = 256MB
max_wal_size = 4GB
wal_level = replica
max_wal_senders = 8
hot_standby = on
wal_keep_size = 256MB
"""

    def __init__(self, settings: str = ""):
        self.programs = find_programs()
        if self.programs is None:
            raise RuntimeError("no PostgreSQL server programs: install Debian's package postgresql")
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="mizan-postgres-", dir="/var/tmp"))
        self.data = self.home / "data"
        self.port = free_port()
        self.settings = settings
        self.prefix = []
        if os.getuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.home, account.pw_uid, account.pw_gid)
            self.prefix = ["runuser", "-u", "postgres", "--"]

    def run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        command = [*self.prefix, str(self.programs / program), *arguments]
        return subprocess.run(command, cwd="/", check=check, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, timeout=120)

    def append(self, name: str, text: str) -> None:
        subprocess.run([*self.prefix, "tee", "-a", str(self.data / name)], cwd="/", input=text, text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def make(self) -> "Cluster":
        self.run("initdb", f"--pgdata={self.data}", "--auth=trust", "--username=mizan", "--encoding=UTF8", "--no-locale")
        self.append("postgresql.conf", self.SETTINGS + self.settings)
        self.append("pg_hba.conf", "host replication all 127.0.0.1/32 trust\n")
        return self.start()

    def make_standby_of(self, primary: "Cluster", name: str) -> "Cluster":
        """A copy that follows the primary; `name` is what synchronous_standby_names calls it."""
        self.run("pg_basebackup", f"--pgdata={self.data}", "--host=127.0.0.1", f"--port={primary.port}", "--username=mizan",
                 "--wal-method=stream", "--checkpoint=fast", "--write-recovery-conf")
        self.append("postgresql.auto.conf",
                    f"primary_conninfo = 'host=127.0.0.1 port={primary.port} user=mizan application_name={name}'\n")
        return self.start()

    def start(self) -> "Cluster":
        self.run("pg_ctl", f"--pgdata={self.data}", "--wait", f"--log={self.home / 'log'}", f"--options=-p {self.port}",
                 "start")
        return self

    def stop(self, mode: str = "fast") -> None:
        """fast: connections are cut, data are safe; immediate: as if it had crashed."""
        self.run("pg_ctl", f"--pgdata={self.data}", f"--mode={mode}", "--wait", "stop", check=False)

    def promote(self) -> None:
        self.run("pg_ctl", f"--pgdata={self.data}", "--wait", "promote")

    def sql(self, text: str, database: str = "postgres") -> str:
        """One value a line, columns by "|"."""
        ran = subprocess.run([str(self.programs / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text, self.url(database)],
                             check=True, capture_output=True, text=True, timeout=120)
        return ran.stdout.strip()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://mizan@127.0.0.1:{self.port}/{database}"

    def wait_for(self, query: str, wanted: str, timeout_s: float = 60) -> None:
        until = time.monotonic() + timeout_s
        while self.sql(query) != wanted:
            if time.monotonic() > until:
                raise RuntimeError(f"{query} is not {wanted} after {timeout_s} s")
            time.sleep(0.05)

    def destroy(self) -> None:
        if (self.data / "PG_VERSION").exists():
            self.stop("immediate")
        shutil.rmtree(self.home, ignore_errors=True)

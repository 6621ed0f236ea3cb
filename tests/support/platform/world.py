"""A project with a supplier, ready to be worked on: made over the API with an owner's key."""
import concurrent.futures
import dataclasses
import json
import pathlib

from .api import Api, ApiError
from .server import mizan

TEMPLATE = {
    "title": "Is it so?",
    "display": [{"type": "text", "path": "/text"}],
    "questions": [
        {"name": "verdict", "type": "choice", "title": "Is it so?", "options": [{"value": "yes"}, {"value": "no"}]}
    ],
}
ANSWERS = ('{"verdict":"yes"}', '{"verdict":"no"}')


def owner_key(database: str) -> str:
    """A new owner and an API key of theirs, made at the server's own terminal."""
    mizan("user", "create", "--email", "owner@example.org", "--name", "Owner", "--role", "owner", "--password-stdin",
          database=database, text="correct horse battery staple 1\n")
    made = mizan("token", "create", "--email", "owner@example.org", "--name", "bench", "--role", "owner", "--json",
                 database=database)
    return json.loads(made)["api_key"]


def task_lines(start: int, count: int) -> bytes:
    """Tasks as NDJSON: external ids t<start> … t<start + count - 1>."""
    return "".join(
        f'{{"external_id":"t{i}","payload":{{"text":"Statement {i}: is it so?"}}}}\n' for i in range(start, start + count)
    ).encode()


@dataclasses.dataclass
class World:
    project_id: str
    supplier_id: str
    owner_key: str
    supplier_key: str
    labels_per_task: int

    def import_tasks(self, api: Api, start: int, count: int) -> dict:
        """The same tasks again are no change."""
        return api.call("POST", f"/api/v1/projects/{self.project_id}/tasks:import", task_lines(start, count),
                        {"Content-Type": "application/x-ndjson"})

    def register(self, port: int, prefix: str, count: int) -> None:
        """Annotators of the supplier with contributor ids <prefix>0 … <prefix><count - 1>; those that exist stay."""

        def some(numbers) -> None:
            api = Api(port, self.owner_key)
            for number in numbers:
                try:
                    api.post(f"/api/v1/suppliers/{self.supplier_id}/annotators", {"contributor_id": f"{prefix}{number}"})
                except ApiError as problem:
                    if problem.code != "conflict":
                        raise

        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            list(threads.map(some, [range(part, count, 8) for part in range(8)]))

    def write_keys(self, folder: pathlib.Path) -> pathlib.Path:
        path = folder / "supplier.key"
        path.write_text(self.supplier_key + "\n")
        return path


def make_world(api: Api, name: str = "Faults", supplier_key=None, **settings) -> World:
    """`supplier_key(supplier_id)` makes a key of the supplier's manager; settings are the project's."""
    labels = settings.pop("labels_per_task", 3)
    chosen = {
        "overlap": {"kind": "fixed", "labels_per_task": labels},
        "gold": {"rate_at_start": 0, "rate_later": 0},
        "review_share": 0,
        **settings,
    }
    project = api.post("/api/v1/projects", {"name": name, "settings": chosen})["project_id"]
    api.post(f"/api/v1/projects/{project}/templates", TEMPLATE)
    supplier = api.post("/api/v1/suppliers", {"name": f"Supplier of {name}", "kind": "crowd"})["supplier_id"]
    api.post(f"/api/v1/projects/{project}/suppliers", {"supplier_id": supplier})
    key = supplier_key(supplier)
    return World(project, supplier, api.key, key, labels)

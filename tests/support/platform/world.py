"""A project with a supplier, ready to be worked on: made over the API with an owner's key."""
import concurrent.futures
import dataclasses
import json
import pathlib

from .api import Api, ApiError
from .server import Server

TEMPLATE = {
    "title": "Is it so?",
    "display": [{"type": "text", "path": "/text"}],
    "questions": [
        {"name": "verdict", "type": "choice", "title": "Is it so?", "options": [{"value": "yes"}, {"value": "no"}]}
    ],
}
ANSWERS = ('{"verdict":"yes"}', '{"verdict":"no"}')


class Owner:
    """The first owner of a fresh server, signed in as a person: only a person may make keys."""

    def __init__(self, server: Server):
        token = server.wait_for_log(r"Set-up token +(\S+)")
        self.api = Api(server.port)
        details = {"token": token, "email": "owner@example.org", "name": "Owner", "password": "correct horse battery staple"}
        reply = self.api.open("POST", "/api/v1/setup", details)
        signed_in = json.loads(reply.read())
        if reply.status != 201:
            raise RuntimeError(f"set-up: {signed_in}")
        self.account_id = signed_in["account"]["account_id"]
        self.headers = {"Cookie": reply.headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": signed_in["csrf_token"]}

    def make_key(self, role: str = "owner", **place) -> str:
        """place: project_id or supplier_id; neither = the organisation. A key reaches no further than its maker."""
        if role != "owner":
            self.api.post("/api/v1/members:give_role", {"account_id": self.account_id, "role": role, **place}, self.headers)
        return self.api.post("/api/v1/api_keys", {"name": "outside", "role": role, **place}, self.headers)["secret"]


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


def make_world(owner: Owner, api: Api, name: str = "Outside", **settings) -> World:
    """`api` has a key of the owner's; settings are the project's."""
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
    key = owner.make_key("supplier_manager", supplier_id=supplier)
    return World(project, supplier, api.key, key, labels)

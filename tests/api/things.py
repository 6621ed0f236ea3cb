"""One of everything that a path can name, so that requests come past the doors and reach the verbs."""
import json

from support.platform.api import Api
from support.platform.world import Owner, World

GOLD_ANSWERS = {"answers": {"verdict": "yes"}}


def make_things(owner: Owner, api: Api, world: World) -> dict[str, str]:
    """`api` has the owner's key. Gives ids by the names of path parameters. None is the one that the caller signs in with."""
    project = f"/api/v1/projects/{world.project_id}"
    world.import_tasks(api, 0, 50)
    world.register(api.connection.port, "annotator", 1)
    tasks = api.get(f"{project}/tasks?limit=50")["data"]
    things = {"project_id": world.project_id, "supplier_id": world.supplier_id, "task_id": tasks[-1]["task_id"],
              "template_version": "1"}
    things["batch_id"] = api.post(f"{project}/batches", {"name": "First batch"})["batch_id"]
    things["webhook_id"] = api.post(f"{project}/webhooks", {"url": "https://example.org/mizan"})["webhook_id"]
    webhook = f"{project}/webhooks/{things['webhook_id']}"
    api.post(f"{webhook}:test")
    things["delivery_id"] = api.get(f"{webhook}/deliveries")["data"][0]["delivery_id"]
    things |= work(Api(api.connection.port, world.supplier_key), project)
    things["review_id"] = api.post(f"{project}/reviews", {"annotation_id": things["annotation_id"]})["review_id"]
    return things | people(owner)


def work(supplier: Api, project: str) -> dict[str, str]:
    """An annotation, and a live assignment with a draft."""
    whom = {"contributor_id": "annotator0"}
    done = supplier.post(f"{project}/assignments", whom)["assignment_id"]
    annotation = supplier.post(f"/api/v1/assignments/{done}/annotation", GOLD_ANSWERS)["annotation_id"]
    live = supplier.post(f"{project}/assignments", whom)["assignment_id"]
    supplier.call("PUT", f"/api/v1/assignments/{live}/draft", GOLD_ANSWERS)
    annotators = supplier.get(f"{project}/annotations")["data"]
    return {"assignment_id": live, "annotation_id": annotation, "annotator_id": annotators[0]["annotator_id"]}


def people(owner: Owner) -> dict[str, str]:
    """Another account with a session, an invitation and a key."""
    ask = owner.api
    invited = ask.post("/api/v1/invites", {"email": "reviewer@example.org", "role": "reviewer"}, owner.headers)
    accept = {"token": invited["token"], "password": "correct horse battery staple", "name": "Reviewer"}
    reply = ask.open("POST", "/api/v1/invites:accept", accept)
    signed_in = json.loads(reply.read())
    pending = ask.post("/api/v1/invites", {"email": "later@example.org", "role": "auditor"}, owner.headers)
    key = ask.post("/api/v1/api_keys", {"name": "spare", "role": "auditor"}, owner.headers)
    second = sign_in_again(ask)
    return {"account_id": signed_in["account"]["account_id"], "invite_id": pending["invite_id"],
            "api_key_id": key["api_key_id"], "session_id": second["session_id"]}


def sign_in_again(ask: Api) -> dict:
    details = {"email": "owner@example.org", "password": "correct horse battery staple"}
    return json.loads(ask.open("POST", "/api/v1/sessions", details).read())

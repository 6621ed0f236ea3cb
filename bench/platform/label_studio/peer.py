#!/usr/bin/env python3
"""What Label Studio takes for the work that bench/run_platform gives Mizan; prints JSON.

peer.py [--tasks 50000] [--clients 16] [--seconds 30] [--deps .deps]

Label Studio as its own quick start has it: from PyPI, `label-studio start` on SQLite, here without a browser and without
sending usage data. Measured, each over its REST API on this machine:
  import   POST /api/projects/{id}/import of all tasks in one request
  list     GET /api/tasks?fields=task_only&include=id, page after page (the leanest list it has)
  work     CLIENTS annotators in a closed loop: GET /api/projects/{id}/next, then POST /api/tasks/{id}/annotations
  export   GET /api/projects/{id}/export?exportType=JSON of as many annotated tasks (the fastest of its formats that keeps
           every annotation)
"""
import argparse
import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
LABEL_CONFIG = (
    '<View><Text name="text" value="$text"/>'
    '<Choices name="verdict" toName="text"><Choice value="yes"/><Choice value="no"/></Choices></View>'
)
ANSWER = [{"from_name": "verdict", "to_name": "text", "type": "choices", "value": {"choices": ["yes"]}}]


class Api:
    """One keep-alive connection of one annotator."""

    def __init__(self, port: int, token: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=900)
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}

    def call(self, method: str, path: str, body=None):
        text = None if body is None else json.dumps(body)
        for attempt in (1, 2):
            try:
                self.connection.request(method, path, text, self.headers)
                reply = self.connection.getresponse()
                data = reply.read()
                break
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                if attempt == 2:
                    raise
        if reply.status >= 400:
            raise RuntimeError(f"{method} {path}: {reply.status} {data[:300]!r}")
        return data


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(deps: pathlib.Path, folder: str, clients: int):
    environment = {
        **os.environ,
        "LABEL_STUDIO_BASE_DATA_DIR": folder,
        "COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LOG_LEVEL": "ERROR",
    }
    programs = deps / "label-studio/bin"
    made = subprocess.run([programs / "python", HERE / "prepare.py", str(clients)], env=environment, check=True,
                          stdout=subprocess.PIPE, text=True, timeout=600)
    tokens = json.loads(made.stdout)
    port = free_port()
    log = open(os.path.join(folder, "server.log"), "wb")
    server = subprocess.Popen([programs / "label-studio", "start", "--no-browser", "--port", str(port)], env=environment,
                              stdout=log, stderr=log)
    for _ in range(240):
        try:
            Api(port, tokens[0]).call("GET", "/api/version")
            return server, port, tokens
        except (OSError, RuntimeError, http.client.HTTPException):
            time.sleep(0.5)
    raise SystemExit("Label Studio does not answer: " + pathlib.Path(folder, "server.log").read_text()[-2000:])


def timed(function, *arguments) -> tuple[float, object]:
    start_at = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start_at, result


def make_project(api: Api, title: str) -> int:
    project = json.loads(api.call("POST", "/api/projects", {"title": title, "label_config": LABEL_CONFIG}))
    return project["id"]


def texts(count: int) -> list[dict]:
    return [{"text": f"Statement {i}: is it so?", "external_id": f"t{i}"} for i in range(count)]


def list_ids(api: Api, project: int, count: int) -> int:
    seen, page = set(), 1
    while len(seen) < count:
        path = f"/api/tasks?project={project}&fields=task_only&include=id&page_size=1000&page={page}"
        seen.update(task["id"] for task in json.loads(api.call("GET", path))["tasks"])
        page += 1
    return len(seen)


def work(port: int, tokens: list[str], project: int, seconds: float) -> dict:
    until = time.perf_counter() + seconds
    latencies: list[float] = []
    failures: list[str] = []

    def annotator(token: str) -> None:
        api = Api(port, token)
        while time.perf_counter() < until:
            begin = time.perf_counter()
            try:
                task = json.loads(api.call("GET", f"/api/projects/{project}/next"))["id"]
                api.call("POST", f"/api/tasks/{task}/annotations/", {"result": ANSWER, "lead_time": 1.0})
            except (RuntimeError, OSError) as problem:
                failures.append(str(problem)[:120])
                continue
            latencies.append(time.perf_counter() - begin)

    taken, _ = timed(run_all, [threading.Thread(target=annotator, args=(token,)) for token in tokens])
    latencies.sort()
    return {
        "submits_per_second": len(latencies) / taken,
        "p50_ms": 1e3 * latencies[len(latencies) // 2],
        "p99_ms": 1e3 * latencies[int(len(latencies) * 0.99)],
        "failures": len(failures),
        "first_failure": failures[:1],
    }


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measure(port: int, tokens: list[str], count: int, seconds: float) -> dict:
    api = Api(port, tokens[0])
    project = make_project(api, "work")
    import_seconds, _ = timed(api.call, "POST", f"/api/projects/{project}/import", texts(count))
    list_seconds, listed = timed(list_ids, api, project, count)
    worked = work(port, tokens, project, seconds)
    annotated = make_project(api, "export")
    api.call("POST", f"/api/projects/{annotated}/import",
             [{"data": data, "annotations": [{"result": ANSWER}]} for data in texts(count)])
    export_seconds, exported = timed(api.call, "GET", f"/api/projects/{annotated}/export?exportType=JSON")
    assert listed == count and len(json.loads(exported)) == count
    return {"tasks": count, "clients": len(tokens), "import_seconds": import_seconds, "list_seconds": list_seconds,
            "export_seconds": export_seconds, "export_bytes": len(exported), "work": worked}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tasks", type=int, default=50_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--deps", type=pathlib.Path, default=HERE.parents[2] / ".deps")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="label-studio-") as folder:
        server, port, tokens = start(options.deps, folder, options.clients)
        try:
            version = json.loads(Api(port, tokens[0]).call("GET", "/api/version"))["release"]
            json.dump({"version": version, **measure(port, tokens, options.tasks, options.seconds)}, sys.stdout, indent=1)
            print()
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


if __name__ == "__main__":
    main()

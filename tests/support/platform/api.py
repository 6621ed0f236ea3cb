"""The API over one keep-alive connection. Standard library only."""
import http.client
import json


class ApiError(Exception):
    """An answer that is an error: `status`, `code` and `problem` (RFC 9457) say which."""

    def __init__(self, method: str, path: str, status: int, text: bytes):
        try:
            self.problem = json.loads(text)
        except ValueError:
            self.problem = {}
        self.status = status
        self.code = self.problem.get("code", "")
        super().__init__(f"{method} {path}: {status} {text[:500].decode(errors='replace')}")


class Api:
    """Not for several threads at once: each has its own."""

    def __init__(self, port: int, key: str = "", timeout_s: float = 60):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
        self.key = key

    def open(self, method: str, path: str, body=None, headers=None) -> http.client.HTTPResponse:
        """Sends; the answer is still to be read. A body that is not bytes is sent as JSON."""
        sent = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        self.connection.request(method, path, body, {**sent, **(headers or {})})
        return self.connection.getresponse()

    def call(self, method: str, path: str, body=None, headers=None):
        """The answer's JSON, or None where there is none. ApiError for 4xx and 5xx; OSError without an answer."""
        try:
            reply = self.open(method, path, body, headers)
            text = reply.read()
        except http.client.HTTPException as problem:
            self.connection.close()
            raise ConnectionError(f"{method} {path}: {problem!r}") from problem
        except OSError:
            self.connection.close()
            raise
        if reply.status >= 400:
            raise ApiError(method, path, reply.status, text)
        return json.loads(text) if text else None

    def get(self, path: str):
        return self.call("GET", path)

    def post(self, path: str, body=None, headers=None):
        return self.call("POST", path, {} if body is None else body, headers)

    def pages(self, path: str, limit: int = 1000):
        """Every entry of a list, page after page."""
        after = ""
        joiner = "&" if "?" in path else "?"
        while True:
            page = self.get(f"{path}{joiner}limit={limit}{after}")
            yield from page["data"]
            if not page["next"]:
                return
            after = f"&after={page['next']}"

    def lines(self, path: str):
        """Every line of an NDJSON answer, in constant memory."""
        reply = self.open("GET", path)
        if reply.status >= 400:
            raise ApiError("GET", path, reply.status, reply.read())
        for line in reply:
            if line.strip():
                yield json.loads(line)

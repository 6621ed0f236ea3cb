"""A small client of Mizan's HTTP API, standard library only: one keep-alive connection, JSON in and out."""

import http.client
import json
import time
import urllib.parse


class Problem(Exception):
    """What the server answered instead: its problem details, with the stable code."""

    def __init__(self, status, details):
        place = f" (at {details['where']})" if details.get("where") else ""
        hint = f"; {details['hint']}" if details.get("hint") else ""
        super().__init__(f"{status} {details.get('code', '')}: {details.get('detail', '')}{place}{hint}")
        self.status = status
        self.code = details.get("code", "")
        self.details = details


class Mizan:
    """Not thread-safe: one for each thread."""

    def __init__(self, url, key=None):
        self._url = urllib.parse.urlsplit(url)
        self._credentials = {"Authorization": "Bearer " + key} if key else {}
        self._connection = None

    def sign_in(self, email, password):
        """Goes on as a person instead of an API key: keys, for one, are made by people."""
        self._start_session("/sessions", {"email": email, "password": password})

    def accept_invite(self, token, name, password):
        """Makes the account that an invitation offers, and goes on as it."""
        self._start_session("/invites:accept", {"token": token, "name": name, "password": password})

    def stranger(self):
        """A client of the same server that has not signed in."""
        return Mizan(self._url.geturl())

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, body)

    def post_lines(self, path, rows):
        """Sends rows as newline-delimited JSON."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return self.call("POST", path, text.encode(), "application/x-ndjson")

    def everything(self, path):
        """Every entry of a list, page after page."""
        after = ""
        joiner = "&" if "?" in path else "?"
        while True:
            page = self.get(f"{path}{joiner}limit=1000{after}")
            yield from page["data"]
            if page["next"] is None:
                return
            after = "&after=" + urllib.parse.quote(page["next"])

    def call(self, method, path, body=None, content_type="application/json"):
        """The decoded answer, or None where there is none. A server that is busy (429, 503) is asked again."""
        return self._exchange(method, path, body, content_type)[0]

    def _start_session(self, path, proof):
        signed_in, headers = self._exchange("POST", path, proof)
        cookie = headers["Set-Cookie"].partition(";")[0]
        self._credentials = {"Cookie": cookie, "X-CSRF-Token": signed_in["csrf_token"]}

    def _exchange(self, method, path, body=None, content_type="application/json"):
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        headers = {**self._credentials, "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = content_type
        while True:
            status, answer_headers, text = self._send(method, "/api/v1" + path, body, headers)
            if status not in (429, 503):
                break
            time.sleep(float(answer_headers.get("Retry-After", 1)))
        answer = json.loads(text) if text else None
        if status >= 400:
            raise Problem(status, answer or {})
        return answer, answer_headers

    def _send(self, method, path, body, headers):
        """An idle connection that the server has closed meanwhile is opened again once; after that OSError is the caller's."""
        for attempt in (1, 2):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self._url.hostname, self._url.port, timeout=60)
            try:
                self._connection.request(method, path, body, headers)
                answer = self._connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, OSError) as failure:
                self._connection.close()
                self._connection = None
                if attempt == 2:
                    raise ConnectionError(f"{method} {path}: {failure}") from failure

"""A small client of Mizan's HTTP API, standard library only: one keep-alive connection, JSON in and out."""

import http.client
import json
import time
import urllib.parse


class Problem(Exception):
    """What the server answered instead: its problem details, with the stable code."""

    def __init__(self, status, details):
        super().__init__(f"{status} {details.get('code', '')}: {details.get('detail', '')} {details.get('hint', '')}")
        self.status = status
        self.code = details.get("code", "")


class Mizan:
    """Not thread-safe: one for each thread."""

    def __init__(self, url, key):
        self._url = urllib.parse.urlsplit(url)
        self._key = key
        self._connection = None

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, body)

    def post_lines(self, path, rows):
        """Streams rows as newline-delimited JSON."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return self.call("POST", path, text.encode(), "application/x-ndjson")

    def everything(self, path):
        """Every page of a list."""
        after = None
        while True:
            page = self.get(path + ("?after=" + urllib.parse.quote(after) if after else ""))
            yield from page["data"]
            after = page["next"]
            if after is None:
                return

    def call(self, method, path, body=None, content_type="application/json"):
        """The decoded answer, or None for 204. A server that is busy (429, 503) is asked again."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        headers = {"Authorization": "Bearer " + self._key, "Accept": "application/json"}
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
        return answer

    def _send(self, method, path, body, headers):
        for attempt in (1, 2):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self._url.hostname, self._url.port, timeout=60)
            try:
                self._connection.request(method, path, body, headers)
                answer = self._connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, ConnectionError):
                # The server may have closed an idle connection; a second failure is the caller's to see.
                self._connection.close()
                self._connection = None
                if attempt == 2:
                    raise

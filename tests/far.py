"""A system of somebody else on this machine: it notes what it was asked, and answers as told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Far:
    """`answers` are (status, body) in the order they are given; without one left the connection just ends."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answers: list[tuple[int, Any]] = []
        far = self

        class Answering(BaseHTTPRequestHandler):
            def _any(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                parts = urlsplit(self.path)
                body = json.loads(self.rfile.read(length)) if length else None
                far.asked.append({"line": f"{self.command} {parts.path}", "query": parse_qs(parts.query), "body": body, "headers": dict(self.headers)})
                if not far.answers:
                    self.close_connection = True
                    return
                status, data = far.answers.pop(0)
                payload = data if isinstance(data, bytes) else json.dumps(data).encode()
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/api/"
        # it looks that often whether it shall end
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

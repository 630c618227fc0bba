"""A server on this machine whose every path is a function: for what is fetched and downloaded."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handler = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server whose every path is a function."""

    def __init__(self) -> None:
        self.paths: dict[str, Handler] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                outer.paths.get(self.path, send(b"no", status=404))(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def send(body: bytes, status: int = 200, **headers: str) -> Handler:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "content_length" not in headers:
            request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer

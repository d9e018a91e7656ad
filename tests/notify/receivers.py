"""What messages arrive at: a mail server and an HTTP server, which can be told to fail."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return made.getsockname()[1]


@dataclass
class Mailbox:
    port: int
    mails: list[Message] = field(default_factory=list)
    refuse: str | None = None  # what to answer instead of taking a mail

    def url(self, to: str = "noc@example.com") -> str:
        return f"mailto://127.0.0.1:{self.port}?from=incidents@example.com&to={to}"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse
        self.mails.append(message_from_bytes(envelope.content))
        return "250 taken"


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Service:
    """An HTTP service. `answers`: status codes for the next requests, or 'hang', 'reset'; then 200."""

    port: int
    answers: deque[int | str] = field(default_factory=deque)
    always: int | str = 202
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, Any, dict[str, str]]] = field(default_factory=list)  # those that it took
    seen: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, scheme: str = "webhook", path: str = "/hook") -> str:
        return f"{scheme}+http://127.0.0.1:{self.port}{path}"

    def bodies(self) -> list[Any]:
        return [body for _path, body, _headers in list(self.requests)]


@contextmanager
def service() -> Iterator[Service]:
    told = Service(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.seen += 1
            answer = told.answers.popleft() if told.answers else told.always
            if answer == "hang":
                told.released.wait(60)
                return
            if answer == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            if answer < 300:
                told.requests.append((self.path, json.loads(content or "null"), dict(self.headers)))
            self.send_response(answer)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"no, said the service" if answer >= 300 else b"{}")

        do_GET = do_POST

        def log_message(self, *_args: Any) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (OSError, ValueError):
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.released.set()
        server.shutdown()
        server.server_close()


def until(happened: Any, seconds: float = 30) -> None:
    """Wait until it has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)

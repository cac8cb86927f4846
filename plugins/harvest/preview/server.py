"""The preview over HTTP: pages and files of one site, and the news for open browsers.

The standard library's threading server: a handful of browsers on one machine need no more,
and a waiting browser costs one sleeping thread.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from harvest.faults import Fault
from harvest.preview.answer import NOTHING, STRANGER, Answer, name_of
from harvest.preview.page import SCRIPT, with_script
from harvest.preview.screens import Screens

NEWS = "/.harvest/news"
_EVENTS = "text/event-stream; charset=utf-8"
_PATIENCE = 10.0  # seconds until a word to a browser, to learn whether it is still there
_PORTS_TRIED = 50
_EVERYONE = "0.0.0.0"  # noqa: S104 (only if asked for)

Look = Callable[[str], Answer]


class PreviewServer(ThreadingHTTPServer):
    """Listens from the first moment, so that a port in use is told before anything is built."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, bind: str, port: int) -> None:
        self.look: Look = lambda _: NOTHING
        self.screens: Screens | None = None
        self.address_family = _family(bind)
        try:
            super().__init__((bind, port), _Handler)
        except OSError as error:
            raise _refused(error, bind, port) from error

    @property
    def url(self) -> str:
        """Where to look, as a browser on this machine wants it."""
        host, port = str(self.server_address[0]), self.server_address[1]
        shown = {_EVERYONE: "127.0.0.1", "::": "::1"}.get(host, host)
        return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"

    def knows(self, host: str) -> bool:
        """Whether a request for this host is meant for us.

        On this machine's own address nobody asks for another name than localhost, unless a
        site elsewhere had its name lead here, to read our drafts in its visitor's browser.
        """
        if not ip_address(str(self.server_address[0])).is_loopback:
            return True
        try:
            name = urlsplit(f"//{host}").hostname or "localhost"
        except ValueError:
            return False
        return name == "localhost" or name.endswith(".localhost") or _is_number(name)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error; the rest is told as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(server: PreviewServer, look: Look, screens: Screens | None = None) -> Iterator[None]:
    """The server sends what ``look`` answers while the block runs; with ``screens`` news too."""
    server.look, server.screens = look, screens
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _is_number(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def _family(bind: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in bind else socket.AF_INET


def _refused(error: OSError, bind: str, port: int) -> Fault:
    """What stands in the way of listening, and what would go."""
    if error.errno == errno.EADDRINUSE:
        free = _free_port(bind, port + 1)
        right = f"; {free} is free: harvest serve --port {free}" if free else "; choose another"
        return Fault(f"--port {port}: another program listens there{right}")
    if error.errno == errno.EACCES:
        return Fault(f"--port {port}: not allowed on this machine; choose one above 1023")
    right = f"127.0.0.1 is this machine, {_EVERYONE} is your network"
    return Fault(f"--bind {bind}: {error.strerror or error}; {right}")


def _free_port(bind: str, start: int) -> int | None:
    ports = range(start, min(start + _PORTS_TRIED, 65536))
    return next((port for port in ports if _is_free(bind, port)), None)


def _is_free(bind: str, port: int) -> bool:
    with socket.socket(_family(bind)) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((bind, port))
        except OSError:
            return False
    return True


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "harvest"
    sys_version = ""

    def do_GET(self) -> None:
        """Send a page, a file, our script or the news."""
        address, screens = urlsplit(self.path), self.server.screens
        if not self.server.knows(self.headers.get("Host", "")):
            self._send(STRANGER)
        elif screens and address.path == NEWS:
            self._send_news(screens, parse_qs(address.query).get("path", ["/"])[0])
        elif screens and address.path == SCRIPT:
            self._send(Answer(200, "preview.js", file=Path(__file__).with_name("reload.js")))
        else:
            self._send(self._answer())

    def do_HEAD(self) -> None:
        """The same without the body."""
        self.do_GET()

    def _answer(self) -> Answer:
        name = name_of(self.path)
        return NOTHING if name is None else self.server.look(name)

    def _send(self, answer: Answer) -> None:
        if answer.elsewhere:
            query = urlsplit(self.path).query
            place = quote(answer.elsewhere) + (f"?{query}" if query else "")
            self._begin(answer.status, {"Location": place})
            self._end(b"")
        elif answer.file:
            self._send_file(answer, answer.file)
        else:
            self._send_body(answer, answer.body, {"Cache-Control": "no-store"})

    def _send_file(self, answer: Answer, file: Path) -> None:
        try:
            stat, body = file.stat(), file.read_bytes()
        except OSError:
            self._send(NOTHING)
            return
        # not Last-Modified: two saves may fall into one of its seconds
        tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        if self._is_followed(answer):  # its script tells the build, which is not in the tag
            self._send_body(answer, body, {"Cache-Control": "no-store"})
        elif answer.status == 200 and tag in self.headers.get("If-None-Match", ""):
            self._begin(304, {"ETag": tag, "Cache-Control": "no-cache"})
            self.end_headers()
        else:
            self._send_body(answer, body, {"ETag": tag, "Cache-Control": "no-cache"})

    def _is_followed(self, answer: Answer) -> bool:
        return self.server.screens is not None and answer.kind.startswith("text/html")

    def _send_body(self, answer: Answer, body: bytes, headers: dict[str, str]) -> None:
        if self._is_followed(answer):
            body = with_script(body, answer.number)
        self._begin(answer.status, {"Content-Type": answer.kind, **headers})
        self._end(body)

    def _begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"X-Content-Type-Options": "nosniff", **headers}.items():
            self.send_header(name, value)

    def _end(self, body: bytes) -> None:
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_news(self, screens: Screens, address: str) -> None:
        """Server-sent events until the browser or the preview goes away."""
        self.close_connection = True
        self._begin(200, {"Content-Type": _EVENTS, "Cache-Control": "no-store"})
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        with screens.open(address):
            for state in screens.news(_PATIENCE):
                told = f"data: {state}" if state else ": still here"
                self.wfile.write(f"{told}\n\n".encode())

    def log_message(self, *_: object) -> None:
        """Says nothing: the terminal is for what the author did."""

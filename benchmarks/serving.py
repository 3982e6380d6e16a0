"""The site as gunicorn serves it, on a free port of 127.0.0.1, and what its workers cost."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from agencies.models import User

HOST = "127.0.0.1"
WORKERS, THREADS = 2, 4
TIMEOUT = 60
_FORM = "application/x-www-form-urlencoded"
# A token for forms is as good as any, as long as cookie and field are the same.
_TOKEN = "b" * 32


@dataclass(frozen=True)
class Answered:
    status: int
    location: str
    body: str


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def cpu_seconds(self) -> float:
        """What the workers have used since they began. On Linux alone; elsewhere 0."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                values = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(values[1]) == self.process.pid:
                ticks += int(values[11]) + int(values[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def errors(self) -> str:
        """The end of what gunicorn and Django wrote."""
        return self.log.read_text(errors="replace")[-3000:]


@contextmanager
def served() -> Iterator[Server]:
    """Stops when the block is left. With the settings of this process's environment."""
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--threads",
               str(THREADS), "--log-level", "warning", "config.wsgi"]  # fmt: skip
    with (
        socket.create_server((HOST, 0), backlog=512) as listening,
        tempfile.TemporaryDirectory(prefix="snackan-bench-log-") as folder,
    ):
        number, log = listening.fileno(), Path(folder, "log")
        with log.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603  nothing from outside
                [*command, "--bind", f"fd://{number}"], pass_fds=(number,), stdout=out, stderr=out
            )
        server = Server(listening.getsockname()[1], process, log)
        try:
            _wait(server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(server: Server) -> None:
    """Until every worker has answered something, so that none starts while it is measured."""
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until and server.process.poll() is None:
        try:
            answers = [Browser(server.port).get("/healthz") for _request in range(WORKERS * 4)]
        except OSError:
            time.sleep(0.2)
            continue
        if all(answer.status == http.HTTPStatus.OK for answer in answers):
            return
    raise SystemExit(f"gunicorn did not start:\n{server.errors()}")


@dataclass
class Browser:
    """One person's, who is signed in where there is a cookie. A connection for each request, so
    that none of them meets one that the server has just closed."""

    port: int
    cookie: str = ""
    sent: list[float] = field(default_factory=list)

    def get(self, path: str) -> Answered:
        return self._send("GET", path, None)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answered:
        return self._send("POST", path, urlencode([*fields, ("csrfmiddlewaretoken", _TOKEN)]))

    def _send(self, method: str, path: str, body: str | None) -> Answered:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT)
        headers = {"Connection": "close", "Cookie": f"{self.cookie}csrftoken={_TOKEN}"}
        if body is not None:
            headers["Content-Type"] = _FORM
        started = time.perf_counter()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
            self.sent.append(time.perf_counter() - started)
        return Answered(response.status, response.getheader("Location") or "", text)


def signed_in(user: User) -> Client:
    client = Client(enforce_csrf_checks=True, headers={"host": HOST})
    client.force_login(user)
    client.cookies["csrftoken"] = _TOKEN
    # Otherwise the first request would do it.
    client.handler.load_middleware()
    return client


def post(client: Client, path: str, fields: dict[str, Any]) -> Any:
    body = urlencode({**fields, "csrfmiddlewaretoken": _TOKEN}, doseq=True)
    return client.post(path, body, content_type=_FORM)


def cookie_of(client: Client) -> str:
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}; "

"""A Chromium before the real site: the server answers inside the test's own transaction.

So the starter content is there, rows that a test makes are seen, and all is rolled back after it,
on SQLite in memory as on PostgreSQL. Every test that opens a page also fails on an error in the
console, a request that fails and a request to another host.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import LiveServerThread, ThreadedWSGIServer
from playwright.sync_api import ConsoleMessage, Page, Request, Response

HERE = Path(__file__).parent
# The file that Wagtail makes an image's sizes in.
LEFT_OPEN_BY_WAGTAIL = "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
CHROMIUM = shutil.which("chromium")
JAVA = shutil.which("java")
CHECKER = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings(LEFT_OPEN_BY_WAGTAIL))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Leaves out what this machine has no programs for, with one line; fails where CI wants it."""
    if "browser" in item.fixturenames and not CHROMIUM:
        _leave_out("browser tests", "Chromium")
    if "checker" in item.fixturenames and not JAVA:
        _leave_out("HTML validity", "Java")
    if "checker" in item.fixturenames and not CHECKER.exists():
        _leave_out("HTML validity", "vnu-jar, see tests/browser/package.json,")


def _leave_out(what: str, missing: str) -> None:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{missing} not found, and REQUIRE_BROWSER=1 is set", pytrace=False)
    pytest.skip(f"{what} left out: {missing} not found")


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command of the Nu HTML checker, without the files to check."""
    return [str(JAVA), "-Xss4m", "-jar", str(CHECKER), "--format", "json"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-background-networking"],
    }


class _Server(ThreadedWSGIServer):
    def _close_connections(self) -> None:
        """The connection is the test's own and goes on after the request."""


class _ServerThread(LiveServerThread):
    server_class = _Server


class _Handler(StaticFilesHandler):
    """All requests are in the test's own transaction, and so wait for each other."""

    lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        with self.lock:
            return super().__call__(environ, start_response)


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """The address of the site, static and uploaded files too."""
    connection = connections["default"]
    connection.inc_thread_sharing()
    thread = _ServerThread("127.0.0.1", _Handler, connections_override={"default": connection})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    connection.dec_thread_sharing()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], server: str) -> dict[str, Any]:
    # Without smooth scrolling a place on the page is reached at once.
    return {**browser_context_args, "base_url": server, "reduced_motion": "reduce"}


@pytest.fixture
def shared_connection(db: None) -> Iterator[None]:
    """Requests do not close the connection whose transaction the test is in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def page(page: Page, server: str, shared_connection: None) -> Iterator[Page]:
    """A tab that lets no trouble pass, whatever the test itself asks."""
    trouble: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A page that is missing on purpose is said in the console too; tests ask for its status.
        if message.type in {"error", "warning"} and message.location["url"] != page.url:
            trouble.append(f"{message.type} in the console: {message.text}")

    def on_response(response: Response) -> None:
        # Tests ask themselves for the status of the page that they open.
        if response.status >= (500 if response.request.is_navigation_request() else 400):
            trouble.append(f"{response.status} for {response.url}")

    def on_failure(request: Request) -> None:
        # The browser itself lets go of what it does not need any more.
        if request.failure != "net::ERR_ABORTED":
            trouble.append(f"{request.failure} for {request.url}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((f"{server}/", "data:")):
            trouble.append(f"request to another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: trouble.append(f"error in a script: {error}"))
    page.on("response", on_response)
    page.on("requestfailed", on_failure)
    page.on("request", on_request)
    yield page
    assert not trouble, "\n".join(trouble)


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()

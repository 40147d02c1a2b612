"""A real browser on a live server, and a worker that does what is queued."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

if TYPE_CHECKING:  # a conftest may be read before Django is set up
    from accounts.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 30_000  # milliseconds: how long a busy machine may take to show something
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")  # its event loop must not outlive these tests
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian's package is `chromium`)")
    # Playwright runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    # In that loop this thread has other connections: those it had would be cut with a renewed database, unseen.
    connections.close_all()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


class Visitor:
    """Somebody at a browser of their own. Whatever the browser complains of fails the test."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(
            base_url=address, viewport={"width": 1440, "height": 900}
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, user: User) -> Visitor:
        from tests.factories import PASSWORD

        self.page.goto("/accounts/login/")
        self.page.get_by_label("Email").fill(user.email)
        self.page.get_by_label("Password").first.fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/desk/**")
        return self


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Callable[[], Visitor]]:
    """Makes visitors, each with cookies of their own."""
    everybody: list[Visitor] = []

    def arrive() -> Visitor:
        everybody.append(Visitor(browser, live_server.url))
        return everybody[-1]

    yield arrive
    complaints = [words for one in everybody for words in one.complaints]
    for one in everybody:
        one.context.close()
    assert complaints == []


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    """One of each role that the story needs, who can sign in."""
    from django.contrib.auth import get_user_model

    from tests.factories import PASSWORD, house_rating

    house_rating()
    wanted = {
        "contributor": "contributor",
        "ada": "reviewer",
        "ben": "reviewer",
        "eve": "editor",
        "kay": "editor",
    }
    return {
        name: get_user_model().objects.create_user(
            f"{name}@example.org", PASSWORD, name=f"{name.title()} Brook", role=role
        )
        for name, role in wanted.items()
    }


@pytest.fixture
def work_off(transactional_db: None) -> Callable[[], None]:
    """Run a worker until nothing is queued, in a thread: the browser's event loop has this one."""

    from procrastinate.contrib.django import app

    def run() -> None:
        def work() -> None:
            with app.replace_connector(app.connector.get_worker_connector()) as worker:
                worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join(timeout=60)
        assert not thread.is_alive()

    return run

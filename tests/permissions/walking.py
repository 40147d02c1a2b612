"""Every address that the house answers, by walking its URL patterns; and what came of a request to one."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.objects import Objects
from tests.permissions.requests import address, content

#: Pages of the admin that belong to no model. The others are known by their path: some have no name.
OF_THE_SITE = frozenset({
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
    "view_on_site", "app_list",
})  # fmt: skip
WRITES = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "'
    r"(?:accounts|audit|articles|claims|sources|reviews|publishing|procrastinate|mfa)_"
)
#: When a key was last used is noted whatever becomes of the request.
NOTED = re.compile(r'UPDATE "accounts_apikey" SET "last_used_at" = [^,]* WHERE')


def patterns(resolver: URLResolver | None = None, path: str = "", space: str = "") -> Iterator[str]:
    """The name of each pattern, as the table has it."""
    for item in (resolver or get_resolver()).url_patterns:
        route = path + str(item.pattern).removeprefix("^")
        if isinstance(item, URLPattern):
            yield _name(item, route, space)
        else:
            yield from patterns(item, route, f"{item.namespace}:" if item.namespace else space)


def _name(pattern: URLPattern, route: str, space: str) -> str:
    if space == "admin:" and pattern.name not in OF_THE_SITE:
        return space + re.sub(r"<[^>]*id>", "<pk>", route.removeprefix("admin/"))
    assert pattern.name, f"{route} has no name to call it by"
    return space + pattern.name


def ask(
    objects: Objects, method: str, name: str, role: str = "", way: str = "session"
) -> tuple[str, HttpResponse]:
    """What somebody of this role (or no one) gets: a status, "in" for the sign-in page, "done" if it wrote."""
    where, sent = (
        address(objects, name, role),
        content(objects, "GET" if method == "HEAD" else method, name),
    )
    is_key = way != "session"
    headers = {"Authorization": f"Bearer {objects.secrets[role, way]}"} if is_key else {}
    browser = objects.browse_as("" if is_key else role)
    options: dict[str, Any] = {"headers": headers}
    if name.startswith(("api:", "google:", "annotations:")) and method != "GET":
        options["content_type"] = "application/json"
    connection.queries_log.clear()  # it is short, and warns when it is full
    with CaptureQueriesContext(connection) as queries:
        response = getattr(browser, method.lower())(where, sent, **options)
    return _outcome(response, [query["sql"] for query in queries]), response


def _outcome(response: HttpResponse, statements: list[str]) -> str:
    wrote = [sql for sql in statements if WRITES.match(sql) and not NOTED.match(sql)]
    if wrote:
        return (
            "done" if response.status_code < 400 else f"{response.status_code} but wrote: {wrote}"
        )
    signing_in = {
        reverse("account_login"),
        reverse("admin:login"),
        reverse("account_reauthenticate"),
    }
    if response.status_code == 302 and urlsplit(response["Location"]).path in signing_in:
        return "in"
    return str(response.status_code)

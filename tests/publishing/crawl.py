"""Reads every page that a reader can come to, as a reader does: by its links."""

import html
import re
from collections.abc import Iterator

from django.test import Client
from django.urls import resolve, reverse

HREF = re.compile(r'href="(/[^"#]*)')


def crawl() -> Iterator[tuple[str, str]]:
    """Address and body of each readers' page that is reachable without signing in."""
    client = Client()
    waiting = [reverse("publishing:list-verdicts"), reverse("publishing:feed")]
    seen = set(waiting)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        body = response.getvalue().decode()
        yield address, body
        for link in map(html.unescape, HREF.findall(body)):
            if link not in seen and not link.startswith("/static/") and _is_for_readers(link):
                seen.add(link)
                waiting.append(link)


def _is_for_readers(link: str) -> bool:
    return resolve(link.partition("?")[0]).app_names == ["publishing"]

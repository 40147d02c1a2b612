"""What a reader's page of the demo weighs with all that it needs, and that it needs no script."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.publishing.crawl import crawl

LIGHT = 100_000
NEEDED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|img)[^>]*(?:href|src)="/static/([^"]+)"')
SCRIPT = re.compile(r"<script[^>]*>")
HANDLER = re.compile(r"<[^>]+\son[a-z]+=")
PAGE = re.compile(r"<!doctype html>", re.IGNORECASE)


@pytest.mark.django_db
def test_pages_are_light_and_need_no_script():
    call_command("load_demo", verbosity=0)
    pages = {address: body for address, body in crawl() if PAGE.search(body)}
    weights = {address: len(body.encode()) + _needed(body) for address, body in pages.items()}
    assert {address: n for address, n in weights.items() if n >= LIGHT} == {}
    scripts = {tag for body in pages.values() for tag in SCRIPT.findall(body)}
    assert scripts <= {'<script type="application/ld+json">'}
    assert [address for address, body in pages.items() if HANDLER.search(body)] == []


def _needed(body):
    names = set(NEEDED.findall(body))
    return sum((settings.BASE_DIR / "static" / name).stat().st_size for name in names)

"""What a benchmark asks for, as JSON: by name, the addresses, at random places of a record of COUNT verdicts.

`python -m benchmarks.serving.addresses COUNT`, in the environment of the desk, because cursors are signed.
"""

import json
import os
import random
import sys

import django

EACH = 500


def main(count):
    from django.test import RequestFactory

    from api.paging import Place
    from benchmarks.serving.fill import CLAIM, WORDS, clone_id
    from publishing.models import Publication

    last = Publication.objects.latest("seq").seq
    dice = random.Random(count)

    def page(path, key, audience="VerdictForm", **query):
        request = RequestFactory().get(path, query, headers={"Host": "127.0.0.1"})
        url = Place(request, audience, 50, "").address_after(key)
        return url.partition("127.0.0.1")[2]

    def some(make):
        return [make(dice.random()) for _ in range(EACH)]

    verdicts = "/api/v1/verdicts/"
    filters = [
        {"rating": "unproven"},
        {"kind": "event"},
        {"publisher": "Paper 7"},
        {"normalised": "supported", "language": "en"},
        {"published_before": "2020-02-01"},
    ]
    asked = {
        "by id": some(lambda at: f"{verdicts}{clone_id(CLAIM, int(at * count))}/"),
        "first page": [verdicts],
        "page of 50": some(lambda at: page(verdicts, 60 + int(at * (last - 60)))),
        "deep page": some(lambda at: page(verdicts, 60 + int(at * last / 50))),
        "filtered page": [
            page(verdicts, 60 + int(dice.random() * (last - 60)), **filters[n % len(filters)])
            for n in range(EACH)
        ],
        "since=": some(lambda at: f"/api/v1/publications/?since={int(at * (last - 60))}"),
        "search": some(lambda at: f"{verdicts}?q=w{int(WORDS**at):05d}"),
        "search, 2 words": some(
            lambda at: f"{verdicts}?q=w{int(WORDS**at):05d}+w{int(200**at):05d}"
        ),
        "conventional": some(
            lambda at: page_of_models(clone_id(CLAIM, int(at * (count - 60)) + 60))
        ),
    }
    print(json.dumps(asked))


def page_of_models(pk):
    from base64 import b64encode
    from urllib.parse import quote, urlencode

    cursor = b64encode(urlencode({"p": str(pk)}).encode()).decode()
    return f"/conventional/?cursor={quote(cursor)}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(int(sys.argv[1]))

"""A worker is killed in the middle of keeping a source: no half copy stays, and none is lost."""

import os
import re
import subprocess
import sys
from io import BytesIO

import pytest
from fastwarc import ArchiveIterator, WarcRecordType
from procrastinate.contrib.django import app

from sources.archive import files
from sources.captures import request_capture
from sources.models import Capture, CaptureState, Snapshot
from tests.articles.foreign import http, serving
from tests.claims.test_import_worker import address_of_this, give_back_what_it_held
from tests.declared import ROOT
from tests.factories import make_source

pytestmark = pytest.mark.django_db(transaction=True)


#: The places that `killed_worker` knows.
PLACES = 12


class Site(dict):
    def get(self, path, other=None):
        if path == "/robots.txt":
            return http(b"", status="404 Not Found")
        words = f"<p>The mill of {path[1:]} burnt down on Friday. It had 60 looms.</p>" * 4
        return http(f"<html><body><article>{words}</article></body></html>".encode())


def run_killed_workers(home):
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_this(),
        "ASSAY_PRIVATE_HOSTS": "127.0.0.1",
        "ASSAY_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "tests/sources/killed_worker.py"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return dict(line.split(": ") for line in done.stdout.splitlines())


def test_a_worker_killed_at_any_place_leaves_no_half_copy_and_loses_none(settings, tmp_path):
    settings.MEDIA_ROOT, settings.ASSAY_PRIVATE_HOSTS = tmp_path / "files", ["127.0.0.1"]
    with serving(Site()) as (port, _):
        sources = [make_source(url=f"http://127.0.0.1:{port}/{n}") for n in range(PLACES)]
        for source in sources:
            request_capture(actor=None, source=source)
        assert list(run_killed_workers(tmp_path).values()) == ["killed"] * PLACES
        for snapshot in Snapshot.objects.all():
            assert_whole(snapshot)
        assert give_back_what_it_held() == PLACES
        worker = app.with_connector(app.connector.get_worker_connector())
        worker.run_worker(queues=["archive"], wait=False, install_signal_handlers=False)
    assert set(Capture.objects.values_list("state", flat=True)) == {CaptureState.DONE}
    for source in sources:
        assert_whole(source.snapshots.get())
    assert_nothing_half(tmp_path / "files")


def assert_whole(snapshot):
    assert files.health_of(snapshot.content.name, snapshot.sha256) is files.Health.WHOLE
    record = BytesIO(files.read(snapshot.warc.name))
    [body] = [one.reader.read() for one in ArchiveIterator(record, WarcRecordType.response)]
    assert files.sha256_of(body) == snapshot.sha256


def assert_nothing_half(folder):
    """Every file under a good name has the bytes that the name promises."""
    for path in folder.rglob("*"):
        promised = re.match(r"[0-9a-f]{64}", path.name)
        if path.is_file() and promised:
            assert files.sha256_of(path.read_bytes()) == promised[0]

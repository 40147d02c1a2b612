"""The readers' page of the proof, and the program that checks it."""

import hashlib
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publishing.caching import reader_page
from publishing.proof import heads, verify_record

PROGRAM = Path(verify_record.__file__).read_bytes()


@reader_page
def show_record(request: HttpRequest) -> HttpResponse:
    last, sha256 = heads.newest_entry()
    context = {
        "last": last,
        "sha256": sha256,
        "head": heads.newest_head(),
        "key": heads.current_key(),
        "program_sha256": hashlib.sha256(PROGRAM).hexdigest(),
    }
    return render(request, "publishing/show_record.html", context)


@reader_page
def verifier(request: HttpRequest) -> HttpResponse:
    """Text, so that whoever runs it can read it first."""
    headers = {"Content-Disposition": 'inline; filename="verify.py"'}
    return HttpResponse(PROGRAM, content_type="text/plain; charset=utf-8", headers=headers)

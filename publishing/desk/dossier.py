"""A claim's dossier, made while one waits for it."""

from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.http import FileResponse
from django.views.decorators.http import require_POST

from publishing.dossier.service import make_dossier
from reviews.views.access import DeskRequest, desk_view, find_claim

#: Bytes of a dossier that are held in memory; a larger one is written to a file that nobody else sees.
IN_MEMORY = 10_000_000


@require_POST
@desk_view("claims.view_claim")
def download_dossier(request: DeskRequest, pk: object) -> FileResponse:
    """A POST, because each one is written into the history with its seal."""
    claim = find_claim(request, pk)
    is_internal = request.POST.get("edition") == "internal"
    with ExitStack() as unless_sent:
        file = cast("BinaryIO", unless_sent.enter_context(SpooledTemporaryFile(IN_MEMORY)))
        sealed = make_dossier(file, actor=request.user, claim=claim, is_internal=is_internal)
        file.seek(0)
        name = f"dossier-{str(claim.pk)[:8]}-{sealed.seal[:16]}.zip"
        answer = FileResponse(
            file, as_attachment=True, filename=name, content_type="application/zip"
        )
        unless_sent.pop_all()
    return answer

"""Error pages that say what to do next, and the one place where the desk's exceptions become statuses."""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from claims.services import StaleClaim
from reviews.workflow import InvalidTransition


class DomainErrors:
    """Middleware: what a service refuses becomes a page with the right status. Forms catch theirs before."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]  # Django's own protocol
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case InvalidTransition() | StaleClaim():
                return refuse(request, str(error), status=409, kept=typed(request))
            case ValidationError():
                return refuse(request, " ".join(error.messages), status=400, kept=typed(request))
            case PermissionDenied() if str(error):
                return refuse(request, str(error), status=403, kept=typed(request))
        return None


def typed(request: HttpRequest) -> list[str]:
    """What somebody wrote into the form that is refused: whole sentences, so that they can be copied."""
    fields = request.POST.items() if request.method == "POST" else ()
    return [
        value
        for name, value in fields
        if isinstance(value, str) and "password" not in name and len(value.split()) > 1
    ]


def refuse(
    request: HttpRequest, why: str, *, status: int, kept: Sequence[str] = ()
) -> HttpResponse:
    """A page, or for htmx a message that leaves the form and what was typed where they are."""
    if getattr(request, "htmx", None) and not request.htmx.boosted:  # type: ignore[attr-defined]
        response = render(request, "reviews/_refusal.html", {"why": why}, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "outerHTML"
        return response
    return render(
        request, "refusal.html", {"why": why, "status": status, "kept": kept}, status=status
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: an old page, blocked cookies, or another site posing as us."""
    why = (
        "This form is too old, or cookies are blocked, so nothing was saved. "
        "Go back, reload the page and send it again."
    )
    return refuse(request, why, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own page, but for what is too large: that gets its own status and the limit in words."""
    if not isinstance(exception, RequestDataTooBig):
        return defaults.bad_request(request, exception)
    limit = settings.ASSAY_MAX_ARTICLE_BYTES / 1_000_000
    why = (
        f"What you sent is too large, so nothing was saved. An article may have up to {limit:g} MB: "
        "send its text alone, or split it into parts."
    )
    return refuse(request, why, status=413)

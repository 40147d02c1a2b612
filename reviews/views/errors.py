"""Error pages that say what to do next, and the one place where the desk's exceptions become statuses."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
                return refuse(request, str(error), status=409)
            case ValidationError():
                return refuse(request, " ".join(error.messages), status=400)
            case PermissionDenied() if str(error):
                return refuse(request, str(error), status=403)
        return None


def refuse(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    """A page, or for htmx a message that leaves the form and what was typed where they are."""
    if getattr(request, "htmx", None) and not request.htmx.boosted:  # type: ignore[attr-defined]
        response = render(request, "reviews/_refusal.html", {"why": why}, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "outerHTML"
        return response
    return render(request, "refusal.html", {"why": why, "status": status}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: an old page, blocked cookies, or another site posing as us."""
    why = (
        "This form is too old, or cookies are blocked, so nothing was saved. "
        "Go back, reload the page and send it again."
    )
    return refuse(request, why, status=403)

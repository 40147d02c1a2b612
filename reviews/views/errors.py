"""Error pages that say what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: an old page, blocked cookies, or another site posing as us."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)

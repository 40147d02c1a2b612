"""How readers' pages are served: read-only, small, with an ETag, and kept by caches for a minute for strangers.

Strangers' pages are compressed. That is unsafe only where a page has a secret beside words that an attacker chooses
(BREACH): a stranger's page has no secret, being the same for everyone. Pages for people with cookies of ours have
a token in them and go out as they are.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]
MAX_AGE = 60
#: For how long a cache may show what it has while it asks whether that is still so. A verdict that is taken back
#: must not live on in caches, so it is short.
STALE = 60


def reader_page(view: View) -> View:
    """A page for everyone. Only what a request without cookies of ours gets may be shared by caches."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if is_stranger(request):
            patch_cache_control(
                response, public=True, max_age=MAX_AGE, stale_while_revalidate=STALE
            )
        else:
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    plain: View = conditional_page(served)
    small: View = gzip_page(plain)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (small if is_stranger(request) else plain)(request, *args, **kwargs)

    safe: View = require_safe(answer)
    return safe


def is_stranger(request: HttpRequest) -> bool:
    ours = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return ours.isdisjoint(request.COOKIES)

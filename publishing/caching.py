"""How readers' pages are served: read-only, with an ETag, and kept by caches for a minute for strangers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]
MAX_AGE = 60


def reader_page(view: View) -> View:
    """A page for everyone. Only what a request without cookies of ours gets may be shared by caches."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        ours = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
        if ours.isdisjoint(request.COOKIES):
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    conditional: View = require_safe(conditional_page(served))
    return conditional

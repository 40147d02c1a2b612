"""Plain reads of strangers, answered without REST framework.

Whoever sends neither a key nor a session, and asks in the plainest way, gets the same bytes as by the long way round:
there is nobody to find out about, nothing to negotiate and no body to parse. Anything out of the ordinary, also every
mistake, goes the long way, which knows what to say.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from api import deprecation
from api.views import ApiView, finish

F = TypeVar("F", bound=forms.Form)


class LeanView(ApiView):
    """A view that also answers a plain read. None sends it the long way."""

    @staticmethod
    def answer_plainly(request: Any, **kwargs: Any) -> HttpResponse | None:
        raise NotImplementedError


def lean(view: type[LeanView]) -> Callable[..., HttpResponse]:
    """The view as a function for an address, as `as_view()` gives it."""
    at_length = view.as_view()

    @wraps(at_length)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if _is_plain(request):
            try:
                response = view.answer_plainly(request, **kwargs)
            except ValidationError:
                response = None
            if response is not None:
                deprecation.mark(view, response)
                return finish(request, response)
        return at_length(request, **kwargs)

    return answer


def read_plainly(form_class: type[F], request: Any) -> dict[str, Any] | None:
    """The parameters that were given, cleaned one by one as the form would; None if any is not as it should be."""
    cleaned = {}
    for name, values in request.GET.lists():
        field = form_class.base_fields.get(name)
        if field is None or len(values) > 1 or "\ufffd" in values[0]:
            return None
        cleaned[name] = field.clean(values[0])
    return cleaned


def _is_plain(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.ASSAY_PUBLIC_API
        and not settings.ASSAY_API_RATE_ANYONE
        and "HTTP_AUTHORIZATION" not in request.META
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )

"""How much a caller may ask: `RateLimit-Policy`, `RateLimit` and, beyond it, 429 with `Retry-After`.

A key has its share of `ASSAY_API_RATE` a minute. Without one an address has that of `ASSAY_API_RATE_ANYONE`,
which is off unless a desk sets it: what is public is finished bytes, and counting would cost as much as reading
them. People of the desk in their browser are not counted. The header fields are those of the IETF's draft
draft-ietf-httpapi-ratelimit-headers.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import ErrorDetail, Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models import ApiKey
from accounts.rates import SECONDS, Use, caller_at, count_request

if TYPE_CHECKING:  # as in api.permissions
    from rest_framework.views import APIView


class CallerThrottle(BaseThrottle):
    def allow_request(self, request: Request, view: "APIView") -> bool:
        use = count(request._request, request.auth, is_signed_in=request.user.is_authenticated)
        if use and not use.is_within:
            raise TooMany(use)
        return True


class TooMany(Throttled):
    def __init__(self, use: Use) -> None:
        who = "a key" if use.policy == "key" else "an address"
        super().__init__()
        words = f"There are {use.limit} requests a minute for {who}. Go on in {use.resets_in} s."
        self.detail = ErrorDetail(words, self.default_code)


def count(request: HttpRequest, auth: Any, *, is_signed_in: bool) -> Use | None:
    """Count this request, if such requests are counted. `show_use` then tells in the answer."""
    use = None
    if isinstance(auth, ApiKey) and settings.ASSAY_API_RATE:
        limit = settings.ASSAY_API_RATE
        use = count_request(policy="key", caller=str(auth.pk), limit=limit)
    elif not is_signed_in and settings.ASSAY_API_RATE_ANYONE:
        limit, caller = settings.ASSAY_API_RATE_ANYONE, caller_at(_address(request))
        use = count_request(policy="address", caller=caller, limit=limit)
    request.META["assay.rate_use"] = use
    return use


def show_use(request: Any, response: HttpResponse) -> None:
    use = request.META.get("assay.rate_use")
    if use is None:
        return
    response["RateLimit-Policy"] = f'"{use.policy}";q={use.limit};w={SECONDS}'
    response["RateLimit"] = f'"{use.policy}";r={use.remaining};t={use.resets_in}'
    if not use.is_within:
        response["Retry-After"] = str(use.resets_in)


def _address(request: HttpRequest) -> str:
    """Of the visitor. Behind a proxy it is what the proxy itself saw: the last that was written down."""
    if settings.ASSAY_BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))

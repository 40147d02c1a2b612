"""Where exceptions become errors of Google's shape."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from rest_framework import exceptions as drf

from api.authentication import HOW
from api.errors import describe
from api.google.answers import refuse
from api.google.keys import BadKey
from publishing.markup import BadMarkup
from publishing.markup_pages import AddressTaken, PageOfTheRecord, StalePage


def google_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """REST framework's exception handler. None for what nobody foresaw: that is logged as a 500."""
    request = context.get("request")
    match error:
        case BadKey():
            return refuse(400, str(error.detail), reason="API_KEY_INVALID")
        case BadMarkup():
            return refuse(400, str(error), fields={f.field: [f.words] for f in error.faults})
        case AddressTaken():
            return refuse(409, " ".join(error.messages), status="ALREADY_EXISTS")
        case PageOfTheRecord():
            return refuse(400, " ".join(error.messages), status="FAILED_PRECONDITION")
        case StalePage():
            return refuse(409, str(error))
        case PermissionDenied() if not (request and request.user.is_authenticated):
            error = drf.NotAuthenticated()
    if isinstance(error, drf.NotAuthenticated):
        return refuse(401, f"A key of this desk is needed: make one at /desk/keys/. {HOW}")
    problem = describe(error)
    if problem is None:
        return None
    return refuse(problem.status, problem.detail, fields=problem.errors)

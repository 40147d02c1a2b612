"""What a request may do: the key's scope and the owner's role must both allow it.

Reading is open to everyone when settings say so; what they see is decided by the querysets. A view that
changes something names the permission in `writes`, and without one it changes nothing.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiKey, Scope

if TYPE_CHECKING:  # settings name this class, and REST framework's views load it while they load
    from rest_framework.views import APIView


class AssayPermission(BasePermission):
    message = "Your role may not do this."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if request.method in SAFE_METHODS:
            return bool(settings.ASSAY_PUBLIC_API or request.user.is_authenticated)
        if isinstance(request.auth, ApiKey) and request.auth.scope != Scope.WRITE:
            self.message = "This key may only read. Make one with the scope “read and write”."
            return False
        if not hasattr(view, str(request.method).lower()):
            return True  # so that it is answered as a method that the address does not take
        permission = getattr(view, "writes", "")
        return bool(permission) and request.user.has_perm(permission)

"""The one authentication backend: sign-in by e-mail through allauth, permissions from `accounts.roles`."""

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.roles import PERMISSIONS

Predicate = Callable[[Any, Any], bool]

#: What must also hold of the object, by permission. Filled by the apps' `permissions.py` as they load.
PREDICATES: dict[str, Predicate] = {}


def predicate(permission: str) -> Callable[[Predicate], Predicate]:
    """Register what must hold of (user, object) besides the role."""

    def register(function: Predicate) -> Predicate:
        PREDICATES[permission] = function
        return function

    return register


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Answers `user.has_perm(permission, obj)`."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        if user_obj.role not in PERMISSIONS.get(perm, ()):
            return False
        holds = PREDICATES.get(perm)
        return obj is None or holds is None or holds(user_obj, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(p.startswith(f"{app_label}.") for p in self.get_all_permissions(user_obj))

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return {perm for perm in PERMISSIONS if self.has_perm(user_obj, perm, obj)}

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def with_perm(self, perm: str, *args: Any, **kwargs: Any) -> Any:
        from accounts.models import User

        return User.objects.filter(is_active=True, role__in=PERMISSIONS.get(perm, ()))

"""How allauth is bent to a desk: accounts are given out by administrators unless sign-up is opened."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from accounts.roles import Role


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: Any) -> bool:
        return bool(settings.ASSAY_OPEN_SIGNUP)

    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        """Whoever signs up alone may read the API; an administrator gives them a desk role."""
        user.role = Role.CONSUMER
        user.name = user.name or form.cleaned_data["email"].split("@")[0]
        return super().save_user(request, user, form, commit)

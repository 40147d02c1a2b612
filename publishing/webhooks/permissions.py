"""Whose webhook it is matters too."""

from typing import Any

from accounts.backends import predicate


@predicate("publishing.change_endpoint")
def is_theirs(user: Any, endpoint: Any) -> bool:
    """Their own, or they look after everybody's."""
    return bool(endpoint.owner_id == user.pk or user.has_perm("publishing.manage_endpoints"))

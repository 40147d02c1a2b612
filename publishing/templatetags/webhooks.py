"""What a page of the desk says of webhooks that stand still."""

from typing import Any

from django import template

from publishing.webhooks.listing import disabled_of

register = template.Library()


@register.inclusion_tag("publishing/webhooks/_notices.html")
def webhook_notices(user: Any) -> dict[str, Any]:
    """The person's own webhooks that are switched off, so that nobody finds out by what did not arrive."""
    return {"disabled": disabled_of(user) if user.has_perm("publishing.add_endpoint") else []}

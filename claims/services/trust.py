"""Whose fact-checks come in: hosts that an editor put on the list, and who may speak for them."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.models import User
from audit.records import save_record
from claims.checks.addresses import host_of, is_on, is_one_domain, is_registry
from claims.models import TrustedPublisher


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose checks are taken today from a document, by where it was found (nowhere, for a file)."""

    names: dict[str, str]
    address: str
    is_page: bool

    @classmethod
    def of_today(cls, address: str, *, is_page: bool) -> "Trust":
        rows = TrustedPublisher.objects.filter(is_active=True)
        return cls(dict(rows.values_list("host", "name")), address, is_page)

    def name_of(self, host: str) -> str:
        """The trusted publisher with this host, the nearest if there are several; empty if there is none."""
        fits = [trusted for trusted in self.names if is_on(host, trusted)]
        return self.names[max(fits, key=len)] if fits else ""

    def refusal(self, url: str) -> str:
        """Why a check at this address is not taken; empty when it is."""
        site = host_of(url)
        if not self.name_of(site):
            return f"{site or 'Its site'} is none of the publishers that we trust. An editor can add it."
        if self.address and not self._speaks_for(url):
            where = host_of(self.address)
            return f"It is of {site}, but was found on {where}, which does not speak for it."
        return ""

    def _speaks_for(self, url: str) -> bool:
        """A page speaks for its own domain; a feed also for others, if the site that keeps it is trusted itself."""
        if is_one_domain(url, self.address):
            return True
        return not self.is_page and bool(self.name_of(host_of(self.address)))


def trust_publisher(*, actor: User, host: str, name: str) -> TrustedPublisher:
    """Take this site's checks from now on. Raises ValidationError when it is no site of its own."""
    row = TrustedPublisher(host=plain_host(host), name=" ".join(name.split()), added_by=actor)
    return save_publisher(actor=actor, row=row, fields=("host", "name", "is_active"))


def change_trust(*, actor: User, publisher: TrustedPublisher, is_active: bool) -> TrustedPublisher:
    """Take this site's checks, or no longer. What came in stays."""
    publisher.is_active = is_active
    return save_publisher(actor=actor, row=publisher, fields=("is_active",))


def save_publisher(
    *, actor: User, row: TrustedPublisher, fields: tuple[str, ...]
) -> TrustedPublisher:
    """Write down whom we trust. A name under which others keep their sites is nobody to trust."""
    if is_registry(row.host):
        raise ValidationError(
            {
                "host": f"Under {row.host} many others have their sites. Give the whole name of theirs."
            }
        )
    save_record(actor=actor, row=row, fields=fields)
    return row


def plain_host(text: str) -> str:
    """The host of whatever was typed: a name, or an address."""
    text = text.strip()
    return host_of(text if "//" in text else f"https://{text}") or text

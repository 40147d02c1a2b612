"""What must hold before the desk may start: a secret of its own, named hosts, and no debug pages.

Local mode answers this machine only, so it may make its own secret. Production mode takes
everything from the environment and refuses, in words, whatever would be unsafe to serve.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
MIN_SECRET = 50
KNOWN_SECRETS = ("change-me", "django-insecure", "example", "secret-key")


def local_secret(home: Path, *, production: bool) -> str:
    """The secret kept in `home`, made on the first start. Empty in production: none is made there."""
    if production:
        return ""
    path = home / "secret_key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_once(path, secrets.token_urlsafe(64))
    return path.read_text()


def write_once(path: Path, text: str) -> None:
    """All of it or nothing, also when two processes start at once or one is killed half-way."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".secret") as file:  # of mode 0600
        file.write(text)
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)


def refuse_unsafe(mode: str, secret: str, hosts: list[str], *, base_url: str, debug: bool) -> None:
    """Raise ImproperlyConfigured, naming the variable to set, unless this start is safe."""
    if mode not in {"local", "production"}:
        raise ImproperlyConfigured(f"ASSAY_ENV is {mode!r}; it is either local or production.")
    if mode == "local":
        if strangers := [host for host in hosts if host not in LOOPBACK]:
            raise ImproperlyConfigured(
                f"ASSAY_ALLOWED_HOSTS names {', '.join(strangers)}, but ASSAY_ENV=local serves this "
                "machine only. Set ASSAY_ENV=production to serve others."
            )
        return
    if debug:
        raise ImproperlyConfigured(
            "ASSAY_DEBUG is on: unset it, production never shows debug pages."
        )
    if len(secret) < MIN_SECRET or any(known in secret.lower() for known in KNOWN_SECRETS):
        raise ImproperlyConfigured(
            f"ASSAY_SECRET_KEY must be a random string of your own, {MIN_SECRET} characters or more. "
            "Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    if not hosts or "*" in hosts:
        raise ImproperlyConfigured(
            "ASSAY_ALLOWED_HOSTS must name the hosts you serve, for example desk.example.org."
        )
    if not base_url.startswith("https://"):
        raise ImproperlyConfigured(
            "ASSAY_BASE_URL must be the desk's public https:// address: every published document holds it."
        )

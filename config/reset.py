"""Clears what the desk made below ASSAY_HOME, unless it is in use: `python -m config.reset`."""

import shutil
import sys
from contextlib import suppress
from pathlib import Path

from config import postgres


def clear(home: Path) -> None:
    """Remove the embedded database and the files, and the home itself if nothing else is there."""
    with postgres.alone(home), postgres.readable_errors(home):
        made = (home / "files", home / "signing_keys")
        for folder in (*made, postgres.socket_folder(home), home / "postgres"):
            if folder.exists():
                shutil.rmtree(folder)
        (home / "secret_key").unlink(missing_ok=True)
    with suppress(OSError):  # somebody's own files stay
        home.rmdir()


def main() -> int:
    from config import settings

    if settings.DATABASE_URL:
        sys.stderr.write(
            "DATABASE_URL is set: `make reset` never clears a server of your own, only the "
            "embedded database. Unset it to clear that one.\n"
        )
        return 1
    try:
        clear(settings.ASSAY_HOME)
    except postgres.PostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Cleared {settings.ASSAY_HOME}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

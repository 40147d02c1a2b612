"""Prepares the demo: tables, people and articles, and the article that you name.

One process for all of it, because Django takes longest to start: `python -m config.demo [ARTICLE]`.
"""

import os
import sys


def main(articles: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import CommandError, call_command
    from django.db.utils import OperationalError

    django.setup()
    try:
        call_command("migrate", verbosity=0)
        call_command("load_demo")
        for article in articles:
            call_command("ingest", article)
    except (CommandError, OperationalError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

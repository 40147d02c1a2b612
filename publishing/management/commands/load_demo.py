"""`manage.py load_demo`: two articles, the people of a desk, and claims in every state of the workflow."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from publishing.demo import loader
from publishing.demo.cast import CAST, PASSWORD


class Command(BaseCommand):
    help = "Load the demo, once: a second run changes nothing. Refuses in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo has a public password. It is not for production.")
        if loader.is_loaded():
            self.stdout.write("The demo is loaded.")
        else:
            self._load()
        self._introduce()

    def _load(self) -> None:
        try:
            article = loader.load()
        except loader.StoryDoesNotFit as error:
            raise CommandError(f"The demo was not loaded. {error}") from error
        self.stdout.write(f"The demo is loaded: “{article.title}”.")

    def _introduce(self) -> None:
        self.stdout.write(f"\n  {settings.ASSAY_BASE_URL}   password for everyone: {PASSWORD}\n\n")
        width = max(len(person.email) for person in CAST)
        for person in CAST:
            role = person.role.label.lower()
            self.stdout.write(f"  {person.email:<{width}}  {role}, {person.name}")

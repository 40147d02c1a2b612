from django.apps import AppConfig
from django.core import checks


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from publishing.checks import heads_can_be_signed
        from publishing.desk_archive.declared import check_declared
        from publishing.webhooks import permissions  # noqa: F401 - registers whose webhooks are whose

        checks.register(check_declared)
        checks.register(heads_can_be_signed, checks.Tags.database)

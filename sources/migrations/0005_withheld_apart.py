"""A withheld source may have the address, DOI or ISBN of one that readers see: to refuse it would tell of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_outside_archive"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="source",
            name="source_url_unique_when_given",
        ),
        migrations.RemoveConstraint(
            model_name="source",
            name="source_doi_unique_when_given",
        ),
        migrations.RemoveConstraint(
            model_name="source",
            name="source_isbn_unique_when_given",
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("url", ""), _negated=True),
                    models.Q(("kind", "withheld"), _negated=True),
                ),
                fields=("url",),
                name="source_url_unique_when_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("doi", ""), _negated=True),
                    models.Q(("kind", "withheld"), _negated=True),
                ),
                fields=("doi",),
                name="source_doi_unique_when_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("isbn", ""), _negated=True),
                    models.Q(("kind", "withheld"), _negated=True),
                ),
                fields=("isbn",),
                name="source_isbn_unique_when_shown",
            ),
        ),
    ]

"""Which run found which claim, and what a model was asked. Claims of earlier runs are given to theirs."""

from typing import Any

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


def note_earlier_findings(apps: Any, schema_editor: Any) -> None:
    """A claim has its engine's name and version: the earliest such run on its words found it."""
    run_model = apps.get_model("claims", "DetectionRun")
    claim_model = apps.get_model("claims", "Claim")
    finding_model = apps.get_model("claims", "Finding")
    for run in run_model.objects.order_by("id").iterator():
        claims = claim_model.objects.filter(
            engine=run.engine,
            engine_version=run.engine_version,
            spans__version=run.version_id,
            findings=None,
        ).distinct()
        finding_model.objects.bulk_create(
            finding_model(run=run, claim=claim, statement=claim.statement) for claim in claims
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_worth_models")]

    operations = [
        migrations.AddField(
            model_name="detectionrun",
            name="trace",
            field=models.JSONField(
                default=list, help_text="What a model was asked, and its answers."
            ),
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("statement", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="claims.detectionrun",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "claim"), name="one_finding_a_run_and_claim"
                    )
                ],
            },
        ),
        migrations.RunPython(note_earlier_findings, migrations.RunPython.noop, elidable=True),
    ]

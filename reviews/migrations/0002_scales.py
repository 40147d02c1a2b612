import json
from pathlib import Path

from django.db import migrations

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "scales.json"


def add_scales(apps, schema_editor):
    """The scales that ship. Read as plain rows, so that later fields of the models do not matter here."""
    for row in json.loads(FIXTURE.read_text()):
        model = apps.get_model(row["model"])
        fields = dict(row["fields"])
        if "scale" in fields:
            fields["scale_id"] = fields.pop("scale")
        model.objects.get_or_create(pk=row["pk"], defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunPython(add_scales, migrations.RunPython.noop)]

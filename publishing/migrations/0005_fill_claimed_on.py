"""When each claim was made, filled from what was published."""

from typing import Any

from django.db import migrations

BATCH = 10_000
FILL = """
UPDATE publishing_currentverdict AS verdict
SET claimed_on = (document #>> '{claim,claimed_on}')::date
FROM (
    SELECT seq, document::jsonb AS document FROM publishing_publication WHERE seq > %s AND seq <= %s
) AS publication
WHERE verdict.seq = publication.seq
"""


def fill(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM publishing_publication")
        (last,) = cursor.fetchone()
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_markup_pages")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

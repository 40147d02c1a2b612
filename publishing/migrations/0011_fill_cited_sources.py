"""Which sources the documents cite that were published before documents said so.

A source is found by the evidence of the claim with the same stance and words and a source of the same title and
address, withdrawn since or not. Where there is none any more, the place stays empty.
"""

from typing import Any

from django.db import migrations

BATCH = 10_000
FILL = """
UPDATE publishing_currentverdict AS verdict SET sources = found.sources
FROM (
    SELECT publication.seq, array_agg(known.id ORDER BY item.place) AS sources
    FROM publishing_publication AS publication
    CROSS JOIN jsonb_array_elements(publication.document::jsonb -> 'evidence')
        WITH ORDINALITY AS item(content, place)
    LEFT JOIN LATERAL (
        SELECT source.id
        FROM sources_evidence AS evidence JOIN sources_source AS source ON source.id = evidence.source_id
        WHERE evidence.claim_id = publication.claim_id
            AND source.kind <> 'withheld'
            AND source.title = item.content #>> '{source,title}'
            AND source.url = item.content #>> '{source,address}'
            AND evidence.stance = item.content ->> 'stance'
            AND evidence.quote = item.content ->> 'quote'
        ORDER BY evidence.id LIMIT 1
    ) AS known ON true
    WHERE publication.seq > %s AND publication.seq <= %s
    GROUP BY publication.seq
) AS found
WHERE verdict.seq = found.seq
"""


def fill(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM publishing_publication")
        (last,) = cursor.fetchone()
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0010_cited_sources"), ("sources", "0005_withheld_apart")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

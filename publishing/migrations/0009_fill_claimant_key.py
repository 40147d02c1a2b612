"""Whose claim it is, for verdicts from before lists went by it. One under re-review may have changed hands since."""

from django.db import migrations

FILL = """
UPDATE publishing_currentverdict AS verdict
SET claimant_key = claim.claimant_id
FROM claims_claim AS claim
WHERE claim.id = verdict.claim_id AND verdict.claimant <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0008_claimant_key"), ("claims", "0006_tags")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop, elidable=True)]

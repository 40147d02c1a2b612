"""The claims of a page of articles, for the desk, as JSON that the database writes.

A page of fifty articles has a thousand claims: as objects of ours they cost twenty times what the database takes to
write them down. They say what a claim is and where it stands; its verdict and evidence are at the claim's own address.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connections, router

from claims.models import Claim

CLAIMS = """
WITH wanted AS MATERIALIZED (
    SELECT id, article_id, status, statement, kind, mode, language, tags, claimed_at, claimant_id, attribution_id,
        worth, flag
    FROM claims_claim WHERE article_id = ANY(%s)
), words AS (
    SELECT claim_id, json_agg(span) AS spans
    FROM (
        SELECT span.claim_id, row_to_json((SELECT one FROM (
            SELECT version.article_id AS article, version.number AS version, span.start, span."end", span.quote,
                span.prefix, span.suffix, span.resolution
        ) AS one)) AS span
        FROM claims_span AS span JOIN articles_version AS version ON version.id = span.version_id
        WHERE span.claim_id IN (SELECT id FROM wanted)
        ORDER BY version.number, span.start
    ) AS placed
    GROUP BY claim_id
), told AS (
    SELECT claim.article_id AS article, claim.id, claim.status, claim.statement, claim.kind, claim.mode,
        claim.language, claim.tags, claim.claimed_at AS claimed_on, row_to_json(claimant) AS claimant,
        row_to_json(said) AS attribution, claim.worth, claim.flag, coalesce(words.spans, '[]') AS spans
    FROM wanted AS claim
    LEFT JOIN (SELECT id, name, role, kind, same_as FROM claims_claimant) AS claimant ON claimant.id = claim.claimant_id
    LEFT JOIN (SELECT id, statement FROM claims_claim) AS said ON said.id = claim.attribution_id
    LEFT JOIN words ON words.claim_id = claim.id
    ORDER BY claim.id
)
SELECT article, '[' || string_agg(row_to_json(told)::text, ',') || ']' FROM told GROUP BY article
"""


def claims_of(articles: Sequence[UUID]) -> dict[UUID, str]:
    """By article, in the order in which they were found; those that have none are not there."""
    with connections[router.db_for_read(Claim)].cursor() as cursor:
        cursor.execute(CLAIMS, [list(articles)])
        return dict(cursor.fetchall())

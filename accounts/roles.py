"""Who may do what, on one page.

A permission is a name and the roles that hold it. Where the object matters too (a reviewer reviews only
what is assigned to them, an editor does not adjudicate their own dispute), a predicate registered in
`accounts.backends` must also agree. `user.has_perm(permission, obj)` is the only question asked.
"""

from django.db.models import TextChoices


class Role(TextChoices):
    CONTRIBUTOR = "contributor", "Contributor"
    REVIEWER = "reviewer", "Reviewer"
    EDITOR = "editor", "Editor"
    ADMINISTRATOR = "administrator", "Administrator"
    CONSUMER = "consumer", "API consumer"


EVERYONE = frozenset(Role)
DESK = EVERYONE - {Role.CONSUMER}
REVIEWERS = DESK - {Role.CONTRIBUTOR}
EDITORS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
INTEGRATORS = EDITORS | {Role.CONSUMER}

PERMISSIONS: dict[str, frozenset[Role]] = {
    # Reading what is not published
    "articles.view_article": DESK,
    "articles.view_version": DESK,
    "articles.view_import": DESK,
    "articles.view_batch": DESK,
    "articles.view_feed": DESK,
    "articles.view_feedentry": DESK,
    "claims.view_claim": DESK,
    "claims.view_span": DESK,
    "claims.view_claimant": DESK,
    "claims.view_detectionrun": DESK,
    "claims.view_externalcheck": DESK,
    "claims.view_trustedpublisher": DESK,
    "claims.view_checkimport": DESK,
    "claims.view_worthmodel": DESK,
    "sources.view_source": DESK,
    "sources.view_snapshot": DESK,
    "sources.view_capture": DESK,
    "sources.view_evidence": DESK,
    "sources.view_openquestion": DESK,
    "sources.view_withheld": EDITORS,
    "reviews.view_scale": DESK,
    "reviews.view_rating": DESK,
    "reviews.view_assignment": DESK,
    "reviews.view_review": DESK,
    "reviews.view_verdict": DESK,
    "reviews.view_comment": DESK,
    "publishing.view_publication": DESK,
    "publishing.view_markuppage": DESK,
    "publishing.view_signingkey": DESK,
    "publishing.view_signedhead": DESK,
    "audit.view_event": EDITORS,
    # Articles come in, claims come out
    "articles.add_article": DESK,
    "articles.change_article": DESK,
    "articles.add_feed": DESK,
    "articles.change_feed": DESK,
    "claims.add_claim": DESK,
    "claims.change_claim": DESK,
    "claims.accept_claim": DESK,
    "claims.dismiss_claim": DESK,
    "claims.add_claimant": DESK,
    "claims.change_claimant": DESK,
    "claims.add_externalcheck": DESK,
    "claims.change_externalcheck": DESK,
    "claims.add_trustedpublisher": EDITORS,
    "claims.change_trustedpublisher": EDITORS,
    "claims.run_detection": DESK,
    "claims.use_worthmodel": EDITORS,
    # Sources and evidence
    "sources.add_source": DESK,
    "sources.change_source": DESK,
    "sources.add_evidence": DESK,
    "sources.change_evidence": DESK,
    "sources.override_quote": EDITORS,
    # Judgement
    "reviews.add_comment": DESK,
    "reviews.take_claim": REVIEWERS,
    "reviews.assign_claim": EDITORS,
    "reviews.add_review": REVIEWERS,
    "reviews.adjudicate_claim": EDITORS,
    "reviews.change_verdict": EDITORS,
    "reviews.send_back_claim": EDITORS,
    "reviews.reopen_claim": EDITORS,
    "reviews.add_scale": ADMINISTRATORS,
    "reviews.change_scale": ADMINISTRATORS,
    "reviews.add_rating": ADMINISTRATORS,
    "reviews.change_rating": ADMINISTRATORS,
    # Publication
    "publishing.publish_verdict": EDITORS,
    "publishing.correct_verdict": EDITORS,
    "publishing.retract_verdict": EDITORS,
    "publishing.override_gate": EDITORS,
    "publishing.add_markuppage": EDITORS,
    "publishing.change_markuppage": EDITORS,
    "publishing.remove_markuppage": EDITORS,
    # Webhooks
    "publishing.view_endpoint": INTEGRATORS,
    "publishing.add_endpoint": INTEGRATORS,
    "publishing.change_endpoint": INTEGRATORS,
    "publishing.view_delivery": EDITORS,
    "publishing.view_attempt": EDITORS,
    "publishing.manage_endpoints": EDITORS,
    # People
    "accounts.add_apikey": EVERYONE,
    "accounts.view_apikey": EVERYONE,
    "accounts.revoke_apikey": EVERYONE,
    "accounts.view_user": ADMINISTRATORS,
    "accounts.add_user": ADMINISTRATORS,
    "accounts.change_user": ADMINISTRATORS,
}

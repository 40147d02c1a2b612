"""The addresses of version 1."""

from django.urls import path

from api.lean import lean
from api.v1 import (
    article_writing,
    bulk_views,
    check_views,
    citation_views,
    claim_actions,
    claim_review_views,
    claim_writing,
    claimant_views,
    delivery_views,
    evidence_writing,
    export_views,
    import_views,
    passage_views,
    proof_views,
    publication_writing,
    record_views,
    review_writing,
    source_views,
    table_views,
    version_views,
    views,
    webhook_views,
)
from api.views import ApiView

#: The actions on a claim, as their addresses name them.
ACTIONS: dict[str, type[ApiView]] = {
    "accept": claim_actions.Accept,
    "dismiss": claim_actions.Dismiss,
    "unflag": claim_actions.Unflag,
    "take": claim_actions.Take,
    "release": claim_actions.Release,
    "assign": claim_actions.Assign,
    "adjudicate": claim_actions.Adjudicate,
    "write": claim_actions.Write,
    "send-back": claim_actions.SendBack,
    "publish": publication_writing.Publish,
    "correct": publication_writing.Correct,
    "retract": publication_writing.Retract,
    "reopen": publication_writing.Reopen,
}

urlpatterns = [
    path("verdicts/", lean(record_views.Verdicts), name="list-verdicts"),
    path("verdicts/<uuid:pk>/", lean(record_views.Verdict), name="show-verdict"),
    path(
        "verdicts/<uuid:pk>/claim-review/",
        claim_review_views.ClaimReview.as_view(),
        name="show-claim-review",
    ),
    path("publications/", lean(record_views.Publications), name="list-publications"),
    path("publications/<int:seq>/", lean(record_views.PublicationEntry), name="show-publication"),
    path("heads/", proof_views.Heads.as_view(), name="list-heads"),
    path("heads/latest/", proof_views.LatestHead.as_view(), name="show-latest-head"),
    path("keys/", proof_views.Keys.as_view(), name="list-keys"),
    path("articles/", views.Articles.as_view(), name="list-articles"),
    path("articles/<uuid:pk>/", article_writing.OneArticle.as_view(), name="show-article"),
    path("articles/<uuid:pk>/detect/", article_writing.Detect.as_view(), name="detect-claims"),
    path("articles/<uuid:pk>/versions/", article_writing.Versions.as_view(), name="list-versions"),
    path(
        "articles/<uuid:pk>/versions/<int:number>/",
        version_views.Version.as_view(),
        name="show-version",
    ),
    path(
        "articles/<uuid:pk>/versions/<int:number>/difference/",
        version_views.Difference.as_view(),
        name="show-difference",
    ),
    path("imports/", import_views.Imports.as_view(), name="list-imports"),
    path("imports/<uuid:pk>/", import_views.OneImport.as_view(), name="show-import"),
    path("batches/<uuid:pk>/", import_views.OneBatch.as_view(), name="show-batch"),
    path("batches/<uuid:pk>/cancel/", import_views.CancelBatch.as_view(), name="cancel-batch"),
    path("batches/<uuid:pk>/retry/", import_views.RetryBatch.as_view(), name="retry-batch"),
    path("claims/", claim_writing.Claims.as_view(), name="list-claims"),
    path("claims/<uuid:pk>/", claim_writing.OneClaim.as_view(), name="show-claim"),
    path("claims/<uuid:pk>/spans/", claim_writing.ClaimSpans.as_view(), name="add-span"),
    path("claims/<uuid:pk>/actions/", review_writing.Actions.as_view(), name="list-actions"),
    *(
        path(f"claims/<uuid:pk>/actions/{action}/", view.as_view(), name=f"{action}-claim")
        for action, view in ACTIONS.items()
    ),
    path("claims/<uuid:pk>/gate/", publication_writing.Gate.as_view(), name="show-gate"),
    path("claims/<uuid:pk>/reviews/", review_writing.Reviews.as_view(), name="list-reviews"),
    path("claims/<uuid:pk>/comments/", review_writing.Comments.as_view(), name="list-comments"),
    path("claims/<uuid:pk>/questions/", review_writing.Questions.as_view(), name="list-questions"),
    path(
        "questions/<uuid:pk>/close/", review_writing.CloseQuestion.as_view(), name="close-question"
    ),
    path("claims/<uuid:pk>/passages/", passage_views.Passages.as_view(), name="list-passages"),
    path(
        "claims/<uuid:pk>/citations/",
        citation_views.Citations.as_view(),
        name="list-citations",
    ),
    path(
        "exports/question-records/",
        export_views.QuestionRecords.as_view(),
        name="export-records",
    ),
    path("exports/verdicts.csv", table_views.VerdictsAsCsv.as_view(), name="export-verdicts-csv"),
    path(
        "exports/verdicts.parquet",
        table_views.VerdictsAsParquet.as_view(),
        name="export-verdicts-parquet",
    ),
    path("exports/verdicts.ndjson", bulk_views.AllVerdicts.as_view(), name="export-verdicts"),
    path(
        "exports/publications.ndjson",
        bulk_views.AllPublications.as_view(),
        name="export-publications",
    ),
    path(
        "claims/<uuid:pk>/evidence/", evidence_writing.ClaimEvidence.as_view(), name="list-evidence"
    ),
    path(
        "evidence/<uuid:pk>/withdraw/",
        evidence_writing.WithdrawEvidence.as_view(),
        name="withdraw-evidence",
    ),
    path(
        "evidence/<uuid:pk>/override-quote/",
        evidence_writing.OverrideQuote.as_view(),
        name="override-quote",
    ),
    path("webhooks/", webhook_views.Webhooks.as_view(), name="list-webhooks"),
    path("webhooks/<uuid:pk>/", webhook_views.OneWebhook.as_view(), name="show-webhook"),
    path(
        "webhooks/<uuid:pk>/rotate-secret/",
        webhook_views.RotateSecret.as_view(),
        name="rotate-webhook-secret",
    ),
    path("webhooks/<uuid:pk>/test/", delivery_views.TestWebhook.as_view(), name="test-webhook"),
    path(
        "webhooks/<uuid:pk>/replay/",
        delivery_views.ReplayDeliveries.as_view(),
        name="replay-deliveries",
    ),
    path(
        "webhooks/<uuid:pk>/deliveries/",
        delivery_views.Deliveries.as_view(),
        name="list-deliveries",
    ),
    path(
        "webhooks/<uuid:pk>/deliveries/<uuid:delivery>/",
        delivery_views.OneDelivery.as_view(),
        name="show-delivery",
    ),
    path(
        "webhooks/<uuid:pk>/deliveries/<uuid:delivery>/replay/",
        delivery_views.ReplayDelivery.as_view(),
        name="replay-delivery",
    ),
    path("external-checks/", check_views.ExternalChecks.as_view(), name="list-external-checks"),
    path("external-checks/imports/", check_views.CheckImports.as_view(), name="add-check-import"),
    path(
        "external-checks/imports/<uuid:pk>/",
        check_views.OneCheckImport.as_view(),
        name="show-check-import",
    ),
    path("evidence/", source_views.AllEvidence.as_view(), name="list-all-evidence"),
    path("claimants/", claimant_views.Claimants.as_view(), name="list-claimants"),
    path("claimants/<uuid:pk>/", claimant_views.OneClaimant.as_view(), name="show-claimant"),
    path("sources/", source_views.Sources.as_view(), name="list-sources"),
    path("sources/<uuid:pk>/", source_views.OneSource.as_view(), name="show-source"),
]

"""The addresses of version 1."""

from django.urls import path

from api.lean import lean
from api.v1 import (
    bulk_views,
    citation_views,
    claim_review_views,
    export_views,
    import_views,
    passage_views,
    record_views,
    source_views,
    version_views,
    views,
)

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
    path("articles/", views.Articles.as_view(), name="list-articles"),
    path("articles/<uuid:pk>/", views.Article.as_view(), name="show-article"),
    path("articles/<uuid:pk>/versions/", version_views.Versions.as_view(), name="list-versions"),
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
    path("claims/", views.Claims.as_view(), name="list-claims"),
    path("claims/<uuid:pk>/", views.Claim.as_view(), name="show-claim"),
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
    path("exports/verdicts.ndjson", bulk_views.AllVerdicts.as_view(), name="export-verdicts"),
    path(
        "exports/publications.ndjson",
        bulk_views.AllPublications.as_view(),
        name="export-publications",
    ),
    path("claims/<uuid:pk>/evidence/", source_views.ClaimEvidence.as_view(), name="list-evidence"),
    path("sources/", source_views.Sources.as_view(), name="list-sources"),
    path("sources/<uuid:pk>/", source_views.OneSource.as_view(), name="show-source"),
]

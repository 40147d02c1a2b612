"""The desk's pages."""

from django.urls import path

from reviews.views import (
    articles,
    charts,
    claims,
    evidence,
    home,
    imports,
    judgement,
    queue,
    sources,
)

app_name = "reviews"
urlpatterns = [
    path("", home.home, name="home"),
    path("charts/<slug:name>.svg", charts.chart, name="chart"),
    path("articles/", articles.list_articles, name="list-articles"),
    path("articles/new/", articles.add_article, name="add-article"),
    path("articles/imports/", imports.list_imports, name="list-imports"),
    path("articles/imports/<uuid:pk>/retry/", imports.retry_import, name="retry-import"),
    path("articles/<uuid:pk>/", articles.show_article, name="show-article"),
    path("articles/<uuid:pk>/progress/", articles.show_progress, name="show-progress"),
    path("articles/<uuid:pk>/correct/", articles.correct_article, name="correct-article"),
    path("articles/<uuid:pk>/detect/", articles.detect_again, name="detect-again"),
    path("articles/<uuid:pk>/claim/", claims.add_claim, name="add-claim"),
    path("claims/alike/", claims.list_alike, name="list-alike"),
    path("claims/<uuid:pk>/", claims.show_claim, name="show-claim"),
    path("claims/<uuid:pk>/edit/", claims.edit_claim, name="edit-claim"),
    path("claims/<uuid:pk>/span/", claims.add_span, name="add-span"),
    path("claims/<uuid:pk>/comment/", claims.add_comment, name="add-comment"),
    path("claims/<uuid:pk>/unflag/", claims.unflag_claim, name="unflag-claim"),
    path("claims/<uuid:pk>/accept/", claims.accept_claim, name="accept-claim"),
    path("claims/<uuid:pk>/dismiss/", claims.dismiss_claim, name="dismiss-claim"),
    path("claims/<uuid:pk>/evidence/", evidence.add_evidence, name="add-evidence"),
    path("evidence/<uuid:pk>/withdraw/", evidence.withdraw, name="withdraw-evidence"),
    path("evidence/<uuid:pk>/take-on/", evidence.override_quote, name="override-quote"),
    path("claims/<uuid:pk>/take/", judgement.take_claim, name="take-claim"),
    path("claims/<uuid:pk>/release/", judgement.release_claim, name="release-claim"),
    path("claims/<uuid:pk>/assign/", judgement.assign_claim, name="assign-claim"),
    path("claims/<uuid:pk>/review/", judgement.review_claim, name="review-claim"),
    path("claims/<uuid:pk>/adjudicate/", judgement.adjudicate, name="adjudicate-claim"),
    path("claims/<uuid:pk>/verdict/", judgement.write_verdict, name="write-verdict"),
    path("claims/<uuid:pk>/send-back/", judgement.send_back, name="send-back"),
    path("queue/", queue.show_queue, name="queue"),
    path("queue/next/", queue.next_claim, name="next-claim"),
    path("queue/bulk/", queue.bulk, name="bulk"),
    path("sources/", sources.list_sources, name="list-sources"),
    path("sources/<uuid:pk>/", sources.show_source, name="show-source"),
    path("sources/<uuid:pk>/correct/", sources.correct_source, name="correct-source"),
]

"""Readers' pages: no sign-in, nothing that is not published."""

from django.urls import path

from publishing import embedding, picture, searching, sitemap, views
from publishing.caching import reader_page
from publishing.datafeed import claim_review_feed
from publishing.feeds import VerdictFeed
from publishing.json_feed import json_feed
from publishing.oembed import oembed
from publishing.proof import page as proof

app_name = "publishing"
urlpatterns = [
    path("", views.list_verdicts, name="list-verdicts"),
    path("claims/<uuid:pk>/", views.show_claim, name="show-claim"),
    path("articles/", views.list_articles, name="list-articles"),
    path("articles/<uuid:pk>/", views.show_article, name="show-article"),
    path("claimants/", views.list_claimants, name="list-claimants"),
    path("claimants/<uuid:pk>/", views.show_claimant, name="show-claimant"),
    path("corrections/", views.list_corrections, name="list-corrections"),
    path("search/", searching.search, name="search"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-claims-<int:number>.xml", sitemap.claims, name="sitemap-claims"),
    path("sitemap-articles-<int:number>.xml", sitemap.articles, name="sitemap-articles"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap-pages"),
    path("opensearch.xml", searching.describe, name="describe-search"),
    path("claims/<uuid:pk>/card.png", picture.show_card, name="show-card"),
    path("claims/<uuid:pk>/history/<int:seq>/", views.show_entry, name="show-entry"),
    path("methodology/", views.methodology, name="methodology"),
    path("feeds/claimreview.json", claim_review_feed, name="claim-review-feed"),
    path("record/", proof.show_record, name="show-record"),
    path("record/verify.py", proof.verifier, name="verifier"),
    path("feed.atom", reader_page(VerdictFeed()), name="feed"),
    path("feed.json", reader_page(json_feed), name="json-feed"),
    path("oembed", oembed, name="oembed"),
    path("embed.js", embedding.embed_script, name="embed-script"),
    path("embed/marks.json", embedding.list_marks, name="embed-marks"),
    path("embed/claims/<uuid:pk>/", embedding.embed_claim, name="embed-claim"),
    path("embed/articles/", embedding.find_article, name="embed-find"),
    path("embed/articles/<uuid:pk>/", embedding.embed_article, name="embed-article"),
]

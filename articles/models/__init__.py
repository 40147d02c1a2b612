"""Articles, their frozen versions, and what is on its way in."""

from articles.models.arrivals import (
    Batch,
    Feed,
    FeedEntry,
    FeedKind,
    Import,
    ImportQuerySet,
    ImportState,
)
from articles.models.article import Article, ArticleQuerySet, Origin, Version, VersionQuerySet

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Batch",
    "Feed",
    "FeedEntry",
    "FeedKind",
    "Import",
    "ImportQuerySet",
    "ImportState",
    "Origin",
    "Version",
    "VersionQuerySet",
]

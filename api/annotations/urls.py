"""Addresses of the annotation protocol. A container's ends in a slash, an annotation's does not."""

from django.urls import path

from api.annotations.views import Annotation, Container

app_name = "annotations"
urlpatterns = [
    path("", Container.as_view(), name="list-annotations"),
    path("articles/<uuid:pk>/", Container.as_view(), name="list-article-annotations"),
    path("<uuid:pk>/<slug:name>", Annotation.as_view(), name="show-annotation"),
]

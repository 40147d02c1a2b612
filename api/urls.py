"""The API: its reference and its versions."""

from django.urls import include, path

from api.reference import ReferenceView, SchemaView

app_name = "api"
urlpatterns = [
    path("docs/", ReferenceView.as_view(), name="docs"),
    path("v1/openapi.json", SchemaView.as_view(), name="schema"),
    path("v1/", include("api.v1.urls")),
]

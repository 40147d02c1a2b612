"""The addresses of Google's Fact Check Tools, version `v1alpha1`."""

from django.urls import path

from api.google import page_views, views

app_name = "google"
urlpatterns = [
    path("claims:search", views.ClaimSearch.as_view(), name="search-claims"),
    path("claims:imageSearch", views.ImageSearch.as_view(), name="search-images"),
    path("pages", page_views.Pages.as_view(), name="list-pages"),
    path("pages/<str:page_id>", page_views.Page.as_view(), name="show-page"),
]

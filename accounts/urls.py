"""The pages of API keys."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.list_keys, name="list-keys"),
    path("make/", views.make_key, name="make-key"),
    path("<uuid:pk>/revoke/", views.revoke_key, name="revoke-key"),
]

"""The desk's pages of webhooks."""

from django.urls import path

from publishing.webhooks import delivery_views, views

app_name = "webhooks"
urlpatterns = [
    path("", views.list_endpoints, name="list-endpoints"),
    path("make/", views.make_endpoint, name="make-endpoint"),
    path("<uuid:pk>/", delivery_views.show_endpoint, name="show-endpoint"),
    path("<uuid:pk>/change/", views.change_endpoint, name="change-endpoint"),
    path("<uuid:pk>/secret/", views.rotate_secret, name="rotate-secret"),
    path("<uuid:pk>/disable/", views.disable_endpoint, name="disable-endpoint"),
    path("<uuid:pk>/enable/", views.enable_endpoint, name="enable-endpoint"),
    path("<uuid:pk>/retire/", views.retire_endpoint, name="retire-endpoint"),
    path("<uuid:pk>/test/", delivery_views.test_endpoint, name="test-endpoint"),
    path("<uuid:pk>/replay/", delivery_views.replay_endpoint, name="replay-endpoint"),
    path("deliveries/<uuid:pk>/", delivery_views.show_delivery, name="show-delivery"),
    path("deliveries/<uuid:pk>/replay/", delivery_views.replay_delivery, name="replay-delivery"),
]

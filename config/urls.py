"""Which address goes to which app."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("publishing.urls")),
    path("desk/", include("reviews.urls")),
    path("desk/", include("publishing.desk.urls")),
    path("desk/keys/", include("accounts.urls")),
    path("desk/webhooks/", include("publishing.webhooks.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("api.urls")),
    path("v1alpha1/", include("api.google.urls")),
    path("annotations/", include("api.annotations.urls")),
    path("healthz", healthz, name="healthz"),
]

handler400 = "api.errors.handler400"
handler403 = "api.errors.handler403"
handler404 = "api.errors.handler404"
handler500 = "api.errors.handler500"

"""Publishing, correcting, retracting, reopening and dossiers, from the desk."""

from django.urls import path

from publishing.desk import dossier, pages, views

app_name = "release"
urlpatterns = [
    path("claims/<uuid:pk>/publish/", views.publish, name="publish-verdict"),
    path("claims/<uuid:pk>/correct/", views.correct, name="correct-verdict"),
    path("claims/<uuid:pk>/retract/", views.retract, name="retract-verdict"),
    path("claims/<uuid:pk>/dossier/", dossier.download_dossier, name="download-dossier"),
    path("pages/", pages.list_pages, name="list-pages"),
    path("pages/<uuid:pk>/remove/", pages.remove, name="remove-page"),
    path("claims/<uuid:pk>/reopen/", views.reopen, name="reopen-claim"),
]

"""The addresses these tests need, and no door."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("ui/", include("xinqiao.ui.urls")),
]
handler404 = "xinqiao.ui.views.not_found"

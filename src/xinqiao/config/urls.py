"""Which door an address leads to."""

from django.urls import include, path

from xinqiao.api.door import api

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("desk/", include("xinqiao.desk.account.allauth_urls")),
    path("desk/", include("xinqiao.desk.urls")),
    path("api/v1/", api.urls),
    path("ui/", include("xinqiao.ui.urls")),
    path("", include("xinqiao.portal.urls")),
]
handler400 = "xinqiao.ui.views.bad_request"
handler403 = "xinqiao.ui.views.forbidden"
handler404 = "xinqiao.ui.views.not_found"
handler500 = "xinqiao.ui.views.server_error"
handler429 = "xinqiao.ui.views.too_many_tries"  # asked for by allauth

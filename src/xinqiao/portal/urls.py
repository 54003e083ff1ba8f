"""Addresses of the portal, a folder a capability."""

from django.urls import include, path

app_name = "portal"
urlpatterns = [
    path("", include("xinqiao.portal.home.urls")),
    path("submit/", include("xinqiao.portal.submit.urls")),
    path("lookup/", include("xinqiao.portal.lookup.urls")),
    path("rate/", include("xinqiao.portal.rate.urls")),
    path("account/", include("xinqiao.portal.account.urls")),
    path("reception/", include("xinqiao.portal.reception.urls")),
    path("decisions/", include("xinqiao.portal.public_decisions.urls")),
    path("figures/", include("xinqiao.portal.figures.urls")),
    path("appeals/", include("xinqiao.portal.appeals.urls")),
]

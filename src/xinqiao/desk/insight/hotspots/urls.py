"""Addresses of hot spots, at the desk."""

from django.urls import path

from xinqiao.desk.insight.hotspots import one, pages, precision, rising

urlpatterns = [
    path("", pages.hotspots, name="hotspots"),
    path("export/", pages.export, name="hotspots_export"),
    path("precision/", precision.page, name="hotspots_precision"),
    path("rises/<row:rise>/", rising.rise, name="rise"),
    path("<row:spot>/", one.hotspot, name="hotspot"),
    path("<row:spot>/hand-over/", one.hand_over, name="hotspot_hand_over"),
]

"""Addresses of looking up and of the steps of a petitioner."""

from django.urls import path

from xinqiao.portal.lookup import steps, views

urlpatterns = [
    path("", views.lookup, name="lookup"),
    path("end/", views.end, name="lookup_end"),
    path("<str:number>/", views.matter, name="matter"),
    path("<str:number>/files/<int:file>/", views.file, name="file"),
    path("<str:number>/papers/<int:seq>/", views.paper, name="paper"),
    path("<str:number>/supplement/", steps.supplement, name="supplement"),
    path("<str:number>/withdraw/", steps.withdraw, name="withdraw"),
    path("<str:number>/written-opinion/", steps.written_opinion, name="written_opinion"),
]

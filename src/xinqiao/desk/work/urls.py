"""Addresses of the lists."""

from django.urls import path
from django.views.generic import RedirectView

from xinqiao.desk.work import saved, together, views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:work"), name="start"),
    path("work/", views.work, name="work"),
    path("work/views/", saved.saved, name="views"),
    path("work/views/<row:view>/", saved.change, name="view"),
    path("work/together/", together.together, name="together"),
    path("work/together/done/", together.done, name="together_done"),
]

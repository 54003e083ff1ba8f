"""Addresses of public decisions and suggestion calls, for everybody."""

from django.urls import path

from xinqiao.portal.public_decisions import opinion, suggest, views

urlpatterns = [
    path("", views.decisions, name="decisions"),
    path("adopted/", views.adopted, name="adopted"),
    path("calls/<slug:ref>/", views.call, name="suggestion_call"),
    path("calls/<slug:ref>/suggest/", suggest.begin, name="suggest"),
    path("calls/<slug:ref>/suggest/<slug:page>/", suggest.write, name="suggest_page"),
    path("<slug:ref>/", views.decision, name="decision"),
    path("<slug:ref>/opinion/", opinion.begin, name="opinion"),
    path("<slug:ref>/opinion/sent/", opinion.sent, name="opinion_sent"),
    path("<slug:ref>/opinion/<slug:page>/", opinion.write, name="opinion_page"),
]

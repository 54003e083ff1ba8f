"""Addresses of supervision."""

from django.urls import path

from xinqiao.desk.supervision import alike, answers, findings, recommending, report, tracing

urlpatterns = [
    path("", findings.page, name="supervision"),
    path("urge/", findings.urge, name="supervision_urge"),
    path("answers/", answers.page, name="supervision_answers"),
    path("alike/", alike.page, name="answers_alike"),
    path("listed/", answers.listed, name="supervision_listed"),
    path("recommendations/", recommending.page, name="supervision_recommendations"),
    path("recommendations/new/", recommending.new, name="supervision_recommend"),
    path("recommendations/<row:measure>/", recommending.one, name="supervision_recommendation"),
    path("held/", tracing.units, name="supervision_units"),
    path("held/<slug:unit>/", tracing.unit, name="supervision_unit"),
    path("report/", report.page, name="supervision_report"),
    path("report/matters/", report.matters_behind, name="supervision_report_matters"),
]

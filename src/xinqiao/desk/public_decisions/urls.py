"""Addresses of public decisions, at the desk."""

from django.urls import path

from xinqiao.desk.public_decisions import acts, assessment, calls, lists, opinions, suggestions

urlpatterns = [
    path("", lists.decisions, name="decisions"),
    path("new/", acts.begin, name="new_decision"),
    path("export/", lists.export, name="decisions_export"),
    path("calls/", lists.calls, name="suggestion_calls"),
    path("calls/new/", calls.new, name="new_suggestion_call"),
    path("calls/<slug:ref>/", calls.call, name="suggestion_call"),
    path("calls/<slug:ref>/export/", suggestions.export, name="suggestions_export"),
    path("calls/<slug:ref>/do/<slug:act>/", calls.act, name="suggestion_call_act"),
    path("calls/<slug:ref>/suggestions/<row:row>/", suggestions.suggestion, name="suggestion"),
    path("<slug:ref>/", assessment.decision, name="decision"),
    path("<slug:ref>/do/<slug:act>/", acts.act, name="decision_act"),
    path("<slug:ref>/questions/<slug:question>/", acts.find, name="decision_find"),
    path("<slug:ref>/measures/<row:measure>/", acts.measure, name="decision_measure"),
    path("<slug:ref>/files/<row:file>/", assessment.file, name="decision_file"),
    path("<slug:ref>/opinions/", opinions.opinions, name="decision_opinions"),
    path("<slug:ref>/opinions/export/", opinions.export, name="opinions_export"),
    path("<slug:ref>/opinions/<row:row>/", opinions.release, name="decision_opinion"),
    path("<slug:ref>/answers/new/", opinions.answer, name="decision_answer"),
    path("<slug:ref>/answers/<row:row>/", opinions.answer, name="decision_answer_again"),
]

"""Addresses of leaders in charge, the joint conference and responsibility, at the desk."""

from django.urls import path

from xinqiao.desk.leadership import cases, conferences, items, leader, responsibility, visits

urlpatterns = [
    path("", leader.page, name="leadership"),
    path("cases/", cases.cases, name="cases"),
    path("cases/table/", cases.export, name="cases_table"),
    path("cases/<row:lead>/", cases.case, name="case"),
    path("cases/<row:lead>/visit/", visits.new, name="new_visit"),
    path("on/<number:number>/lead/", cases.assign, name="assign_lead"),
    path("on/<number:number>/conference/", items.propose, name="propose_item"),
    path("visits/", visits.visits, name="visits"),
    path("visits/table/", visits.export, name="visits_table"),
    path("conferences/", conferences.conferences, name="conferences"),
    path("conferences/table/", items.export, name="conferences_table"),
    path("conferences/new/", conferences.new, name="new_conference"),
    path("conferences/<row:conference>/", conferences.conference, name="conference"),
    path("conferences/<row:conference>/change/", conferences.change, name="change_conference"),
    path("conferences/<row:conference>/attendance/", conferences.attendance, name="attendance"),
    path("conferences/<row:conference>/matters/", items.candidates, name="candidates"),
    path("conferences/<row:conference>/subject/", items.propose_subject, name="propose_subject"),
    path("conferences/<row:conference>/papers/", conferences.add_papers, name="add_papers"),
    path(
        "conferences/<row:conference>/papers/<row:file>/",
        conferences.paper,
        name="conference_paper",
    ),
    path("conferences/items/<row:item>/", items.item, name="conference_item"),
    path("responsibility/", responsibility.responsibility, name="responsibility"),
    path("responsibility/table/", responsibility.export, name="responsibility_table"),
]

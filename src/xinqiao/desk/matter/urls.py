"""Addresses of one matter."""

from django.urls import path

from xinqiao.desk.matter import apart, looking, papers, steps, views
from xinqiao.desk.registering.receipts import receipt

urlpatterns = [
    path("", views.matter, name="matter"),
    path("steps/<slug:step>/", steps.take, name="step"),
    path("steps/<slug:step>/look/", looking.look_again, name="answer_look"),
    path("same/<slug:step>/", apart.tell, name="tell_same"),
    path("papers/<int:seq>/", papers.paper, name="paper"),
    path("receipts/<number:contact>/", receipt, name="receipt"),
]

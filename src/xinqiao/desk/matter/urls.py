"""Addresses of one matter."""

from django.urls import path

from xinqiao.desk.matter import steps, views
from xinqiao.desk.registering.receipts import receipt

urlpatterns = [
    path("", views.matter, name="matter"),
    path("steps/<slug:step>/", steps.take, name="step"),
    path("receipts/<number:contact>/", receipt, name="receipt"),
]

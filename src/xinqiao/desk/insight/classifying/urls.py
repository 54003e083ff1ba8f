"""Addresses of the learning of categories, at the desk."""

from django.urls import path

from xinqiao.desk.insight.classifying import views

urlpatterns = [
    path("", views.learning, name="learning"),
    path("<number:number>/stays/", views.stays, name="learning_stays"),
]

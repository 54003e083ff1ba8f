"""Addresses of the duties, at the desk."""

from django.urls import path

from xinqiao.desk.duties import views

urlpatterns = [
    path("", views.duties, name="duties"),
    path("table/", views.export, name="duties_table"),
    path("<row:duty>/", views.duty, name="duty"),
    path("on/<number:number>/", views.give, name="give_duty"),
]

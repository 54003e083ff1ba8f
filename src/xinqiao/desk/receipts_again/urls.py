"""Addresses of a receipt that is given out again."""

from django.urls import path

from xinqiao.desk.receipts_again import views

urlpatterns = [path("<number:contact>/again/", views.again, name="receipt_again")]

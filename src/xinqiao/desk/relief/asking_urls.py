"""The address at which help is asked for on a matter."""

from django.urls import path

from xinqiao.desk.relief import asking

urlpatterns = [path("", asking.ask, name="relief_ask")]

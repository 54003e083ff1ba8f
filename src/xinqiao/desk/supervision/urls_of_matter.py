"""The address of the trace of one matter."""

from django.urls import path

from xinqiao.desk.supervision import tracing

urlpatterns = [path("", tracing.matter, name="trace")]

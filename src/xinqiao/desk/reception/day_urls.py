"""Addresses of the reception days, at the desk."""

from django.urls import path

from xinqiao.desk.reception import day_forms, days

urlpatterns = [
    path("", days.month, name="reception_days"),
    path("new/", day_forms.plan, name="new_reception_day"),
    path("notice/", days.notice, name="reception_notice"),
    path("table/", days.export, name="reception_days_table"),
    path("<row:day>/", days.day, name="reception_day"),
    path("<row:day>/cancel/", day_forms.cancel, name="cancel_reception_day"),
    path("<row:day>/leader/", day_forms.replace, name="replace_leader"),
    path("<row:day>/walk-in/", days.walk_in, name="walk_in"),
    path("<row:day>/bookings/<row:booking>/", days.arrive, name="arrive"),
]

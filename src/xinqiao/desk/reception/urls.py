"""Addresses of the reception hall, at the desk."""

from django.urls import path

from xinqiao.desk.reception import arrange, day_forms, days, views

urlpatterns = [
    path("", views.hall, name="hall"),
    path("numbers/", views.give, name="give_number"),
    path("windows/<row:window>/", views.turn, name="turn"),
    path("arrange/", arrange.halls, name="halls"),
    path("arrange/new/", arrange.new_hall, name="new_hall"),
    path("arrange/<slug:code>/", arrange.one_hall, name="one_hall"),
    path("arrange/<slug:code>/windows/new/", arrange.window, name="new_window"),
    path("arrange/<slug:code>/windows/<row:window>/", arrange.window, name="one_window"),
    path("days/", days.month, name="reception_days"),
    path("days/new/", day_forms.plan, name="new_reception_day"),
    path("days/notice/", days.notice, name="reception_notice"),
    path("days/table/", days.export, name="reception_days_table"),
    path("days/<row:day>/", days.day, name="reception_day"),
    path("days/<row:day>/cancel/", day_forms.cancel, name="cancel_reception_day"),
    path("days/<row:day>/leader/", day_forms.replace, name="replace_leader"),
    path("days/<row:day>/walk-in/", days.walk_in, name="walk_in"),
    path("days/<row:day>/bookings/<row:booking>/", days.arrive, name="arrive"),
]

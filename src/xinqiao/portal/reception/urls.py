"""Addresses of the reception halls and of the reception days, for everybody."""

from django.urls import path

from xinqiao.portal.reception import days, views

urlpatterns = [
    path("", views.today, name="reception"),
    path("days/", days.days, name="reception_days"),
    path("days/<int:day>/", days.day, name="reception_day"),
    path("days/times/<int:slot>/", days.book, name="book_time"),
    path("booking/", days.booking, name="booking"),
    path("booking/give-back/", days.give_back, name="give_booking_back"),
    path("booking/close/", days.close, name="close_booking"),
    path("<slug:code>/screen/", views.screen, name="hall_screen"),
]

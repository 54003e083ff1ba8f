"""Addresses of the hardship fund. Asking for help on a matter stands with the matter."""

from django.urls import path

from xinqiao.desk.relief import books, lists, one

urlpatterns = [
    path("", lists.requests, name="relief"),
    path("export/", lists.export, name="relief_export"),
    path("requests/<row:request_id>/", one.request_page, name="relief_request"),
    path("requests/<row:request_id>/decision/", one.decision, name="relief_decision"),
    path("requests/<row:request_id>/<slug:move>/", one.move, name="relief_move"),
    path("funds/", books.funds, name="relief_funds"),
    path("funds/export/", books.export_funds, name="relief_funds_export"),
    path("funds/new/", books.open_fund, name="relief_fund_open"),
    path("funds/<row:fund_id>/", books.fund, name="relief_fund"),
    path("funds/<row:fund_id>/add/", books.add, name="relief_fund_add"),
    path("funds/<row:fund_id>/export/", books.export_books, name="relief_books_export"),
    path("funds/<row:fund_id>/print/", books.print_books, name="relief_books_print"),
]

"""Addresses of the desk, a folder a capability."""

from django.urls import include, path, register_converter

from xinqiao.desk.converters import NumberConverter, RowConverter

register_converter(NumberConverter, "number")
register_converter(RowConverter, "row")

app_name = "desk"
urlpatterns = [
    path("", include("xinqiao.desk.account.urls")),
    path("", include("xinqiao.desk.work.urls")),
    path("search/", include("xinqiao.desk.search.urls")),
    path("matters/<number:number>/", include("xinqiao.desk.matter.urls")),
    path("matters/<number:number>/people/", include("xinqiao.desk.people.urls")),
    path("matters/<number:number>/receipts/", include("xinqiao.desk.receipts_again.urls")),
    path("matters/<number:number>/files/", include("xinqiao.desk.files.urls")),
    path("matters/<number:number>/relief/", include("xinqiao.desk.relief.asking_urls")),
    path("relief/", include("xinqiao.desk.relief.urls")),
    path("targets/", include("xinqiao.desk.targets.urls")),
    path("leadership/", include("xinqiao.desk.leadership.urls")),
    path("group-visits/", include("xinqiao.desk.group_visits.urls")),
    path("duties/", include("xinqiao.desk.duties.urls")),
    path("matters/<number:number>/trace/", include("xinqiao.desk.supervision.urls_of_matter")),
    path("supervision/", include("xinqiao.desk.supervision.urls")),
    path("insight/categories/", include("xinqiao.desk.insight.classifying.urls")),
    path("referral/", include("xinqiao.desk.referral.urls")),
    path("hall/", include("xinqiao.desk.reception.urls")),
    path("hotspots/", include("xinqiao.desk.insight.hotspots.urls")),
    path("", include("xinqiao.desk.disputes.urls")),
    path("decisions/", include("xinqiao.desk.public_decisions.urls")),
    path("reception-days/", include("xinqiao.desk.reception.day_urls")),
    path("counter/", include("xinqiao.desk.counter.urls")),
    path("letters/", include("xinqiao.desk.letters.urls")),
    path("admin/", include("xinqiao.desk.admin.urls")),
    path("registering/", include("xinqiao.desk.registering.urls")),
]

"""All components on two pages, for looking at them in both themes, both languages and any width.

Open only with DEBUG or XINQIAO_GALLERY. The sample words are invented and, being samples, not translated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xinqiao.ui.charts import Chart, ChartKind, Series
from xinqiao.ui.forms import RENDERER, FilesField

ERRORS = {"400", "403", "404", "405", "429", "500", "503", "csrf"}


@dataclass(frozen=True, kw_only=True)
class SampleClock:
    """A clock as the law package would give it."""

    title: str
    state: str
    due: date | datetime | None = None
    met_on: date | None = None


class SampleForm(forms.Form):
    """One field of each sort."""

    default_renderer = RENDERER

    name = forms.CharField(label="姓名", help_text="与身份证件上的姓名一致。")
    phone = forms.CharField(label="联系电话", required=False)
    kind = forms.ChoiceField(
        label="您要反映的是",
        widget=forms.RadioSelect,
        choices=[("claim", "请求解决一个问题"), ("suggestion", "提出建议"), ("report", "检举控告")],
    )
    place = forms.ChoiceField(
        label="事情发生在", choices=[("", "请选择"), ("a", "桐花区"), ("b", "临江县")]
    )
    text = forms.CharField(
        label="事实和理由",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="什么时候、在哪里、发生了什么，您希望怎样解决。",
    )
    attachments = FilesField(
        label="材料", required=False, help_text="照片、PDF、Office 文档或录音，每个不超过 20 MB。"
    )
    agree = forms.BooleanField(label="以上内容属实，我对其真实性负责。")


def _open_for_builders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not (settings.DEBUG or getattr(settings, "XINQIAO_GALLERY", False)):
            raise Http404
        return view(request, **arguments)

    return guarded


@_open_for_builders
def portal(request: HttpRequest) -> HttpResponse:
    """What citizens see: generous."""
    form = SampleForm({"kind": "claim"}) if "wrong" in request.GET else SampleForm()
    facts = {
        "clocks": _clocks(),
        "form": form,
        "steps": ["您要反映什么", "发生在哪里", "您是谁", "核对并提交"],
        "page": Paginator(range(400), 20).get_page(request.GET.get("page", 7)),
        "moment": timezone.now() - timedelta(days=3, hours=2),
        "link": request.build_absolute_uri("/"),
    }
    return render(request, "ui/gallery/portal.html", facts)


@_open_for_builders
def desk(request: HttpRequest) -> HttpResponse:
    """What staff see: dense."""
    facts = {
        "rows": _rows(),
        "clocks": _clocks(),
        "moment": timezone.now() - timedelta(days=3, hours=2),
    }
    return render(request, "ui/gallery/desk.html", facts)


@_open_for_builders
def charts(request: HttpRequest) -> HttpResponse:
    """A chart of each kind."""
    return render(request, "ui/gallery/charts.html", {"charts": _charts()})


@_open_for_builders
def error(request: HttpRequest, name: str) -> HttpResponse:
    """One of the error pages, with status 200."""
    if name not in ERRORS:
        raise Http404
    return render(request, f"ui/errors/{name}.html", {"minutes": 15})


def _charts() -> list[Chart]:
    months = [f"{month} 月" for month in range(1, 13)]
    past = [212, 187, 240, 233, 251, 246, 228, None, None, None, None, None]
    ahead = [None] * 7 + [
        (218.0, 244.0),
        (209.0, 251.0),
        (202.0, 258.0),
        (199.0, 266.0),
        (190.0, 270.0),
    ]
    wide = [None if one is None else (one[0] - 14, one[1] + 14) for one in ahead]
    last = [230, 201, 262, 240, 266, 249, 241, 236, 244, 239, 251, 247]
    counties = [f"第{place}区" for place in range(1, 9)]
    share = [0.91, 0.87, 0.94, 0.96, 0.9, 0.89, 0.93, 0.97]
    fields = ["住房", "劳动", "土地", "环境"]
    tiles = [[place * 3 + column * column for column in range(8)] for place in range(3)]
    return [
        Chart(title="信访总量", kind=ChartKind.LINE, labels=months, first="月份", target=225, band80=ahead, band95=wide,
              series=[Series(name="今年", values=past), Series(name="去年", values=last)],
              says="今年前七个月每月约 230 件，低于去年同期。"),
        Chart(title="按期答复率", kind=ChartKind.BARS, labels=counties, first="区县", percent=True, lying=True,
              series=[Series(name="今年", values=share)], says="各区县在 87 % 至 97 % 之间。"),
        Chart(title="分渠道", kind=ChartKind.BARS, labels=months[:6], first="月份", stacked=True, says="网上为主。",
              series=[Series(name="网上", values=last[:6]), Series(name="来信", values=[40, 30, 44, 38, 51, 29])]),
        Chart(title="领域与区县", kind=ChartKind.HEAT, labels=counties, first="领域", says="住房最多。",
              missing="不予公开",
              series=[Series(name=name, values=row) for name, row in zip(fields, [*tiles, [None] * 8], strict=True)]),
    ]  # fmt: skip


def _clocks() -> list[SampleClock]:
    today = timezone.localdate()
    day = timedelta(days=1)
    return [
        SampleClock(title="登记并转送", state="met", due=today, met_on=today - day),
        SampleClock(title="告知信访人", state="running", due=today + 4 * day),
        SampleClock(title="办理", state="running", due=today + 41 * day),
        SampleClock(title="答复督办", state="running", due=today),
        SampleClock(
            title="紧急报告", state="running", due=timezone.now() + timedelta(hours=3, minutes=10)
        ),
        SampleClock(title="反馈交办结果", state="overdue", due=today - 3 * day),
        SampleClock(
            title="改进工作建议", state="late", due=today - 9 * day, met_on=today - 7 * day
        ),
        SampleClock(title="复核", state="paused"),
        SampleClock(title="提出异议", state="lapsed", due=today - 20 * day),
        SampleClock(title="申请复查", state="open", due=today + 18 * day),
        SampleClock(title="原承办单位告知", state="void", due=today - 30 * day),
    ]


def _rows() -> list[dict[str, Any]]:
    today = timezone.localdate()
    titles = [
        ("锦绣家园小区电梯半年未修，物业收费照旧", "住建局", "办理", -3),
        ("请求支付滨江道路工程拖欠的工资", "人社局", "办理", 0),
        ("建议在人民路小学门前设置过街天桥", "教育局", "告知", 2),
        ("村口水塘被填，要求恢复灌溉水渠", "临江县政府", "复查", 6),
        ("退役士兵养老保险补缴问题", "退役军人局", "办理", 12),
        ("夜间渣土车噪声扰民，多次反映未果", "城管局", "转送", 13),
        ("拆迁安置房交付延期两年", "桐花区政府", "办理", 27),
        ("反映某企业排放异味气体", "生态环境局", "办理", 44),
    ]
    return [
        {
            "number": f"XQ340800-2026-{1204 + place * 37:06d}",
            "title": title,
            "unit": unit,
            "step": step,
            "due": today + timedelta(days=days),
            "name": "王**" if place % 2 else "欧阳*",
            "at": timezone.now() - timedelta(days=20 - place, hours=place),
        }
        for place, (title, unit, step, days) in enumerate(titles)
    ]

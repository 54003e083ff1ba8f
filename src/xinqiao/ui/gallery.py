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
def error(request: HttpRequest, name: str) -> HttpResponse:
    """One of the error pages, with status 200."""
    if name not in ERRORS:
        raise Http404
    return render(request, f"ui/errors/{name}.html", {"minutes": 15})


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

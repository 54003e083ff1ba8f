"""The pages of duties: those due with their clocks, one with its history, given beside a matter, taken away."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_exports import read
from tests.duties.given import gives
from xinqiao.duties.models import Duty


def test_what_my_unit_owes_stands_nearest_first_with_its_clock(desk: Desk) -> None:
    gives(desk, words="后做的", due=timezone.localdate() + timedelta(days=30))
    gives(desk, words="先做的", due=timezone.localdate() + timedelta(days=2))
    Duty.objects.filter(words="后做的").update(due=timezone.localdate() - timedelta(days=3))
    page = desk.log_in("lina").get(reverse("desk:duties")).content.decode()
    assert page.index("后做的") < page.index("先做的")
    assert "逾期 3 天" in page
    assert "后做的" not in desk.log_in("sunli").get(reverse("desk:duties")).content.decode()


def test_one_says_it_is_done_and_another_confirms(desk: Desk) -> None:
    receipt = desk.accepts()
    duty = gives(desk, matter=receipt.matter)
    address = reverse("desk:duty", args=[duty])
    owner, giver = desk.log_in("lina"), desk.log_in("zhaogang")
    refused = owner.post(address, {"verb": "report_done", "words": ""})
    assert refused.status_code == 422
    assert "还没有填写" in refused.content.decode()
    assert owner.post(address, {"verb": "report_done", "words": "已修好"}).status_code == 302
    assert "待确认" in giver.get(address).content.decode()
    assert giver.post(address, {"verb": "confirm", "words": ""}).status_code == 302
    page = giver.get(reverse("desk:matter", args=[receipt.number])).content.decode()
    assert "已确认办结" in page
    assert owner.post(address, {"verb": "nonsense"}).status_code == 422
    assert desk.log_in("sunli").get(address).status_code == 404


def test_a_duty_is_given_beside_its_matter(desk: Desk) -> None:
    receipt = desk.accepts()
    address = reverse("desk:give_duty", args=[receipt.number])
    browser = desk.log_in("zhaogang")
    due = timezone.localdate() + timedelta(days=5)
    typed = {"duty_words": "约谈物业公司", "duty_unit": "city-housing", "due_on": due.isoformat()}
    late = browser.post(address, typed | {"due_on": "2020-01-01"})
    assert late.status_code == 422
    assert "约谈物业公司" in late.content.decode()
    assert browser.post(address, typed).status_code == 302
    assert Duty.objects.get().matter_id == receipt.matter
    assert desk.log_in("sunli").get(address).status_code == 404


def test_the_list_goes_to_excel_within_scope(desk: Desk) -> None:
    gives(desk, words="=1+1 住建的任务")
    gives(desk, words="人社的任务", unit="city-labour")
    answer = desk.log_in("lina").get(reverse("desk:duties_table"))
    assert [row[1] for row in read(answer)[1:]] == ["=1+1 住建的任务"]


def test_a_page_of_ten_thousand_asks_few_questions(desk: Desk) -> None:
    gives(desk)
    one = Duty.objects.get()
    Duty.objects.bulk_create([
        Duty(**{f.attname: getattr(one, f.attname) for f in Duty._meta.fields if f.name != "id"})
        for _ in range(10_000)
    ])  # fmt: skip
    browser = desk.log_in("lina")
    browser.get(reverse("desk:duties"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(reverse("desk:duties"), {"page": 3})
    assert answer.content.decode().count("data-row") == 50
    assert len(asked) <= 16, [one["sql"] for one in asked.captured_queries]

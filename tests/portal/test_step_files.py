"""Files with a supplement or an appeal: looked at when chosen, kept through every break, seen by whom they concern."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.evidence import samples
from tests.portal.citizen import Citizen, text_of
from tests.portal.offices import Offices
from xinqiao.evidence import actions as evidence
from xinqiao.evidence import queries as kept
from xinqiao.evidence.values import CONTACT, FileInfo, Owner
from xinqiao.intake.values import Receipt
from xinqiao.lookup.files import MATTER
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import SYSTEM


def photo(name: str = "电梯.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.picture())


def page(receipt: Receipt) -> str:
    return f"/lookup/{receipt.number}/supplement/"


def sends(citizen: Citizen, receipt: Receipt, *files: SimpleUploadedFile, **more: str) -> Any:
    seen = citizen.client.get(page(receipt)).context["form"]["seen"].value()
    typed = {"supplement": "照片为证", "seen": seen, "files": list(files)} | more
    return citizen.client.post(page(receipt), typed)


def of_matter(receipt: Receipt) -> list[FileInfo]:
    return kept.files_of(Owner(kind=MATTER, id=receipt.matter))


def address(receipt: Receipt, file: FileInfo) -> str:
    return f"/lookup/{receipt.number}/files/{file.id}/"


def test_a_photo_goes_with_a_supplement_and_the_ledger_names_it(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    assert sends(gao_lan, receipt, photo()).status_code == 302
    (file,) = of_matter(receipt)
    assert matters.told(receipt.matter)[-1].payload["files"] == [file.sha256]
    assert address(receipt, file) in text_of(gao_lan.client.get(f"/lookup/{receipt.number}/"))
    answer = gao_lan.client.get(address(receipt, file))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_what_is_no_photo_is_refused_by_name_and_the_rest_stays(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    program = SimpleUploadedFile("照片.jpg", b"MZ" + bytes(2000))
    refused = sends(gao_lan, receipt, photo("一.jpg"), program)
    assert "照片.jpg" in str(refused.context["form"].errors["files"])
    assert refused.context["form"]["supplement"].value() == "照片为证"
    assert [one.file.name for one in refused.context["chosen"]] == ["一.jpg"]
    assert of_matter(receipt) == []
    assert sends(gao_lan, receipt).status_code == 302
    assert [one.name for one in of_matter(receipt)] == ["一.jpg"]


def test_a_file_is_taken_out_again_before_it_is_sent(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    sends(gao_lan, receipt, photo(), supplement="")
    (chosen,) = gao_lan.client.get(page(receipt)).context["chosen"]
    assert gao_lan.client.get(address(receipt, chosen.file)).status_code == 200
    gao_lan.client.post(page(receipt), {"file": chosen.file.id})
    assert gao_lan.client.get(page(receipt)).context["chosen"] == []
    sends(gao_lan, receipt)
    assert of_matter(receipt) == []


def test_a_draft_keeps_its_files_and_no_other_browser_sees_them(
    gao_lan: Citizen, offices: Offices
) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    sends(gao_lan, receipt, photo(), keep="1")
    gao_lan.client.post(page(receipt), {"supplement": "照片为证，还有", "keep": "silently"})
    again = gao_lan.client.get(page(receipt))
    assert again.context["form"]["supplement"].value() == "照片为证，还有"
    (chosen,) = again.context["chosen"]
    neighbour = Citizen()
    neighbour.opens(receipt)
    assert neighbour.client.get(page(receipt)).context["chosen"] == []
    assert neighbour.client.get(address(receipt, chosen.file)).status_code == 404


def test_no_more_than_ten(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.accepted()
    gao_lan.opens(receipt)
    many = [SimpleUploadedFile(f"{n}.txt", f"第{n}份".encode()) for n in range(10)]
    sends(gao_lan, receipt, *many, supplement="")
    refused = sends(gao_lan, receipt, photo())
    assert "最多10个文件" in str(refused.context["form"].errors["files"])
    assert len(refused.context["chosen"]) == 10


def test_files_of_a_request_stand_on_its_receipt(gao_lan: Citizen, offices: Offices) -> None:
    receipt = offices.answered()
    gao_lan.opens(receipt)
    door = f"/appeals/{receipt.number}/"
    seen = gao_lan.client.get(door).context["form"]["seen"].value()
    typed = {"reason": "没有查清", "to_unit": "city-government", "seen": seen, "files": [photo()]}
    proof = gao_lan.client.post(door, typed, follow=True)
    assert [one.file.name for one in proof.context["files"]] == ["电梯.jpg"]


def test_what_came_with_the_own_contact_is_seen_and_that_of_another_is_not(
    gao_lan: Citizen, offices: Offices
) -> None:
    mine, other = offices.accepted(), offices.accepted()
    now = timezone.now()
    files = [
        evidence.keep(
            BytesIO(samples.picture()), name="楼道.jpg", owner=Owner(kind=CONTACT, id=one.contact), by=SYSTEM, now=now
        )
        for one in (mine, other)
    ]  # fmt: skip
    gao_lan.opens(mine)
    assert "楼道.jpg" in text_of(gao_lan.client.get(f"/lookup/{mine.number}/"))
    found = [gao_lan.client.get(address(mine, file)).status_code for file in files]
    assert found == [200, 404]
    assert Citizen().client.get(address(mine, files[0])).status_code == 302


@pytest.mark.parametrize(("step", "seen"), [("notify", 200), ("give_help", 404)])
def test_what_was_handed_out_is_seen_and_what_stays_inside_is_not(
    gao_lan: Citizen, offices: Offices, step: str, seen: int
) -> None:
    receipt = offices.accepted()
    owner = Owner(kind=MATTER, id=receipt.matter)
    file = evidence.keep(
        BytesIO(samples.picture()), name="通知.jpg", owner=owner, by=SYSTEM, now=timezone.now()
    )
    words = {"notify": {"notice_content": "已受理"}, "give_help": {"help": "临时救助"}}[step]
    offices.takes(receipt, step, "lina", 1, files=[file.sha256], **words)
    gao_lan.opens(receipt)
    assert gao_lan.client.get(address(receipt, file)).status_code == seen

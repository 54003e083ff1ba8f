"""What can be checked in an answer, and which demands it leaves untouched. No score of anybody."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinqiao.text.answers.among import copies, own_and_other
from xinqiao.text.answers.demands import Asked, demands, untouched
from xinqiao.text.answers.facts import Answered, Facts, facts
from xinqiao.text.answers.wording import wording
from xinqiao.text.clean import MAX_TEXT

FULL = (
    "您好!您反映的东湖花园二期停水问题收悉。经查,该小区二次供水泵房电机损坏,导致七层以上住户无水。"
    "根据《城市供水条例》第二十条和市政办发〔2018〕12号,供水公司已更换电机。下一步将改造泵房,预计2019年6月底完成。"
    "如有疑问请拨打0555-2345678。2019年3月4日"
)


class TestWording:
    def test_a_full_answer(self) -> None:
        found = wording(FULL)
        assert found.cites[0] == "城市供水条例"
        assert any("12号" in one for one in found.cites)
        assert (found.contact, found.date, found.next_step) == (True, True, True)
        assert (found.only_forwards, found.empty) == (False, False)

    @pytest.mark.parametrize(
        "answer",
        [
            "网友:您好!您所反映的问题已转交市教育局处理。2018年11月22日",
            "您好,来信收悉,我们已将您的留言转给相关部门,感谢您的支持!",
            "您好!您的意见已收悉,我们将向有关部门反馈。",
        ],
    )
    def test_one_that_only_says_who_has_it_now(self, answer: str) -> None:
        assert wording(answer).only_forwards

    @pytest.mark.parametrize(
        "answer", ["", "已收悉", "网友:您好!留言已收悉。", "感谢您的关注和支持!祝您生活愉快!"]
    )
    def test_one_that_says_nothing(self, answer: str) -> None:
        found = wording(answer)
        assert found.empty and not found.only_forwards

    def test_forwarded_with_what_was_found_out_is_more_than_forwarded(self) -> None:
        found = wording(
            "您的来信已转交住建局。经现场查看,3号楼外墙瓷砖脱落约两平方米,已设围挡并通知开发商维修。"
        )
        assert not found.only_forwards and not found.empty

    def test_the_date_under_a_letter_is_no_date_of_its_matter(self) -> None:
        assert not wording("您好,道路已由养护队修补,请您放心通行。2019年3月4日").date
        assert wording("您好,道路将在年底前修补。2019年3月4日").date

    def test_a_book_is_no_law(self) -> None:
        assert wording("请参看《红楼梦》和《劳动合同法》。").cites == ("劳动合同法",)

    @pytest.mark.parametrize(
        ("end", "reached"),
        [("写信到xf@anqing.example", True), ("@", False), ("写信到@本局", False)],
    )
    def test_an_address_is_found_at_the_end_of_the_longest_text(
        self, end: str, reached: bool
    ) -> None:
        """A text without a sign is looked through once, not again from each of its characters: that took a minute."""
        assert wording("工" * (MAX_TEXT - len(end)) + end).contact is reached


class TestDemands:
    PETITION = (
        "我们小区电梯经常坏,老人出不了门。请求督促物业更换电梯。另外,地下车库什么时候能开放?"
        "路灯也不亮,希望安装新的路灯。谢谢领导!"
    )

    def test_each_sentence_that_asks(self) -> None:
        found = demands(self.PETITION)
        assert [one.sentence for one in found] == [
            "请求督促物业更换电梯。", "另外,地下车库什么时候能开放?", "路灯也不亮,希望安装新的路灯。",
        ]  # fmt: skip
        assert [one.asked for one in found] == [Asked.REQUEST, Asked.QUESTION, Asked.REQUEST]

    def test_what_a_draft_does_not_speak_of(self) -> None:
        draft = "经核实,物业公司已与厂家签订合同,本月内更换电梯;路灯由市政公司安装。"
        assert [one.sentence for one in untouched(self.PETITION, draft)] == [
            "另外,地下车库什么时候能开放?"
        ]

    def test_an_empty_draft_touches_nothing(self) -> None:
        assert untouched(self.PETITION, "") == demands(self.PETITION)

    def test_a_draft_in_traditional_characters_is_read_too(self) -> None:
        assert len(untouched(self.PETITION, "地下車庫下月開放,更換電梯,安裝路燈")) == 0

    @pytest.mark.parametrize("text", ["", "谢谢领导!", "这里的路坏了。", "请您回复!", "???"])
    def test_what_asks_for_nothing(self, text: str) -> None:
        assert demands(text) == ()

    @settings(max_examples=80, deadline=None)
    @given(st.text(alphabet="请求修路灯希望何时?。!,\n小区水电问", max_size=120))
    def test_a_petition_answers_its_own_demands(self, text: str) -> None:
        assert untouched(text, text) == ()
        assert all(one.sentence.strip() and not one.sentence.isspace() for one in demands(text))

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=200), st.text(max_size=200))
    def test_what_is_untouched_was_asked(self, petition: str, draft: str) -> None:
        assert set(untouched(petition, draft)) <= set(demands(petition))

    @pytest.mark.parametrize(
        ("answer", "reached"),
        [("请写信到 shui.wu@city.gov.cn", True), ("shui@163.com", True), ("给@市长", False), ("用 @a.b 记", False)],
    )  # fmt: skip
    def test_where_to_write_is_a_way_to_reach_someone(self, answer: str, reached: bool) -> None:
        long = (
            "水管已换" * 50_000
        )  # as many characters as fit: looked through once, not once from each of them
        assert wording(f"{answer} {long}").contact is reached


class TestBesideOthers:
    def test_a_copy_names_the_earlier_answer(self) -> None:
        other = "尊敬的网友,公交108路因地铁施工临时改道,施工结束后恢复原线路,具体时间以公交公司公告为准,敬请谅解。"
        assert copies([FULL, other, FULL.replace("二期", "三期")]) == [None, None, 0]

    def test_short_answers_are_alike_without_being_copied(self) -> None:
        assert copies(["已收悉", "已收悉"]) == [None, None]

    def test_an_answer_to_something_else_is_liker_to_that(self) -> None:
        questions = [
            "东湖花园停水三天,供水公司不来修", "南门街供水公司水费太高,请问收费标准", "孩子上小学需要什么材料",
        ]  # fmt: skip
        swapped = [
            "南门街水费收费标准为每吨两元五角。",
            "东湖花园停水系水管破裂,已修好。",
            "上小学需户口和房产证等材料。",
        ]
        (own, other), *_ = own_and_other(questions, swapped)
        assert other > own
        good = [swapped[1], swapped[0], swapped[2]]
        assert all(mine >= theirs for mine, theirs in own_and_other(questions, good))

    def test_among_many_of_one_formula_a_copy_is_found_without_looking_at_each(self) -> None:
        formula = "您好！您反映的问题已收悉，已转有关单位调查处理，感谢您对我们工作的关心、理解与支持，祝您生活愉快。"
        copied = copies([formula, *[f"{formula}{n}" for n in range(600)], FULL, f"{FULL}谢谢"])
        assert None not in copied[1:-2]
        assert copied[-2:] == [None, 601]
        assert all(n - place <= 257 for n, place in enumerate(copied) if place is not None)

    def test_nothing_beside_nothing(self) -> None:
        assert (copies([]), own_and_other([], [])) == ([], [])
        assert own_and_other(["", ""], ["", ""]) == [(0.0, 0.0), (0.0, 0.0)]


class TestFacts:
    def answered(self, days: int, answer: str = FULL, number: str = "1") -> Answered:
        begun = datetime(2019, 1, 1, tzinfo=UTC)
        ended = datetime.fromordinal(begun.toordinal() + days).replace(tzinfo=UTC)
        return Answered(
            id=number,
            subject="停水",
            body="东湖花园停水,请求修复。",
            answer=answer,
            at=begun,
            answered_at=ended,
        )

    @pytest.mark.parametrize(("days", "late"), [(0, 0), (60, 0), (61, 1), (90, 30)])
    def test_late_begins_after_the_limit(self, days: int, late: int) -> None:
        (found,) = facts([self.answered(days)])
        assert (found.days, found.late) == (days, late)

    def test_without_dates_nothing_is_late(self) -> None:
        (found,) = facts([Answered(id="1", subject="a", body="b", answer="c")])
        assert (found.days, found.late) == (None, None)

    def test_a_copy_is_named_by_its_id(self) -> None:
        found = facts([self.answered(3, number="17"), self.answered(4, number="18")])
        assert [one.copy_of for one in found] == ["", "17"]

    def test_no_person_and_no_score(self) -> None:
        names = {one.name for shape in (Answered, Facts) for one in fields(shape)}
        assert not {
            name for name in names if "user" in name or "score" in name or "officer" in name
        }

"""What the background worker does, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from xinqiao.accounts.jobs import clear_ended
from xinqiao.appeals.actions import conclude_lapsed
from xinqiao.directory.jobs import take_up_names
from xinqiao.disputes import jobs as disputes
from xinqiao.evidence.jobs import discard_drafts
from xinqiao.group_visits.jobs import call_for_visits, end_follow_ups
from xinqiao.insight.answers.jobs import file_answers
from xinqiao.insight.classifying.jobs import follow_confirmations
from xinqiao.insight.classifying.jobs import learn as learn_categories
from xinqiao.insight.reading.jobs import forget_erased, join_clusters, read_ledgers
from xinqiao.insight.same import jobs as same_matters
from xinqiao.insight.spots.jobs import look_for_hot_spots
from xinqiao.insight.spots.surveying import look_for_rises
from xinqiao.matters.jobs import hand_to_successors, recompute_open, seal_ledger
from xinqiao.notices.jobs import address_due
from xinqiao.outbox.jobs import send_due
from xinqiao.reception.jobs import forget_past_bookings
from xinqiao.search.jobs import file_ledgers, read_files
from xinqiao.supervision.jobs import follow_ledgers
from xinqiao.targets.forecast.jobs import make_forecasts
from xinqiao.targets.integrity.jobs import look as look_for_signs
from xinqiao.targets.jobs import count_ledgers, count_reception_days
from xinqiao.targets.keeping import keep_figures
from xinqiao.targets.open_figures.jobs import publish_months


@dataclass(frozen=True, kw_only=True)
class Job:
    """Work done every so often. `run` takes the time, may run twice and may run late."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


SCHEDULE = (
    Job(name="address messages to petitioners", every=timedelta(seconds=5), run=address_due),
    Job(name="send messages", every=timedelta(seconds=5), run=send_due),
    Job(name="call to group visits", every=timedelta(minutes=1), run=call_for_visits),
    Job(name="end follow-ups of group visits", every=timedelta(minutes=10), run=end_follow_ups),
    Job(name="seal the ledger", every=timedelta(minutes=10), run=seal_ledger),
    Job(
        name="conclude matters whose windows lapsed", every=timedelta(hours=1), run=conclude_lapsed
    ),
    Job(name="hand matters to successors", every=timedelta(hours=1), run=hand_to_successors),
    Job(
        name="hand disputes to successors",
        every=timedelta(hours=1),
        run=disputes.hand_to_successors,
    ),
    Job(
        name="end mediations that matters have ended",
        every=timedelta(hours=1),
        run=disputes.align_with_ledger,
    ),
    Job(name="discard files of drafts", every=timedelta(hours=6), run=discard_drafts),
    Job(name="clear ended sessions and codes", every=timedelta(hours=1), run=clear_ended),
    Job(name="forget past bookings", every=timedelta(hours=6), run=forget_past_bookings),
    Job(name="take up new names of units", every=timedelta(hours=1), run=take_up_names),
    Job(name="follow the ledgers", every=timedelta(seconds=20), run=follow_ledgers),
    Job(name="count what is in the ledgers", every=timedelta(minutes=1), run=count_ledgers),
    Job(name="file words for the search", every=timedelta(seconds=20), run=file_ledgers),
    Job(name="note confirmed categories", every=timedelta(minutes=1), run=follow_confirmations),
    Job(name="learn categories", every=timedelta(minutes=10), run=learn_categories),
    Job(name="read words of files", every=timedelta(minutes=1), run=read_files),
    Job(name="file answers", every=timedelta(minutes=1), run=file_answers),
    Job(name="read what came in", every=timedelta(seconds=20), run=read_ledgers),
    Job(name="join what is about one thing", every=timedelta(days=1), run=join_clusters),
    Job(name="forget erased texts", every=timedelta(days=1), run=forget_erased),
    Job(
        name="note which matters are the same",
        every=timedelta(minutes=1),
        run=same_matters.follow_words,
    ),
    Job(name="learn which matters are the same", every=timedelta(days=1), run=same_matters.learn),
    Job(name="look for hot spots", every=timedelta(minutes=1), run=look_for_hot_spots),
    Job(name="count days of reception", every=timedelta(hours=1), run=count_reception_days),
    Job(name="keep the figures of months", every=timedelta(hours=1), run=keep_figures),
    Job(name="make forecasts", every=timedelta(minutes=10), run=make_forecasts),
    Job(name="publish open figures", every=timedelta(hours=6), run=publish_months),
    Job(name="recompute dates", every=timedelta(hours=1), run=recompute_open),
    Job(name="look for rises", every=timedelta(days=1), run=look_for_rises),
    Job(name="look for signs of integrity", every=timedelta(days=1), run=look_for_signs),
)

"""What a step means for the petitioner, in a sentence of plain words: what follows, and what need not be done.

A step whose line on the way says enough has none. No unit is named here, so it holds for reports, too.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANS: Mapping[str, str | Promise] = {
    "receive": _("It is in the system and cannot get lost. Next it is registered."),
    "register": _(
        "It has been read and put in order. "
        "Next it goes to the unit in charge, or is answered at once."
    ),
    "transfer": _("This unit now has to tell you whether it accepts the petition."),
    "assign": _("This unit has to handle it and to report the result to the petition office."),
    "report_up": _("A higher office takes care of it."),
    "object": _("Who is in charge is settled among the offices; you need not do anything."),
    "decide_competence": _("This unit can no longer send it on."),
    "accept": _("From this day the time runs within which you get an answer in writing."),
    "take_up": _("It is studied or looked into; you are told what came of it."),
    "decline": _("The reason and what you can do instead stand in the notice on this page."),
    "guide": _(
        "Another procedure decides on this. "
        "Which organ, and until when you may go there, stands in the notice on this page."
    ),
    "ask_petitioner": _("Your answer helps to get the facts right. The time for the unit goes on meanwhile."),
    "approve_extension": _("The law allows it once, if the head of the unit agrees and you are told why."),
    "open_mediation": _("Both sides agreed to talk. You may end it at any time; then the handling goes on."),
    "schedule_hearing": _("You can say there what you have to say, and bring evidence."),
    "issue_opinion": _("It is decided; you get it in writing soon."),
    "deliver_opinion": _(
        "It is yours to read, keep and print on this page. "
        "From this day runs the time in which you can ask for a review."
    ),
    "record_execution": _(
        "The unit says it has done what the opinion promised. "
        "If that is not so, tell us when you rate."
    ),
    "request_review": _("It looks at everything anew and decides in writing, within 30 days."),
    "deliver_review_opinion": _("What it decided, and what you can still do, stands on this page."),
    "request_reexamination": _(
        "This is the third and last level. "
        "It decides within 30 days; the time of a hearing is not counted."
    ),
    "deliver_reexamination_opinion": _(
        "This was the last level. "
        "Unless it sent the matter back, the same facts are not taken up again."
    ),
    "conclude": _("On the same facts it is not taken up again. New facts can be brought in a new petition."),
    "request_relief": _(
        "It asks for nothing in return: you may go on petitioning, ask for a review, and go to court as before."
    ),
    "approve_relief": _("The money follows. Your petition goes on as before, and so do all your rights."),
    "join": _(
        "Your petition keeps its number, its dates and its rights. What is done on the other one is done for "
        "yours, too, and you get the answer in writing."
    ),
    "separate": _("It was joined to the other one by mistake. Its dates run as if that had never happened."),
    "go_alone": _("What happened on the other one does not concern you. Your petition goes on from where it stands."),
    "withdraw": _("It is no longer handled. You may bring the matter again in a new petition."),
    "succeed": _("The unit that had it was merged or abolished. Dates and rights stay as they were."),
    "revoke": _("It counts as if it had not been taken. What is right comes after it."),
    "recompute": _("The calendar of public holidays or a rule changed; the new dates stand above."),
}  # fmt: skip

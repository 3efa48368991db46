"""Which fact is told to whom, in which words, through which channel."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.domain.messages import TEMPLATES
from services.notify.domain.templates import Audience, Channel, Template

RECIPIENTS_MAX = 2_000
"""As many as a case may list claimants."""

RULES: Mapping[str, tuple[str, ...]] = {
    "intake.case_registered": ("case_registered.caller",),
    "intake.case_answered": ("case_answered.caller",),
    "intake.case_reminded": ("case_late.supervisor",),
    "intake.case_returned": ("case_returned.dispatcher",),
    "intake.return_refused": ("return_refused.mediator",),
    "intake.case_redispatched": ("case_dispatched.mediator",),
    "intake.case_merged": ("case_merged.caller",),
    "intake.extension_requested": ("extension_asked.supervisor",),
    "intake.case_supervised": ("case_supervised.mediator",),
    "intake.case_reopened": ("case_reopened.mediator",),
    "intake.case_extended": ("case_extended.caller", "case_extended.mediator"),
    "intake.extension_refused": ("extension_refused.mediator",),
    "intake.case_overdue": ("case_overdue.supervisor",),
    "intake.case_handled": ("case_handled.caller",),
    "intake.case_closed": ("case_closed.caller",),
    "mediation.dispute_opened": ("dispute_opened.claimant",),
    "mediation.mediator_assigned": ("mediator_assigned.mediator",),
    "mediation.lawyer_offered": ("lawyer_offered.lawyer", "lawyer_offer_waits.lawyer"),
    "mediation.lawyer_assigned": ("lawyer_assigned.claimant", "lawyer_assigned.mediator"),
    "mediation.lawyer_pool_empty": (
        "lawyer_pool_empty.dispatcher",
        "lawyer_pool_empty.supervisor",
    ),
    "mediation.stage_advanced": ("stage_advanced.lawyer",),
    "mediation.grade_changed": ("grade_raised.supervisor",),
    "mediation.conference_scheduled": ("meeting_set.claimant", "meeting_set.mediator"),
    "mediation.agreement_signed": ("agreement_signed.claimant",),
    "mediation.mediation_failed": ("mediation_failed.claimant",),
    "mediation.instalment_overdue": ("instalment_overdue.claimant",),
    "welfare.application_opened": ("aid_opened.beneficiary", "aid_opened.officer"),
    "welfare.publicity_started": ("aid_public.beneficiary",),
    "welfare.objection_raised": ("objection_raised.officer",),
    "welfare.application_approved": ("aid_approved.beneficiary",),
    "welfare.application_rejected": ("aid_rejected.beneficiary",),
    "welfare.payment_settled": ("aid_paid.beneficiary",),
    "welfare.payment_unknown": ("payment_unknown.officer",),
    "welfare.payment_returned": ("aid_returned.beneficiary", "payment_returned.officer"),
    "notify.message_failed": ("message_failed.dispatcher",),
}
"""Facts by their wire name; a fact that is not listed is told to nobody."""

UNKNOWN_CASE_TEMPLATE = "case_unknown.dispatcher"
"""Not told of a fact: messages that waited in vain for the case they belong to."""
REMINDERS: Mapping[str, tuple[str, ...]] = {
    "handling": ("case_reminded.mediator",),
    "supervised": ("case_half_used.mediator",),
    "urge": ("case_urged.mediator", "case_urged.supervisor"),
    "circulate": ("case_circulated.mediator", "case_circulated.supervisor"),
    "sign": ("case_unsigned.supervisor",),
    "part_opening": ("part_unopened.dispatcher",),
    "return_decision": ("return_waits.dispatcher",),
    "extension_decision": ("extension_waits.supervisor",),
    "call_back": ("call_back_missed.dispatcher",),
}
"""What a reminder says, by its `deadline`; one of an unknown kind still leads a supervisor to the case (rule 41).

The urging letter goes to the unit and its leader, and so does the circulation that follows (domain section 2.4).
"""
DANGER_TEMPLATE = "danger_reported.supervisor"
DISPATCHED_TEMPLATE = "case_dispatched.mediator"
URGENT_GRADES = frozenset({"G3", "G4"})
ANSWERED_ON_THE_CALL = "answer"
CALLED_BACK = frozenset({"called_back", "not_reached"})
"""How a case ended when the caller was asked; every other end was just told by another message."""
SAID_ANYWAY = frozenset(
    {
        "case_registered.caller",
        "case_answered.caller",
        "case_handled.caller",
        "case_closed.caller",
    }
)
"""Said on the call itself or when the caller is called back: nobody phones to say it once more."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the choice of messages depends on besides the kind of fact."""

    event: str
    handling: str = ""
    danger: bool = False
    grade: str = ""
    call_task: bool = False
    outcome: str = ""
    deadline: str = ""
    decided: bool = True
    """False: what was asked for lapsed by itself, so nobody is told of a decision."""


def templates_for(occasion: Occasion) -> tuple[Template, ...]:
    """The messages a fact gives rise to, in the order in which they are queued."""
    codes = list(RULES.get(occasion.event, ()))
    match occasion.event:
        case "intake.case_registered":
            codes = [] if occasion.handling == ANSWERED_ON_THE_CALL else codes
            codes += [DISPATCHED_TEMPLATE] if occasion.handling == "dispatch" else []
            codes = ([DANGER_TEMPLATE] if occasion.danger else []) + codes
        case "intake.case_reminded":
            codes = list(REMINDERS.get(occasion.deadline, codes))
        case "intake.return_refused" | "intake.extension_refused" if not occasion.decided:
            codes = []
        case "intake.case_closed" if occasion.outcome not in CALLED_BACK:
            codes = []
        case "mediation.grade_changed" if occasion.grade not in URGENT_GRADES:
            codes = []
        case "notify.message_failed" if not occasion.call_task:
            codes = []
    return tuple(TEMPLATES[code] for code in codes)


def channel_for(template: Template, *, phone_known: bool, sms_consent: bool) -> Channel | None:
    """How the person is reached; None means by telephone, so a call task is made.

    Staff read messages behind the login. For service messages consent is asked when the number is taken;
    without it (or without a number) nobody is texted.
    """
    if template.channel is Channel.IN_APP:
        return Channel.IN_APP
    if template.audience in STAFF:
        return Channel.SMS if phone_known else Channel.IN_APP
    return Channel.SMS if phone_known and sms_consent else None


STAFF = frozenset(
    {
        Audience.LAWYER,
        Audience.MEDIATOR,
        Audience.OFFICER,
        Audience.DISPATCHER,
        Audience.SUPERVISOR,
    }
)


def has_desk_twin(template: Template) -> bool:
    """Whether the same people get an in-app message about the same fact besides this text message."""
    return template.channel is Channel.SMS and any(
        TEMPLATES[code].channel is Channel.IN_APP and TEMPLATES[code].audience is template.audience
        for codes in RULES.values()
        if template.code in codes
        for code in codes
    )

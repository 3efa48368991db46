"""Mediation's share of the crash tests: every step of a dispute from the registered case to the archive."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from shared.testing.rig import Rig
from shared.vocabulary.people import Role
from tests.crash.dispute_acts import (
    Walk,
    answers,
    case_act,
    case_prepare,
    command,
    joined_act,
    prepared,
    roster_act,
    timer,
)
from tests.crash.harness import Scenario, State
from tests.mediation.bench import Mediation
from tests.mediation.forms import ITEMS_2, agreement
from tests.mediation.states import (
    HANDS,
    agreed_longer,
    assessed,
    drafted,
    failed,
    led,
    met,
    opened,
    planned,
    scheduled,
    signed,
    suspended,
    written,
)
from tests.mediation.usecases.meetings import SOON
from tests.mediation.usecases.test_draft_agreement import TODAY
from tests.mediation.usecases.test_give_opinion import OPINION

OF = "/disputes/{id}"
M, S, L = Role.MEDIATOR, Role.SUPERVISOR, Role.LAWYER
TO = Mediation

STEPS: list[tuple[str, str, Walk, Callable[[Rig, State], Awaitable[None]]]] = [
    (
        "accept",
        "accept_offer.post_accept",
        opened,
        command("/offers/{offer}/accept", L, {"no_conflict": True}),
    ),
    (
        "decline",
        "decline_offer.post_decline",
        opened,
        command("/offers/{offer}/decline", L, {"reason": "conflict"}),
    ),
    ("expire_offer", "expire_offer.expire_offer", opened, timer("offer_expired", "offer")),
    (
        "assign_lawyer",
        "assign_lawyer.post_lawyer",
        opened,
        command(OF + "/lawyer", S, lambda s: {"lawyer_id": s["lawyer"]}),
    ),
    (
        "ask_next_lawyer",
        "assign_lawyer.post_lawyer",
        opened,
        command(OF + "/lawyer", S, {"lawyer_id": None}),
    ),
    ("add_claimants", "add_claimants.add_claimants", opened, joined_act),
    ("keep_roster", "keep_roster.keep_roster", opened, roster_act),
    (
        "mediators",
        "assign_mediators.post_mediators",
        opened,
        command(OF + "/mediators", S, lambda s: {"mediator_ids": s["mediators"]}),
    ),
    ("scope", "record_scope.post_scope", opened, command(OF + "/scope", S, {"in_scope": True})),
    (
        "track",
        "choose_track.post_track",
        opened,
        command(OF + "/track", S, {"track": "court_summary", "started_on": str(TODAY)}),
    ),
    (
        "extend",
        "extend_deadline.post_extend",
        agreed_longer,
        command(
            OF + "/extend",
            M,
            {"kind": "court_before_filing", "to": str(TODAY + timedelta(days=45))},
        ),
    ),
    (
        "consent",
        "record_consent.post_consent",
        opened,
        command(OF + "/consents", S, {"side": "workers", "purpose": "mediation", "given": True}),
    ),
    (
        "declare",
        "declare_conflict.post_declaration",
        TO.to_assessment_1,
        command(OF + "/declarations", M, {"relation": "none"}),
    ),
    (
        "write_assessment",
        "write_assessment.put_assessment",
        TO.to_assessment_2,
        command(OF + "/assessments/assessment_2", M, answers(ITEMS_2), "PUT"),
    ),
    (
        "sign_assessment",
        "sign_assessment.post_sign",
        written,
        command(
            OF + "/assessments/assessment_1/sign",
            M,
            lambda s: {"content_hash": s["hash"], "role": "mediator"},
        ),
    ),
    ("grade", "set_grade.post_grade", written, command(OF + "/grade", M, {"grade": "G0"})),
    (
        "advance",
        "advance_stage.post_advance",
        assessed,
        command(OF + "/advance", M, {"from_stage": "assessment_1"}),
    ),
    (
        "send_back",
        "send_back.post_send_back",
        assessed,
        command(OF + "/send-back", S, {"reason": "材料不齐"}),
    ),
    (
        "schedule_conference",
        "schedule_conference.post_conference",
        TO.to_meeting,
        command(
            OF + "/conference",
            M,
            lambda s: {
                "starts_at": SOON.isoformat(),
                "minutes": 60,
                "room": "301",
                "chair_id": s["supervisor"],
                "member_ids": s["mediators"],
                "agenda": ["欠薪处置"],
            },
        ),
    ),
    (
        "hold_conference",
        "hold_conference.post_minutes",
        scheduled,
        command(
            OF + "/conference/minutes",
            M,
            lambda s: {
                "attendance": [{"person_id": one, "present": True} for one in s["mediators"]],
                "minutes": "纪要",
                "decisions": [{"text": "约谈", "owner_id": s["mediator"], "due": "2027-01-15"}],
            },
        ),
    ),
    (
        "waive_conference",
        "waive_conference.post_waive",
        scheduled,
        command(OF + "/conference/waive", M, {"reason": "事实清楚"}),
    ),
    (
        "close_decision",
        "close_decision.post_done",
        met,
        command(OF + "/decisions/{decision}/done", M),
    ),
    ("opinion", "give_opinion.put_opinion", led, command(OF + "/opinion", L, OPINION, "PUT")),
    (
        "plan_session",
        "hold_session.post_session",
        TO.to_mediation,
        command(OF + "/sessions", M, {"planned_at": SOON.isoformat()}),
    ),
    (
        "hold_session",
        "hold_session.post_held",
        planned,
        command(OF + "/sessions/{session}/held", M, {"held_on": str(TODAY)}),
    ),
    (
        "draft_agreement",
        "draft_agreement.put_agreement",
        drafted,
        command(OF + "/agreement", M, agreement(TODAY), "PUT"),
    ),
    (
        "sign_agreement",
        "sign_agreement.post_sign_agreement",
        drafted,
        command(OF + "/agreement/sign", M, {"hands": HANDS}),
    ),
    (
        "settle",
        "advance_stage.post_advance",
        signed,
        command(OF + "/advance", M, {"from_stage": "mediation"}),
    ),
    (
        "review",
        "choose_review.post_review",
        TO.to_agreement,
        command(OF + "/agreement/review", M, {"choice": "waived"}),
    ),
    (
        "instalment",
        "settle_instalment.post_instalment",
        TO.to_performance,
        command(OF + "/instalments/1", M, {"state": "paid"}),
    ),
    (
        "instalment_due",
        "remind_instalment.remind_instalment",
        TO.to_performance,
        timer("instalment_due", occurrence="2"),
    ),
    ("period_over", "end_period.end_period", opened, timer("period_over")),
    (
        "end",
        "end_mediation.post_end",
        TO.to_assessment_2,
        command(OF + "/end", M, {"outcome": "gap_too_wide"}),
    ),
    (
        "advice",
        "receive_advice.post_advice",
        failed,
        command(OF + "/advice", S, {"receipt": "refused"}),
    ),
    (
        "paper",
        "file_paper.post_paper",
        failed,
        command(OF + "/papers", S, {"paper": "arbitration_advice"}),
    ),
    (
        "hardship",
        "flag_hardship.post_hardship",
        opened,
        command(OF + "/hardship", S, lambda s: {"party_id": s["party"]}),
    ),
    (
        "suspend",
        "send_back.post_standstill",
        opened,
        command(OF + "/standstill", S, {"act": "suspend", "reason": "疑似虚假调解"}),
    ),
    (
        "resume",
        "send_back.post_standstill",
        suspended,
        command(OF + "/standstill", S, {"act": "resume", "reason": "已核实"}),
    ),
    ("archive", "archive_dispute.post_archive", TO.to_archive, command(OF + "/archive", M)),
]

SCENARIOS: list[Scenario] = [
    Scenario("mediation", "open", case_prepare, case_act, ("open_dispute.open_dispute",)),
    *(Scenario("mediation", name, prepared(walk), act, (door,)) for name, door, walk, act in STEPS),
]

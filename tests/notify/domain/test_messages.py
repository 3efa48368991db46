"""Messages are complete in both languages, tell nothing private, and reach the right people."""

from itertools import combinations
from uuid import UUID

import pytest

from services.intake.domain.sla import HANDLING, SIGN, Step
from services.intake.store.course import CALL_BACK, EXTENSION_DECISION, RETURN_DECISION
from services.intake.usecases.watch_case import PART_OPENING
from services.notify.domain.audience import (
    DANGER_TEMPLATE,
    DISPATCHED_TEMPLATE,
    REMINDERS,
    RULES,
    STAFF,
    UNKNOWN_CASE_TEMPLATE,
    Occasion,
    channel_for,
    templates_for,
)
from services.notify.domain.messages import TEMPLATES
from services.notify.domain.permissions import may_edit_templates, may_read_own, may_resend, may_see
from services.notify.domain.templates import (
    SIGNATURE,
    SMS_CHARS_MAX,
    SMS_FIELDS,
    Audience,
    Channel,
    FieldTooLong,
    MissingField,
    Template,
    render,
)
from shared.contracts.registry import EVENTS
from shared.vocabulary.people import Actor, Language, Role

FILLED = {name: "9" * limit for name, limit in SMS_FIELDS.items()} | {
    "case_number": "ZQ-20261123-000001",
    "stage": "研判一",
    "unit": "四会市总工会",
    "days": "3",
}
PRIVATE = ("元", "公司", "身份证", "姓名", "工资", "金额", "yuan", "wage", "employer")


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.code)
@pytest.mark.parametrize("language", Language)
def test_every_template_renders_in_both_languages(template: Template, language: Language) -> None:
    text = render(template, FILLED, language)
    assert "{" not in text
    assert text.startswith(SIGNATURE) is (template.channel is Channel.SMS)
    if template.channel is Channel.SMS:
        assert len(text) <= SMS_CHARS_MAX
        assert not [word for word in PRIVATE if word in text]


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.code)
def test_a_missing_field_is_an_error_that_names_it(template: Template) -> None:
    for name in template.fields:
        with pytest.raises(MissingField) as refusal:
            render(template, {**FILLED, name: ""})
        assert refusal.value.errors[0].field == f"fields.{name}"


def test_a_code_is_never_cut_off() -> None:
    with pytest.raises(FieldTooLong):
        render(TEMPLATES["case_answered.caller"], {"code": "7K3M-9Q2T-X"})


@pytest.mark.parametrize(
    ("zh", "en", "why"),
    [
        ("欠款 {amount} 元", "{amount}", "may not be told"),
        ("{stage}", "{stage}", "may not be told"),
        ("{code}", "no code", "same fields"),
        ("长" * 140, "long", "grow beyond"),
        ("短", "x" * 140, "grow beyond"),
    ],
)
def test_a_text_message_that_tells_too_much_cannot_be_made(zh: str, en: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Template("t", 1, Audience.CALLER, Channel.SMS, zh, en)


def test_the_rules_name_only_real_facts_and_templates_and_use_them_all() -> None:
    told = {code for rules in (RULES, REMINDERS) for codes in rules.values() for code in codes}
    special = {DANGER_TEMPLATE, DISPATCHED_TEMPLATE, UNKNOWN_CASE_TEMPLATE}
    assert told | special == set(TEMPLATES)
    assert set(RULES) <= set(EVENTS)


SHARED_BY_REMINDERS: frozenset[frozenset[str]] = frozenset()
"""Pairs of kinds of reminder that may say the same; none does."""


def reminder_texts(kind: str) -> set[str]:
    """Everything said on the occasion of a reminder, in both languages."""
    occasion = Occasion("intake.case_reminded", deadline=kind)
    return {text for one in templates_for(occasion) for text in (one.zh, one.en)}


@pytest.mark.parametrize(
    ("one", "other"), list(combinations([*REMINDERS, "of a kind not known yet"], 2))
)
def test_no_two_kinds_of_reminder_say_the_same(one: str, other: str) -> None:
    both = reminder_texts(one) & reminder_texts(other)
    assert not both or frozenset({one, other}) in SHARED_BY_REMINDERS


def test_no_reminder_says_what_a_fact_says() -> None:
    facts = {code for name, codes in RULES.items() for code in codes if "reminded" not in name}
    said = {text for code in facts for text in (TEMPLATES[code].zh, TEMPLATES[code].en)}
    assert not [kind for kind in REMINDERS if reminder_texts(kind) & said]


def test_every_timer_of_a_case_has_its_own_reminder() -> None:
    later = {SIGN, PART_OPENING, RETURN_DECISION, EXTENSION_DECISION, CALL_BACK}
    steps = {Step.URGE.value, Step.CIRCULATE.value}
    assert {HANDLING, *later, *steps} <= set(REMINDERS)


def test_a_template_is_named_by_event_and_audience() -> None:
    assert all(code.split(".")[1] == template.audience for code, template in TEMPLATES.items())


@pytest.mark.parametrize(
    ("occasion", "codes"),
    [
        (Occasion("intake.case_registered", handling="forward"), ["case_registered.caller"]),
        (Occasion("intake.case_registered", handling="answer"), []),
        (Occasion("intake.case_answered"), ["case_answered.caller"]),
        (Occasion("intake.case_closed", outcome="answered"), []),
        (Occasion("intake.case_closed", outcome="called_back"), ["case_closed.caller"]),
        (
            Occasion("intake.case_registered", handling="dispatch", danger=True),
            [DANGER_TEMPLATE, "case_registered.caller", DISPATCHED_TEMPLATE],
        ),
        (Occasion("mediation.grade_changed", grade="G2"), []),
        (Occasion("mediation.grade_changed", grade="G3"), ["grade_raised.supervisor"]),
        (Occasion("notify.message_failed", call_task=False), []),
        (Occasion("notify.message_failed", call_task=True), ["message_failed.dispatcher"]),
        (
            Occasion("welfare.payment_returned"),
            ["aid_returned.beneficiary", "payment_returned.officer"],
        ),
        (Occasion("intake.case_note_added"), []),
    ],
)
def test_a_fact_is_told_to_whom_it_concerns(occasion: Occasion, codes: list[str]) -> None:
    assert [template.code for template in templates_for(occasion)] == codes


@pytest.mark.parametrize(
    ("code", "phone", "consent", "channel"),
    [
        ("case_registered.caller", True, True, Channel.SMS),
        ("case_registered.caller", True, False, None),
        ("case_registered.caller", False, True, None),
        ("lawyer_offered.lawyer", True, False, Channel.SMS),
        ("lawyer_offered.lawyer", False, False, Channel.IN_APP),
        ("aid_opened.officer", False, False, Channel.IN_APP),
    ],
)
def test_nobody_outside_is_texted_without_consent(
    code: str, phone: bool, consent: bool, channel: Channel | None
) -> None:
    assert channel_for(TEMPLATES[code], phone_known=phone, sms_consent=consent) is channel


def test_only_emergencies_go_at_any_hour() -> None:
    assert {t.code for t in TEMPLATES.values() if t.urgent} == {
        DANGER_TEMPLATE,
        "grade_raised.supervisor",
    }
    assert {t.audience for t in TEMPLATES.values() if t.channel is Channel.IN_APP} <= STAFF


def actor(org: str, *roles: Role) -> Actor:
    return Actor(UUID(int=1), frozenset(roles), org)


def test_who_sees_and_repeats_messages() -> None:
    operator = actor("zq.441284", Role.OPERATOR)
    assert may_see(operator, "zq.441284.003")
    assert not may_see(operator, "zq.441202")
    assert may_resend(operator, "zq.441284")
    assert not may_resend(actor("zq", Role.AUDITOR), "zq.441284")
    assert not may_see(actor("zq", Role.LAWYER), "zq.441284")
    assert may_read_own(operator, UUID(int=1))
    assert not may_read_own(operator, UUID(int=2))
    assert may_edit_templates(actor("zq", Role.SYSTEM_ADMIN))
    assert not may_edit_templates(actor("zq", Role.SUPERVISOR))

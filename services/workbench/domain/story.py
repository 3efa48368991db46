"""One line of the timeline for each fact worth telling, in the words of the people who work with it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from services.workbench.domain.categories import CATEGORIES
from services.workbench.domain.labels import (
    CHANNELS,
    CHECK_REASONS,
    DISPUTE_OUTCOMES,
    DUES,
    EXTENSION_REASONS,
    RETURN_REASONS,
    label,
    org_name,
    org_names,
)
from services.workbench.domain.story_materials import MATERIALS
from services.workbench.domain.story_mediation import MEDIATION
from services.workbench.domain.story_welfare import WELFARE
from services.workbench.domain.summary import shown_kind
from services.workbench.domain.text import Text
from shared.vocabulary.calendar import CHINA

Who = Callable[[UUID | None], str]
STAFF_FIELDS = (
    "added_by",
    "withdrawn_by",
    "signed_by",
    "returned_by",
    "refused_by",
    "dispatched_by",
    "requested_by",
    "merged_by",
    "supervised_by",
    "lifted_by",
    "reopened_by",
    "approved_by",
    "mediator_id",
    "lawyer_id",
    "signer_id",
    "waived_by",
    "approver_id",
    "reviewer_id",
    "handler_id",
)


def tell(name: str, body: Any, who: Who) -> Text | None:
    """The line of a fact; None for one that is not shown by itself."""
    words = _WORDS.get(name)
    return words(body, who) if words else None


def staff_in(body: Any) -> Iterator[UUID]:
    """Members of staff a line may name."""
    for field in STAFF_FIELDS:
        found = getattr(body, field, None)
        if found is not None:
            yield found


def moment(at: datetime) -> str:
    """11-26 09:30, in China."""
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"


def _registered(body: Any, _who: Who) -> Text:
    people = f"，涉及 **{body.claimant_count} 人**" if body.claimant_count > 1 else ""
    many = f", **{body.claimant_count} people**" if body.claimant_count > 1 else ""
    channel, matter = label(CHANNELS, body.channel), label(CATEGORIES, body.category)
    return Text(
        f"{channel.zh}登记：{matter.zh}{people}；分派{org_name(body.org)}",
        f"{channel.en} registered: {matter.en}{many}; goes to {org_name(body.org)}",
    )


def _note(body: Any, _who: Who) -> Text:
    if body.visibility == "external":
        return Text("对外回复已登记", "Reply to the caller recorded")
    return Text("记录一条内部意见", "Internal note added")


def _joined(body: Any, _who: Who) -> Text:
    more = len(body.claimant_ids)
    if not more:
        count = body.claimant_count
        return Text(f"同一诉求人再次反映，合计 **{count} 人**", f"Told again, **{count}** in all")
    return Text(
        f"追加诉求人 {more} 名，合计 **{body.claimant_count} 人**",
        f"{more} more claimants, **{body.claimant_count}** in all",
    )


def _signed(body: Any, who: Who) -> Text:
    name = who(body.signed_by)
    return Text(f"{name} 签收，开始办理", f"{name} signed for the case")


def _returned(body: Any, who: Who) -> Text:
    name, why = who(body.returned_by), label(RETURN_REASONS, body.reason)
    return Text(
        f"{name} 申请退单（第 {body.times} 次）：{why.zh}；等待派单员审批",
        f"{name} returns the case (no. {body.times}): {why.en}; the dispatcher decides",
    )


def _kept(body: Any, who: Who) -> Text:
    if body.refused_by is None:
        return Text("已由其他部门接办，退单失效", "Taken up meanwhile: the return lapses")
    name = who(body.refused_by)
    return Text(
        f"{name} 不同意退单，请于 {moment(body.sign_due)} 前签收",
        f"{name} refused the return; sign before {moment(body.sign_due)}",
    )


def _redispatched(body: Any, who: Who) -> Text:
    name, unit = who(body.dispatched_by), org_names(body.org)
    return Text(
        f"{name} 改派**{unit.zh}**，请于 {moment(body.sign_due)} 前签收",
        f"{name} gave it to the **{unit.en}**; sign before {moment(body.sign_due)}",
    )


def _extension_asked(body: Any, who: Who) -> Text:
    name, why = who(body.requested_by), label(EXTENSION_REASONS, body.reason)
    return Text(
        f"{name} 申请延期：{why.zh}；等待督办审批",
        f"{name} asks for more time: {why.en}; the supervisor decides",
    )


def _extended(body: Any, who: Who) -> Text:
    name, last = who(body.approved_by), body.deadlines[-1]
    rolled = last.raw != last.effective
    zh = f"（原计 {last.raw:%m-%d}，逢休息日顺延）" if rolled else ""
    en = f" (counted {last.raw:%m-%d}, moved over days off)" if rolled else ""
    return Text(
        f"{name} 同意延期，办结期限改为 **{last.effective:%m-%d}**{zh}",
        f"{name} granted more time, until **{last.effective:%m-%d}**{en}",
    )


def _not_extended(body: Any, who: Who) -> Text:
    if body.refused_by is None:
        return Text("期限届满，延期申请失效", "The time is over: the request for more lapses")
    name = who(body.refused_by)
    return Text(f"{name} 不同意延期", f"{name} refused more time")


def _merged(body: Any, who: Who) -> Text:
    name, link = who(body.merged_by), f"[{body.into_number}](case:{body.into})"
    return Text(
        f"{name} 将本工单并入 {link}，诉求人一并转入",
        f"{name} merged this case into {link}; its claimants joined there",
    )


def _supervised(body: Any, who: Who) -> Text:
    name = who(body.supervised_by)
    return Text(f"{name} 列为**督办件**", f"{name} put the case **under supervision**")


def _not_supervised(body: Any, who: Who) -> Text:
    name = who(body.lifted_by)
    return Text(f"{name} 解除督办", f"{name} lifted the supervision")


def _reopened(body: Any, who: Who) -> Text:
    last = body.deadlines[-1].effective
    zh, en = f"，办结期限 **{last:%m-%d}**", f", due **{last:%m-%d}**"
    if body.cause == "check_failed":
        name, why = who(body.reopened_by), label(CHECK_REASONS, body.reason)
        return Text(
            f"{name} 检查不合格，退回重办：{why.zh}{zh}",
            f"{name} sent it back to work: {why.en}{en}",
        )
    if body.cause == "part_opened":
        return Text(f"又有部门接办，重新办理{zh}", f"Taken up again by another service{en}")
    return Text(f"诉求人不满意，重新办理{zh}", f"Reopened: the caller is dissatisfied{en}")


def _handled(body: Any, _who: Who) -> Text:
    outcome = label(DISPUTE_OUTCOMES, body.outcome)
    return Text(
        f"办理完毕：{outcome.zh}；请于 {moment(body.call_back_due)} 前回访",
        f"Handled: {outcome.en}; call back before {moment(body.call_back_due)}",
    )


def _called_back(body: Any, _who: Who) -> Text:
    if body.satisfaction is None:
        return Text(f"第 {body.attempt} 次回访未接通", f"Call-back {body.attempt}: no answer")
    return Text(
        f"回访完成，满意度 {body.satisfaction} / 5",
        f"Called back, satisfaction {body.satisfaction} of 5",
    )


def _closed(body: Any, _who: Who) -> Text:
    outcome = label(DISPUTE_OUTCOMES, body.outcome)
    return Text(f"工单办结：{outcome.zh}", f"Case closed: {outcome.en}")


def _reminded(body: Any, who: Who) -> Text:
    return REMINDERS.get(body.deadline) or _four_fifths(body, who)


def _due(zh: str, en: str) -> Callable[[Any, Who], Text]:
    def words(body: Any, _who: Who) -> Text:
        what = label(DUES, shown_kind(body.deadline))
        return Text(f"{what.zh}{zh}", f"{what.en} {en}")

    return words


_four_fifths = _due("期限已用五分之四，系统提醒", "four fifths used: reminder")
REMINDERS = {
    "supervised": Text(
        "督办件用时过半，系统提醒", "Under supervision, half the time used: reminder"
    ),
    "sign": Text("到时未签收，系统提醒", "Nobody signed in time: reminder"),
    "return_decision": Text("退单等待审批，系统提醒", "The return awaits a decision: reminder"),
    "extension_decision": Text("延期等待审批，系统提醒", "More time awaits a decision: reminder"),
    "part_opening": Text("到时未立案，系统提醒", "Nobody took it up in time: reminder"),
    "urge": Text("超期未办结，系统催办", "Overdue: urging letter"),
    "circulate": Text("催办后仍未办结，通报督办", "Still open after the urging letter: circulated"),
    "call_back": Text("到时未回访，系统提醒", "Nobody called back in time: reminder"),
}
"""What a reminder is about, unless four fifths of the time are used."""
_WORDS: dict[str, Callable[[Any, Who], Text]] = {
    "intake.case_registered": _registered,
    "intake.case_answered": lambda body, who: Text("通话中直接答复", "Answered on the call"),
    "intake.case_note_added": _note,
    "intake.claimants_joined": _joined,
    "intake.case_signed": _signed,
    "intake.case_returned": _returned,
    "intake.return_refused": _kept,
    "intake.case_redispatched": _redispatched,
    "intake.extension_requested": _extension_asked,
    "intake.case_extended": _extended,
    "intake.extension_refused": _not_extended,
    "intake.case_merged": _merged,
    "intake.case_supervised": _supervised,
    "intake.supervision_lifted": _not_supervised,
    "intake.case_reminded": _reminded,
    "intake.case_overdue": _due("已超期", "is over"),
    "intake.case_handled": _handled,
    "intake.call_back_recorded": _called_back,
    "intake.case_reopened": _reopened,
    "intake.case_closed": _closed,
    **MATERIALS,
    **MEDIATION,
    **WELFARE,
}
SHOWN = tuple(_WORDS)
"""Names of the facts that have a line."""

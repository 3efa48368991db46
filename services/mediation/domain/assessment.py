"""An assessment (研判): a checklist answered, a judgement written, signatures that bind its content.

Only the latest version of an assessment counts. Signed content is never changed: an amendment is a new
version with a reason, unsigned, and the signed one stays in the file.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.mediation.domain.grade import Grade
from services.mediation.domain.missing import Missing, refuse_if
from services.mediation.domain.scheme import Stage
from shared.vocabulary.errors import FieldError, Invalid, Refused
from shared.vocabulary.people import Role

NOTE_CHARACTERS_MAX = 2_000


class Conclusion(StrEnum):
    """The answer to one question of the checklist; everything but a plain yes needs a note."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """One item's conclusion, and the note that supports it."""

    item: str
    conclusion: Conclusion
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's signature in a role, over exactly one content."""

    person: UUID
    role: Role
    at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One version of the assessment of one stage."""

    stage: str
    version: int
    author: UUID
    grade: Grade
    judgement: str
    answers: tuple[Answer, ...]
    reason: str = ""
    signatures: tuple[Signature, ...] = ()

    @property
    def content_hash(self) -> str:
        """SHA-256 over everything a signature vouches for; the order of the answers does not matter."""
        content = {
            "stage": self.stage,
            "version": self.version,
            "author": str(self.author),
            "grade": self.grade.value,
            "judgement": self.judgement,
            "answers": sorted([one.item, one.conclusion.value, one.note] for one in self.answers),
            "reason": self.reason,
        }
        plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()

    @property
    def valid_signatures(self) -> tuple[Signature, ...]:
        """The signatures that bind the present content."""
        return tuple(one for one in self.signatures if one.content_hash == self.content_hash)


class SignedAlready(Refused):
    """A signature is set; the content changes only as a new version with a reason."""

    code = "assessment_signed"
    zh = "研判已有人签名，内容不能直接修改；请填写理由，另存为新版本。"
    en = "The assessment bears a signature. Give a reason and save it as a new version."


class SignedTwice(Refused):
    """One person signs once: author and approver are two people."""

    code = "assessment_signed_by_same_person"
    zh = "同一人不能重复签名，也不能审批自己起草的研判，请由另一位有权限的同事签署。"
    en = "Nobody signs twice or approves an own draft. Ask another colleague who may sign."


class NotASigner(Refused):
    """The stage does not ask for this role's signature."""

    code = "assessment_role_not_asked"
    zh = "本阶段不需要该岗位签名，请按页面列出的签署人办理。"
    en = "This stage does not ask for that role's signature. See the signers listed."


def refuse_strange_answers(answers: Iterable[Answer], stage: Stage) -> None:
    """Each answer belongs to an item of the checklist, and no item has two."""
    given = [one.item for one in answers]
    known = {one.id for one in stage.checklist}
    errors = [
        FieldError(
            f"answers[{n}].item",
            "item_unknown_or_twice",
            "清单中没有这一项，或这一项填写了两次，请刷新页面后重填。",
            "The checklist has no such item, or it is answered twice. Refresh and fill it in again.",
        )
        for n, item in enumerate(given)
        if item not in known or item in given[:n]
    ]
    if errors:
        raise Invalid(*errors)


def current(assessments: Iterable[Assessment], stage: str) -> Assessment | None:
    """The latest version of a stage's assessment."""
    own = [one for one in assessments if one.stage == stage]
    return max(own, key=lambda one: one.version, default=None)


def written(assessments: tuple[Assessment, ...], draft: Assessment) -> tuple[Assessment, ...]:
    """The assessments with a stage's unsigned content replaced, or begun; numbers are given here."""
    before = current(assessments, draft.stage)
    if before is None:
        return (*assessments, replace(draft, version=1, signatures=()))
    if before.signatures:
        if not draft.reason.strip():
            raise SignedAlready(version=before.version)
        return (*assessments, replace(draft, version=before.version + 1, signatures=()))
    rewritten = replace(draft, version=before.version, signatures=())
    return tuple(rewritten if one is before else one for one in assessments)


def signed(
    assessment: Assessment, stage: Stage, person: UUID, role: Role, at: datetime
) -> Assessment:
    """The assessment with one more signature; only a complete one is signed."""
    refuse_if(unanswered(assessment, stage))
    if role not in stage.sign_off:
        raise NotASigner(role=role.value)
    approves_own = role is not stage.sign_off[0] and person == assessment.author
    if approves_own or any(person == one.person for one in assessment.valid_signatures):
        raise SignedTwice
    signature = Signature(person, role, at, assessment.content_hash)
    return replace(assessment, signatures=(*assessment.signatures, signature))


def unanswered(assessment: Assessment | None, stage: Stage) -> list[Missing]:
    """The questions without an answer, or answered otherwise than yes without a note."""
    answers = {one.item: one for one in assessment.answers} if assessment else {}
    grade = assessment.grade if assessment else Grade.G0
    found = []
    for item in stage.checklist:
        answer = answers.get(item.id)
        if answer is None and item.from_grade <= grade:
            found.append(
                Missing(
                    f"item_open_{item.id}",
                    f"{stage.zh}：“{item.zh}”未填写结论，请补填。",
                    f"{stage.en}: “{item.en}” has no conclusion yet. Fill it in.",
                    f"assessment.{stage.id}.{item.id}",
                )
            )
        elif answer and answer.conclusion is not Conclusion.YES and not answer.note.strip():
            found.append(
                Missing(
                    f"item_note_{item.id}",
                    f"{stage.zh}：“{item.zh}”结论不是“是”，请写明情况。",
                    f"{stage.en}: “{item.en}” is not a plain yes. Write why.",
                    f"assessment.{stage.id}.{item.id}",
                )
            )
    if assessment is None or not assessment.judgement.strip():
        found.append(
            Missing(
                "judgement_missing",
                f"{stage.zh}缺少研判意见，请填写。",
                f"{stage.en} has no written judgement. Write it.",
                f"assessment.{stage.id}.judgement",
            )
        )
    return found


def unsigned_roles(assessment: Assessment | None, stage: Stage) -> list[Missing]:
    """The roles whose signature the present content still needs."""
    done = {one.role for one in assessment.valid_signatures} if assessment else set()
    names = {Role.MEDIATOR: "调解员", Role.SUPERVISOR: "分管负责人", Role.LAWYER: "律师"}
    return [
        Missing(
            f"signature_missing_{role.value}",
            f"{stage.zh}还缺{names.get(role, role.value)}签名，请通知其签署。",
            f"{stage.en} still needs the signature of the {role.value}. Ask for it.",
            f"assessment.{stage.id}.sign",
        )
        for role in stage.sign_off
        if role not in done
    ]

"""The timeline's words about materials cover what intake really tells."""

from services.intake.domain.material import KINDS, WITHDRAWALS
from services.workbench.domain import story_materials
from services.workbench.domain.story import tell
from shared.contracts.intake import MaterialAdded, MaterialWithdrawn
from shared.vocabulary.ids import new_id

CASE, FILE, PERSON = new_id(), new_id(), new_id()


def test_every_kind_and_reason_of_intake_reads_as_there() -> None:
    assert {code: (text.zh, text.en) for code, text in story_materials.MATERIAL_KINDS.items()} == {
        kind.value: words for kind, words in KINDS.items()
    }
    assert {code: (text.zh, text.en) for code, text in story_materials.WITHDRAWALS.items()} == {
        reason.value: words for reason, words in WITHDRAWALS.items()
    }


def test_a_line_says_who_and_what_and_why() -> None:
    added = MaterialAdded(
        case_id=CASE,
        material_id=FILE,
        kind="wages",
        format="pdf",
        size_bytes=7,
        added_by=PERSON,
    )
    gone = MaterialWithdrawn(
        case_id=CASE, material_id=FILE, kind="wages", reason="wrong_case", withdrawn_by=PERSON
    )
    line = tell(added.name, added, lambda who: "王磊" if who == PERSON else "—")
    assert line is not None
    assert line.zh == "王磊 上传材料：工资条、银行流水、欠条"
    line = tell(gone.name, gone, lambda who: "王磊" if who == PERSON else "—")
    assert line is not None
    assert line.zh == "王磊 撤回材料：工资条、银行流水、欠条（传错工单）"

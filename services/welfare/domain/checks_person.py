"""The checks about the person, the grant and the account: W1 to W9, W13, W14, W17, W20."""

from services.welfare.domain.checks import (
    CLUSTER_HANDLER_MIN,
    CLUSTER_MIN,
    RECHECK_MONTHS,
    Facts,
    Outcome,
    PersonStatus,
    blocked,
    later,
    passed,
    warned,
)
from services.welfare.domain.programme import Per
from shared.vocabulary.calendar import WorkCalendar
from shared.vocabulary.money import format_yuan

_NATURAL = WorkCalendar(roll_over=False)


def w1_once_per_person(facts: Facts) -> Outcome:
    """The same person, the same programme, the same year."""
    if facts.aid.person_grants == 0:
        return passed("本人今年未领", "Not yet aided this year")
    return blocked(
        f"本人今年已有 {facts.aid.person_grants} 件同项目申请",
        f"The person has {facts.aid.person_grants} applications in this programme this year",
        remedy=("打开已有申请办理，或撤回其中一件", "Continue the earlier one, or withdraw one"),
    )


def w2_once_per_household(facts: Facts) -> Outcome:
    """The same household, the same programme, the same year; a supervisor may allow it."""
    counted = facts.aid.household_grants if facts.programme.per is not Per.PERSON else 0
    if counted == 0:
        return passed("同户今年未领", "The household is not yet aided this year")
    if facts.aid.household_override:
        return warned(
            "同户今年已领，督办人员已同意再次帮扶",
            "The household was aided this year; a supervisor allowed another",
            remedy=("核对同意理由是否附在档案", "See that the reason is in the file"),
        )
    return blocked(
        f"同户今年已领 {counted} 次",
        f"The household was aided {counted} times this year",
        remedy=(
            "改选其他项目，或由督办人员写明理由同意",
            "Choose another programme, or ask a supervisor",
        ),
    )


def w3_not_aided_elsewhere(facts: Facts) -> Outcome:
    """A student whom another public body aids is not aided again."""
    if facts.programme.per is not Per.STUDENT:
        return passed("本项目不限他处资助", "Aid elsewhere does not matter here")
    if facts.aid.elsewhere is None:
        return later("待申请人声明是否在他处受助", "The applicant has yet to declare aid elsewhere")
    if facts.aid.elsewhere:
        return blocked(
            "该学生已由其他单位资助",
            "Another body aids the student",
            remedy=("核对资助名单；确有误的附证明更正", "Check the lists; correct them with proof"),
        )
    return passed("他处未资助", "Not aided elsewhere")


def w4_account_not_shared(facts: Facts) -> Outcome:
    """One account for several beneficiaries, outside or inside the household."""
    account = facts.account
    if account.used_by_others:
        return blocked(
            f"收款账号另有 {account.used_by_others} 户在用",
            f"{account.used_by_others} other households use the account",
            remedy=(
                "更换为申请人本人账户并核对银行卡",
                "Give the applicant's own account, check the card",
            ),
        )
    if account.used_in_household:
        return warned(
            f"收款账号同户另有 {account.used_in_household} 人在用",
            f"{account.used_in_household} others of the household use the account",
            remedy=("入户时确认由谁领取", "Confirm at the home visit who receives the money"),
        )
    return passed("账号未共用", "The account is not shared")


def w5_holder_is_beneficiary(facts: Facts) -> Outcome:
    """The account belongs to whom the aid is for, or to a recorded guardian."""
    if facts.account.holder_is_beneficiary is None:
        return later("收款账户待登记", "The account is not recorded yet")
    if facts.account.holder_is_beneficiary:
        return passed("户名一致", "The holder is the beneficiary")
    if facts.account.guardian_recorded:
        return passed("户名为已登记的监护人", "The holder is the recorded guardian")
    return blocked(
        "户名与受助人不一致，且没有监护人记录",
        "The holder is not the beneficiary and no guardian is recorded",
        remedy=(
            "更换本人账户，或登记监护关系并上传证明",
            "Use their own account or record the guardian",
        ),
    )


_STATUS = {
    PersonStatus.RETIRED: ("已退休", "retired"),
    PersonStatus.LEFT: ("已离职退会", "no longer a member"),
    PersonStatus.DECEASED: ("已故", "deceased"),
}


def w6_still_entitled(facts: Facts) -> Outcome:
    """The beneficiary is alive and belongs to the programme on the day of payment."""
    status = facts.person.status
    if status is None:
        return later("在职在册状态待核对", "The status is not checked yet")
    if status is PersonStatus.ACTIVE:
        return passed("在职在册", "An active member")
    zh, en = _STATUS[status]
    return blocked(
        f"受助人{zh}",
        f"The beneficiary is {en}",
        remedy=("停止发放，变更或注销档案", "Stop the payment; change or close the file"),
    )


def w7_within_caps(facts: Facts) -> Outcome:
    """The amount is within the cap of the programme and what is left of the yearly cap."""
    amount, left = facts.aid.amount_fen, facts.programme.left_this_year_fen(facts.aid.paid_fen)
    limit = min(facts.programme.cap_fen, left)
    if 0 < amount <= limit:
        return passed("未超上限", "Within the caps")
    if amount <= 0:
        return later("金额待填写", "The amount is not filled in yet")
    return blocked(
        f"金额 {format_yuan(amount)} 超过上限 {format_yuan(limit)}",
        f"{format_yuan(amount)} is more than the limit of {format_yuan(limit)}",
        remedy=(
            f"将金额调减到 {format_yuan(limit)} 元以内",
            f"Lower the amount to {format_yuan(limit)}",
        ),
    )


def w8_file_active(facts: Facts) -> Outcome:
    """Programmes that aid by file (先建档、后帮扶) need an active one."""
    if not facts.programme.file_based:
        return passed("本项目不要求建档", "The programme needs no file")
    if facts.person.file_active is None:
        return later("建档情况待核对", "The file is not checked yet")
    if facts.person.file_active:
        return passed("档案有效", "The file is active")
    return blocked(
        "没有有效的困难职工档案",
        "There is no active hardship file",
        remedy=("先建档，或改选意外致困救助", "Open a file first, or choose aid after a calamity"),
    )


def w9_file_fresh(facts: Facts) -> Outcome:
    """The file was re-checked within twelve months."""
    if not facts.programme.file_based:
        return passed("本项目不要求建档", "The programme needs no file")
    checked = facts.person.rechecked_on
    if checked is None:
        return later("年度复核日期待登记", "The yearly re-check is not recorded yet")
    if facts.today <= _NATURAL.months(checked, RECHECK_MONTHS).raw:
        return passed(f"年度复核 {checked:%m-%d}", f"Re-checked on {checked.isoformat()}")
    return blocked(
        f"档案上次复核为 {checked.isoformat()}，已超过 12 个月",
        f"The file was last re-checked on {checked.isoformat()}, over 12 months ago",
        remedy=("完成年度复核后再办", "Re-check the file first"),
    )


def w13_assets_explained(facts: Facts) -> Outcome:
    """A house, car or company in the cross-check needs a written explanation a person believes."""
    person = facts.person
    if person.assets_found is None:
        return later("家庭经济状况待核对", "The cross-check has not come back yet")
    if not person.assets_found:
        return passed("核对无车房企信息", "No house, car or company found")
    if person.assets_accepted:
        return passed("核对信息已说明并采信", "Assets found, explained and accepted")
    if person.assets_explained:
        return blocked(
            "名下有房产、车辆或企业，说明待您判断",
            "A house, car or company was found; the explanation awaits your judgement",
            remedy=("采信并写明理由，或要求补正", "Accept it with a reason, or ask for more"),
        )
    return blocked(
        "名下有房产、车辆或企业，尚无书面说明",
        "A house, car or company was found and not explained in writing",
        remedy=("请申请人书面说明并附证明", "Ask the applicant to explain in writing with proof"),
    )


def w14_numbers_valid(facts: Facts) -> Outcome:
    """ID number and credit code fit their check characters; the birth date is possible."""
    person = facts.person
    if person.id_valid is None:
        return later("证件号待登记", "The ID number is not recorded yet")
    if not person.id_valid:
        why = person.id_problem
        return blocked(
            why.zh if why else "证件号校验不符",
            why.en if why else "The ID number does not fit its check character",
            remedy=("对照证件更正号码", "Compare with the card and correct it"),
        )
    if not person.employer_code_valid:
        return blocked(
            "用人单位统一社会信用代码校验位不符",
            "The employer's credit code does not fit its check character",
            remedy=("对照营业执照更正代码", "Compare with the licence and correct it"),
        )
    return passed("证件校验位", "Numbers are valid")


def w17_claim_is_new(facts: Facts) -> Outcome:
    """A hospital stay or invoice is claimed once, within the cover and after the waiting period."""
    claim = facts.medical
    if claim is None:
        return passed("发票未重复", "No invoice is claimed twice")
    if claim.stay_claimed_before or claim.invoice_claimed_before:
        return blocked(
            "同一次住院或同一发票已申领",
            "The same stay or invoice was claimed before",
            remedy=(
                "核对住院号、发票号，撤回重复部分",
                "Check the numbers, withdraw what is double",
            ),
        )
    if claim.within_waiting or not claim.within_cover:
        return blocked(
            "就诊时间在等待期内或保障期外",
            "The stay lies in the waiting period or outside the cover",
            remedy=(
                "核对保障期；不在期内的不予赔付并告知",
                "Check the cover; tell the member why not",
            ),
        )
    return passed("发票未重复", "No invoice is claimed twice")


def w20_no_cluster(facts: Facts) -> Outcome:
    """Many applicants with one telephone, address or handler."""
    person, people = facts.person, facts.people
    if person.same_phone >= CLUSTER_MIN:
        what = (f"同一电话登记 {person.same_phone} 户", f"{person.same_phone} with one telephone")
    elif person.same_address >= CLUSTER_MIN:
        what = (f"同一地址登记 {person.same_address} 户", f"{person.same_address} at one address")
    elif people.handler_applications >= CLUSTER_HANDLER_MIN:
        count = people.handler_applications
        what = (f"同一经办人本月 {count} 件", f"{count} by one handler this month")
    else:
        return passed("无聚集情况", "No cluster")
    return warned(
        *what, remedy=("入户核实并写明关系", "Verify at the home visit and write down why")
    )

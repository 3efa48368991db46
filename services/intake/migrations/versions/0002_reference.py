"""Reference data every installation starts with: working days, dispatch catalogue, phrases and answers."""

from datetime import date, timedelta

import chinese_calendar
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIRST_YEAR, LAST_YEAR = 2004, 2026
"""The years whose notice of the State Council chinesecalendar knows."""
EDITION = "2026-11"
DESKS = {
    "dispute": "mediation",
    "aid": "welfare",
    "consultation": "hotline",
    "referral": "hotline",
}
# code | kind | category | title | initials | text
PHRASES = """
arrears_told | phrase | wage_arrears | 欠薪经过 | qxjg | 来电人称自__月起未发工资，人均约__元，共__人未拿到，单位答复__，手上有工资条、打卡记录，要求__前付清。
no_contract | phrase | unsigned_contract | 未签合同 | wqht | 来电人于__入职，至今未签书面劳动合同，能证明劳动关系的材料有__，要求__。
dismissed | phrase | dismissal | 被辞退 | bct | 来电人在该单位工作__年，__被口头（书面）通知辞退，理由为__，要求__。
injured | phrase | work_injury | 工伤经过 | gsjg | 来电人于__在__受伤，送__医院治疗，单位是否申报工伤：__，费用由__垫付，要求__。
group_told | phrase | - | 集体诉求已劝导 | jtsq | 已劝导来电人及工友推选代表依法反映诉求，不聚集、不堵路，来电人表示接受。
danger_told | phrase | - | 危险情绪已安抚 | wxqx | 来电人情绪激动并提及__，已安抚并保持通话，同时报告值班领导__。
materials | phrase | - | 已告知备齐材料 | bqcl | 已告知来电人准备身份证、劳动合同或工资条、打卡记录、聊天记录等材料。
wage_routes | answer | wage_arrears | 欠薪维权：证据清单与三条途径 | qxwq | 先保存工资条、考勤、聊天记录；可向劳动监察投诉，也可申请调解，或在离职一年内申请仲裁。在职期间追讨工资不受一年时效限制（调解仲裁法第二十七条）。
arbitration_steps | answer | procedure | 怎样申请劳动仲裁 | zyzc | 向单位所在地或合同履行地的仲裁委递交申请书、身份证和证据，不收费；一般四十五日内裁决（调解仲裁法第二十一、四十三、五十三条）。
double_wage | answer | unsigned_contract | 未签合同的双倍工资 | sbgz | 自用工满一个月的次日起未签书面合同的，每月应付两倍工资，最长十一个月（劳动合同法第八十二条）。
severance_formula | answer | severance | 经济补偿怎么算 | jjbc | 每满一年付一个月工资，六个月以上不满一年按一年，不满六个月付半个月；基数为离职前十二个月平均工资（劳动合同法第四十七条）。
injury_claim | answer | work_injury | 工伤认定申请期限 | gsrd | 单位应在三十日内申请工伤认定；单位不申请的，本人可在一年内向人社部门申请（工伤保险条例第十七条）。
insurance_due | answer | insurance_transfer | 社保缴纳与转移 | sbjn | 单位应自用工之日起三十日内办理参保；换单位后账户随本人转移，可在社保局窗口或网上办理。
pension_age | answer | pension_policy | 退休年龄与缴费年限 | txnl | 退休年龄按渐进式延迟办法执行，可在12333或社保网站输入出生年月查询；最低缴费年限自2030年起逐步提高。
membership_how | answer | union_membership | 怎样加入工会 | zyjr | 向本单位工会提出申请即可；单位没有工会的，可加入所在镇街或行业工会，入会自愿、不收手续费（工会法第三条）。
legal_aid_how | answer | legal_aid | 怎样申请法律援助 | flyz | 追讨劳动报酬、工伤赔偿的职工可到工会法律援助站或司法局申请，带身份证、申请表和案情材料；农民工请求支付劳动报酬免予经济困难审查。
annual_leave | answer | leave | 年休假天数 | nxj | 累计工作满一年休五天，满十年十天，满二十年十五天；未休的按日工资三倍支付（职工带薪年休假条例第三、五条）。
heat_allowance | answer | safety | 高温津贴标准 | gwjt | 六月至十月室外或33℃以上作业，每月300元，按天计每天13.8元，饮料不能充抵（广东省高温津贴规定）。
tuition_how | answer | tuition | 金秋助学怎样申请 | jqzx | 建档困难职工家庭可在当年通知期限内向所在单位或镇街工会申请，带录取通知书、户口本和困难证明。
other_body | answer | - | 不属工会受理，已指明单位 | bszj | 已告知来电人该事项由主管部门受理，并提供了单位名称和电话；需要时工会协助联系。
asked_and_told | answer | - | 已口头解答 | ykjd | 已按政策口头解答，来电人表示清楚。
"""
COLUMNS = ("code", "kind", "category", "title", "initials", "text")


def upgrade() -> None:
    """Insert the rows; administrators change them later."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    _fill("work_calendar", list(working_days()))
    _fill(
        "dispatch_rule",
        [{"edition": EDITION, "track": track, "desk": desk} for track, desk in DESKS.items()],
    )
    _fill("phrase", list(phrases()))


def _fill(table: str, rows: list[dict[str, object]]) -> None:
    op.bulk_insert(sa.table(table, *(sa.column(name) for name in rows[0])), rows)


def working_days() -> list[dict[str, object]]:
    """Every day that differs from the ordinary week, with the festival it belongs to."""
    rows: list[dict[str, object]] = []
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        works, weekday = chinese_calendar.is_workday(day), day.weekday() < 5
        if works != weekday:
            _, festival = chinese_calendar.get_holiday_detail(day)
            rows.append({"day": day, "kind": "work" if works else "off", "note": festival or ""})
        day += timedelta(days=1)
    return rows


def phrases() -> list[dict[str, object]]:
    """The wordings in the order of the list."""
    rows: list[dict[str, object]] = []
    for position, line in enumerate(PHRASES.strip().splitlines()):
        row: dict[str, object] = dict(
            zip(COLUMNS, (cell.strip() for cell in line.split("|")), strict=True)
        )
        rows.append(
            {
                **row,
                "category": None if row["category"] == "-" else row["category"],
                "position": position,
            }
        )
    return rows

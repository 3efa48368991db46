"""How the hotline's categories read. Intake owns the list; a category not named here yet is shown by its code."""

from services.workbench.domain.text import Text

# code | group | zh | en
_LINES = """
wage_arrears | 劳动报酬 | 拖欠工资 | Unpaid wages
wage_cut | 劳动报酬 | 克扣、降低工资 | Wages cut or withheld in part
overtime_pay | 劳动报酬 | 加班工资 | Overtime pay
piece_bonus | 劳动报酬 | 奖金、提成与补贴 | Bonuses, commissions, allowances
relation | 劳动合同 | 确认劳动关系 | Existence of employment
unsigned_contract | 劳动合同 | 未签劳动合同（双倍工资） | No written contract (double wages)
contract_change | 劳动合同 | 履行与变更（调岗、搬迁） | Change of post or place
dismissal | 劳动合同 | 辞退、除名与解除合同 | Dismissal
expiry | 劳动合同 | 合同到期终止 | End of a fixed term
layoff | 劳动合同 | 裁员与停产歇业 | Lay-off and closure
resignation | 劳动合同 | 辞职与离职手续 | Resignation and leaving papers
training_bond | 劳动合同 | 培训服务期与违约金 | Training bonds and penalties
severance | 补偿赔偿 | 经济补偿 | Severance pay
damages | 补偿赔偿 | 赔偿金 | Damages for unlawful dismissal
insurance_unpaid | 社保福利 | 未缴、少缴社会保险 | Insurance not paid by the employer
work_injury | 社保福利 | 工伤待遇 | Work injury
maternity | 社保福利 | 女职工三期保护 | Pregnancy, birth and nursing
leave | 社保福利 | 年休假与休息休假 | Annual leave and rest
safety | 社保福利 | 劳动保护与高温津贴 | Safety and heat allowance
pension_policy | 社会保险 | 养老保险与退休 | Pension and retirement
insurance_transfer | 社会保险 | 社保缴纳、补缴与转移政策 | Paying and moving insurance
medical_policy | 社会保险 | 医疗与生育保险 | Medical and maternity insurance
unemployment_policy | 社会保险 | 失业保险 | Unemployment insurance
contract_policy | 劳动法律 | 劳动合同法律咨询 | Labour contract law
agency_work | 劳动法律 | 劳务派遣与外包 | Agency work and outsourcing
internship | 劳动法律 | 实习与就业协议 | Internships and graduate agreements
procedure | 劳动法律 | 仲裁诉讼程序 | Arbitration and court procedure
death_benefit | 劳动法律 | 非因工死亡待遇 | Benefits after death not caused by work
employer_question | 劳动法律 | 用人单位用工咨询 | Questions of employers
union_membership | 工会工作 | 入会、建会与会员服务 | Joining and founding a union
other_question | 工会工作 | 其他咨询 | Other questions
living_aid | 困难帮扶 | 困难职工生活救助 | Living aid
accident_aid | 困难帮扶 | 意外致困救助 | Aid after a calamity
warmth | 困难帮扶 | 冬送温暖 | Winter relief
tuition | 困难帮扶 | 金秋助学 | Tuition aid
medical_aid | 互助保障 | 职工医疗互助 | Medical mutual aid
model_worker | 劳模服务 | 劳模补助与慰问 | Care for model workers
heat_relief | 职工服务 | 夏送清凉与服务阵地 | Heat relief and service points
job_service | 职工服务 | 就业与技能服务 | Jobs and skills
counselling | 职工服务 | 心理疏导 | Counselling
legal_aid | 法律援助 | 申请法律援助 | Legal aid
suggestion | 意见建议 | 工作建议 | Suggestions
complaint | 意见建议 | 投诉工会单位或人员 | Complaint about the union
housing_fund | 非劳动争议 | 住房公积金 | Housing fund
insurance_agency | 非劳动争议 | 社保经办机构发放待遇 | Payment by the insurance agency
appraisal | 非劳动争议 | 伤残等级、职业病鉴定异议 | Disability grade or illness finding
domestic_work | 非劳动争议 | 家庭与家政服务人员 | Household and domestic worker
craft_helper | 非劳动争议 | 个体工匠与帮工学徒 | Craftsman and helper
farm_hire | 非劳动争议 | 农村承包户与受雇人 | Farm contractor and hired hand
house_reform | 非劳动争议 | 房改公房转让 | Transfer of reform housing
public_order | 非劳动争议 | 治安、诈骗等警务事项 | Police matters
archive | 非劳动争议 | 人事档案 | Personnel archive
"""
_ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in _LINES.strip().splitlines()]
CATEGORIES: dict[str, Text] = {code: Text(zh, en) for code, _, zh, en in _ROWS}
GROUPS: dict[str, str] = {code: group for code, group, _, _ in _ROWS}
OTHER_GROUP = "其他"
_GROUPS_EN = {
    "劳动报酬": "Pay",
    "劳动合同": "Contracts",
    "补偿赔偿": "Compensation",
    "社保福利": "Insurance and welfare",
    "社会保险": "Social insurance",
    "劳动法律": "Labour law",
    "工会工作": "Union work",
    "困难帮扶": "Hardship aid",
    "互助保障": "Mutual aid",
    "劳模服务": "Model workers",
    "职工服务": "Workers' services",
    "法律援助": "Legal aid",
    "意见建议": "Opinions",
    "非劳动争议": "No labour dispute",
    OTHER_GROUP: "Other",
}


def group_text(group: str) -> Text:
    """How a group is headed."""
    return Text(group, _GROUPS_EN[group])


def group_of(category: str | None) -> str:
    """The group a category counts under in the figures: 劳动报酬."""
    return GROUPS.get(category or "", OTHER_GROUP)


def codes_of(group: str) -> list[str]:
    """The categories of a group."""
    return [code for code, name in GROUPS.items() if name == group]

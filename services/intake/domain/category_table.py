"""The categories in force, as data: one line each, in the order of the picker."""

from services.intake.domain.categories import Category, CategoryTable, Level, TopClass, Track

COLUMNS = 10

# code | top class | track | level | group | zh | en | initials of the zh name | programme | right body
_LINES = """
wage_arrears | dispute | dispute | ordinary | 劳动报酬 | 拖欠工资 | Unpaid wages | tqgz | - | -
wage_cut | dispute | dispute | ordinary | 劳动报酬 | 克扣、降低工资 | Wages cut or withheld in part | kkjdgz | - | -
overtime_pay | dispute | dispute | ordinary | 劳动报酬 | 加班工资 | Overtime pay | jbgz | - | -
piece_bonus | dispute | dispute | ordinary | 劳动报酬 | 奖金、提成与补贴 | Bonuses, commissions, allowances | jjtcybt | - | -
relation | dispute | dispute | ordinary | 劳动合同 | 确认劳动关系 | Existence of employment | qrldgx | - | -
unsigned_contract | dispute | dispute | ordinary | 劳动合同 | 未签劳动合同（双倍工资） | No written contract (double wages) | wqldhtsbgz | - | -
contract_change | dispute | dispute | ordinary | 劳动合同 | 履行与变更（调岗、搬迁） | Change of post or place | lxybgdgbq | - | -
dismissal | dispute | dispute | ordinary | 劳动合同 | 辞退、除名与解除合同 | Dismissal | ctcmyjcht | - | -
expiry | dispute | dispute | ordinary | 劳动合同 | 合同到期终止 | End of a fixed term | htdqzz | - | -
layoff | dispute | dispute | ordinary | 劳动合同 | 裁员与停产歇业 | Lay-off and closure | cyytcxy | - | -
resignation | dispute | dispute | ordinary | 劳动合同 | 辞职与离职手续 | Resignation and leaving papers | czylzsx | - | -
training_bond | dispute | dispute | ordinary | 劳动合同 | 培训服务期与违约金 | Training bonds and penalties | pxfwqywyj | - | -
severance | dispute | dispute | ordinary | 补偿赔偿 | 经济补偿 | Severance pay | jjbc | - | -
damages | dispute | dispute | ordinary | 补偿赔偿 | 赔偿金 | Damages for unlawful dismissal | pcj | - | -
insurance_unpaid | dispute | dispute | ordinary | 社保福利 | 未缴、少缴社会保险 | Insurance not paid by the employer | wjsjshbx | - | -
work_injury | dispute | dispute | ordinary | 社保福利 | 工伤待遇 | Work injury | gsdy | - | -
maternity | dispute | dispute | ordinary | 社保福利 | 女职工三期保护 | Pregnancy, birth and nursing | nzgsqbh | - | -
leave | dispute | dispute | ordinary | 社保福利 | 年休假与休息休假 | Annual leave and rest | nxjyxxxj | - | -
safety | dispute | dispute | ordinary | 社保福利 | 劳动保护与高温津贴 | Safety and heat allowance | ldbhygwjt | - | -
pension_policy | consultation | consultation | ordinary | 社会保险 | 养老保险与退休 | Pension and retirement | ylbxytx | - | -
insurance_transfer | consultation | consultation | ordinary | 社会保险 | 社保缴纳、补缴与转移政策 | Paying and moving insurance | sbjnbjyzyzc | - | -
medical_policy | consultation | consultation | ordinary | 社会保险 | 医疗与生育保险 | Medical and maternity insurance | ylysybx | - | -
unemployment_policy | consultation | consultation | ordinary | 社会保险 | 失业保险 | Unemployment insurance | sybx | - | -
contract_policy | consultation | consultation | ordinary | 劳动法律 | 劳动合同法律咨询 | Labour contract law | ldhtflzx | - | -
agency_work | consultation | consultation | ordinary | 劳动法律 | 劳务派遣与外包 | Agency work and outsourcing | lwpqywb | - | -
internship | consultation | consultation | ordinary | 劳动法律 | 实习与就业协议 | Internships and graduate agreements | sxyjyxy | - | -
procedure | consultation | consultation | ordinary | 劳动法律 | 仲裁诉讼程序 | Arbitration and court procedure | zcsscx | - | -
death_benefit | consultation | consultation | ordinary | 劳动法律 | 非因工死亡待遇 | Benefits after death not caused by work | fygswdy | - | -
employer_question | consultation | consultation | ordinary | 劳动法律 | 用人单位用工咨询 | Questions of employers | yrdwygzx | - | -
union_membership | consultation | consultation | ordinary | 工会工作 | 入会、建会与会员服务 | Joining and founding a union | rhjhyhyfw | - | -
other_question | consultation | consultation | ordinary | 工会工作 | 其他咨询 | Other questions | qtzx | - | -
living_aid | aid | aid | ordinary | 困难帮扶 | 困难职工生活救助 | Living aid | knzgshjz | living | -
accident_aid | aid | aid | ordinary | 困难帮扶 | 意外致困救助 | Aid after a calamity | ywzkjz | accident | -
warmth | aid | aid | ordinary | 困难帮扶 | 冬送温暖 | Winter relief | dswn | warmth | -
tuition | aid | aid | ordinary | 困难帮扶 | 金秋助学 | Tuition aid | jqzx | tuition | -
medical_aid | aid | aid | ordinary | 互助保障 | 职工医疗互助 | Medical mutual aid | zgylhz | medical | -
model_worker | aid | aid | ordinary | 劳模服务 | 劳模补助与慰问 | Care for model workers | lmbzyww | model_worker | -
heat_relief | aid | consultation | ordinary | 职工服务 | 夏送清凉与服务阵地 | Heat relief and service points | xsqlyfwzd | - | -
job_service | aid | consultation | ordinary | 职工服务 | 就业与技能服务 | Jobs and skills | jyyjnfw | - | -
counselling | aid | consultation | ordinary | 职工服务 | 心理疏导 | Counselling | xlsd | - | -
legal_aid | legal_aid | dispute | difficult | 法律援助 | 申请法律援助 | Legal aid | sqflyz | - | -
suggestion | suggestion | consultation | ordinary | 意见建议 | 工作建议 | Suggestions | gzjy | - | -
complaint | suggestion | referral | difficult | 意见建议 | 投诉工会单位或人员 | Complaint about the union | tsghdwhry | - | 上一级工会 / the union one level up
housing_fund | consultation | referral | ordinary | 非劳动争议 | 住房公积金 | Housing fund | zfgjj | - | 住房公积金管理中心 12329 / Housing fund centre, 12329
insurance_agency | consultation | referral | ordinary | 非劳动争议 | 社保经办机构发放待遇 | Payment by the insurance agency | sbjbjgffdy | - | 社会保险基金管理局 12333 / Insurance agency, 12333
appraisal | consultation | referral | ordinary | 非劳动争议 | 伤残等级、职业病鉴定异议 | Disability grade or illness finding | scdjzybjdyy | - | 劳动能力鉴定委员会 / Labour capacity appraisal committee
domestic_work | consultation | referral | ordinary | 非劳动争议 | 家庭与家政服务人员 | Household and domestic worker | jtyjzfwry | - | 人民法院或人民调解委员会 / Court or people's mediation
craft_helper | consultation | referral | ordinary | 非劳动争议 | 个体工匠与帮工学徒 | Craftsman and helper | gtgjybgxt | - | 人民法院或人民调解委员会 / Court or people's mediation
farm_hire | consultation | referral | ordinary | 非劳动争议 | 农村承包户与受雇人 | Farm contractor and hired hand | nccbhysgr | - | 人民法院或人民调解委员会 / Court or people's mediation
house_reform | consultation | referral | ordinary | 非劳动争议 | 房改公房转让 | Transfer of reform housing | fggfzr | - | 住房和城乡建设局 / Housing bureau
public_order | consultation | referral | ordinary | 非劳动争议 | 治安、诈骗等警务事项 | Police matters | zazpdjwsx | - | 110 或属地派出所 / 110 or the local police
archive | consultation | referral | ordinary | 非劳动争议 | 人事档案 | Personnel archive | rsda | - | 档案保管单位或人社局 12333 / Keeper of the archive, 12333
"""


def _parse(line: str) -> Category:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != COLUMNS:
        raise ValueError(f"a category has {COLUMNS} columns: {line}")
    code, top, track, level, group, zh, en, initials, programme, body = cells
    return Category(
        code=code,
        top=TopClass(top),
        group_zh=group,
        zh=zh,
        en=en,
        initials=initials,
        track=Track(track),
        level=Level(level),
        programme=None if programme == "-" else programme,
        body="" if body == "-" else body,
    )


CATEGORIES = CategoryTable(
    version=1, rows=tuple(_parse(line) for line in _LINES.strip().splitlines())
)
"""The table in force. A federation's own list is loaded over it as a later version."""

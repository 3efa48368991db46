"""Forty employers of the demonstration; all invented, their credit codes have right check characters."""

from dataclasses import dataclass

from shared.vocabulary.identifiers import uscc_check_character

COUNTIES = (
    "441202", "441203", "441204", "441223", "441224", "441225", "441226", "441284", "441284450",
)  # fmt: skip
NAMES = (
    "琅石建材", "岑岭五金制品", "鼎弘陶瓷", "禾煦酒店", "竹垣造纸", "屿川电子", "云岭物流", "金漈纺织",
    "杉澜木业", "砚溪水泥", "柑里食品", "远塘建筑", "星湖旅游服务", "端砚文化", "西江船舶修造", "鼎湖山泉饮品",
    "高要压铸", "金利锁具", "广宁竹制品", "怀集林产", "封开石场", "德庆柑橘加工", "四会玉器", "大沙包装",
    "肇新环保", "绥江运输", "贺江水电", "北岭农牧", "睦岗家具", "蓝塘制衣", "白诸机械", "宋隆塑胶",
    "莲花电器", "回龙铝业", "坑口化工", "龙甫新材料", "地豆陶土", "石狗饲料", "威整冷链", "江谷汽配",
)  # fmt: skip
PLACES = {
    "441202": "肇庆市端州区", "441203": "肇庆市鼎湖区", "441204": "肇庆市高要区", "441223": "广宁县",
    "441224": "怀集县", "441225": "封开县", "441226": "德庆县", "441284": "四会市", "441284450": "肇庆高新区",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Employer:
    """What an operator would put on record."""

    name: str
    uscc: str
    region: str
    headcount: int
    union_since: int | None


def employers() -> list[Employer]:
    """The forty, spread over the nine counties."""
    found = []
    for n, name in enumerate(NAMES):
        region = COUNTIES[n % len(COUNTIES)]
        body = f"91{region[:6]}MA{52000000 + n * 137:08d}"[:17]
        found.append(
            Employer(
                name=f"{PLACES[region]}{name}有限公司",
                uscc=body + uscc_check_character(body),
                region=region,
                headcount=30 + n * 23 % 460,
                union_since=2012 + n % 12 if n % 3 else None,
            )
        )
    return found

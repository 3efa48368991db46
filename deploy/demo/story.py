"""What happened so far in the demonstration: cases of every kind and in every stage, by the same acts as on screen."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from deploy.demo.client import Services
from deploy.demo.employers import NAMES, employers
from shared.kernel.clock import now
from shared.vocabulary.calendar import local_date
from shared.vocabulary.ids import derived_id
from shared.vocabulary.people import Actor

Staff = dict[str, Actor]
CALLERS = (
    "陈永明", "梁秀珍", "谭国辉", "莫小燕", "覃玉妹", "植志强", "伍丽芳", "冼伟明", "黎建华", "区少芬",
    "罗彩霞", "苏文杰", "邱玉玲", "莫振光", "欧阳荣", "龙志远", "邓美兰", "韦春英", "梁家辉", "彭志坚",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One call of the story and how far its case has come."""

    employer: int
    category: str
    narrative: str
    people: int = 1
    amount_fen: int | None = None
    stage: str = "registered"
    urgency: str = "normal"


STORY: tuple[Told, ...] = (
    Told(0, "wage_arrears", "来电人称8月至10月三个月没发工资，车间一起没拿到的有23个工友，手上有工资条和打卡记录。", 23, 46_920_000, "assessment_1", "urgent"),
    Told(1, "wage_arrears", "岑岭五金拖欠8到10月工资，共32人，人均约25800元，厂里说等货款回来再发。", 32, 82_640_000, "meeting", "urgent"),
    Told(2, "layoff", "鼎弘陶瓷关停窑炉，126名职工要求按年限支付安置补偿。", 126, 512_300_000, "assessment_1", "urgent"),
    Told(3, "wage_arrears", "酒店连续两个月拖欠工资，35名员工要求尽快结清。", 35, 41_750_000, "assessment_2"),
    Told(4, "severance", "竹垣造纸搬厂，64人要求支付经济补偿。", 64, 198_400_000, "mediation"),
    Told(5, "wage_arrears", "屿川电子年终奖未发放，14名职工要求按承诺发放。", 14, 19_600_000, "mediation"),
    Told(6, "wage_arrears", "云岭物流拖欠16人工资，已达成分期协议。", 16, 24_000_000, "agreement"),
    Told(7, "severance", "金漈纺织未签劳动合同，两名职工要求双倍工资。", 2, 5_640_000, "performance"),
    Told(8, "wage_arrears", "杉澜木业停工待岗工资未付，18人。", 18, 21_600_000, "acceptance"),
    Told(9, "work_injury", "砚溪水泥职工上班时手指受伤，单位未申报工伤。", 1, 12_860_000, "acceptance"),
    Told(10, "wage_arrears", "柑里食品拖欠加班费，6人。", 6, 3_120_000, "acceptance"),
    Told(11, "wage_arrears", "远塘建筑包工头欠薪，8名农民工要求结清工钱。", 8, 11_200_000, "closed"),
    Told(13, "severance", "被口头辞退，工作满三年，要求经济补偿。", 1, 2_700_000, "registered"),
    Told(15, "wage_arrears", "入职押金和最后一个月工资没有退还。", 1, 840_000, "registered"),
)  # fmt: skip
ITEMS = {
    "assessment_1": (
        "facts_clear", "evidence_sufficient", "legal_basis", "ability_to_perform",
        "limitation_checked", "risk_of_escalation", "representatives", "handling",
    ),
    "assessment_2": (
        "mediation_plan", "mediators_fit", "legal_opinion_considered", "bottom_lines", "fallback",
    ),
    "assessment_3": ("outcome", "cause", "employer_risk", "lessons"),
}  # fmt: skip
LOCAL = {"zq.441204": ("2103", "2104"), "zq.441284": ("2105", "2106")}
"""Offices with mediators of their own; elsewhere those of the city help."""
ORDER = (
    "registered", "acceptance", "assessment_1", "meeting", "assessment_2", "mediation",
    "agreement", "performance", "closed",
)  # fmt: skip


def tell(services: Services, staff: Staff) -> None:
    """Every call of the story, then each dispute as far as it has come."""
    known = employers()
    for n, told in enumerate(STORY):
        case = register(services, staff, told, known[told.employer].name, n)
        if told.stage != "registered":
            Handling(services, staff, told, case["case_id"]).go()
        print(f"  {case['case_no']}  {NAMES[told.employer]}  {told.stage}", flush=True)


def register(services: Services, staff: Staff, told: Told, employer: str, n: int) -> dict[str, Any]:
    """The call, as operator 1207 wrote it down."""
    region = next(one.region for one in employers() if one.name == employer)
    body: dict[str, Any] = {
        "phone": f"1382600{n:04d}"[:11] if n else "13826006207",
        "caller_name": CALLERS[n % len(CALLERS)],
        "employer_name": employer,
        "narrative": told.narrative,
        "category": told.category,
        "urgency": told.urgency,
        "urgency_reason": "涉及人数多，情绪激动" if told.urgency != "normal" else "",
        "handling": "dispatch",
        "region": region[:6],
        "claimant_count": told.people,
        "amount_fen": told.amount_fen,
    }
    registered: dict[str, Any] = services.post("intake", "/calls", body, staff["1207"])
    return registered


class Handling:
    """One dispute, brought from acceptance to where the story wants it."""

    def __init__(self, services: Services, staff: Staff, told: Told, case_id: str) -> None:
        self.services, self.staff, self.told = services, staff, told
        self.id = derived_id(uuid.UUID(case_id), "dispute")
        self.at = f"/disputes/{self.id}"
        self.boss = staff["5101"]
        self.mediators: list[Actor] = []
        self.today: date = local_date(now())

    @property
    def mediator(self) -> Actor:
        """Who presides."""
        return self.mediators[0]

    def do(self, path: str, body: Any = None, by: Actor | None = None, method: str = "POST") -> Any:
        """One command on the dispute."""
        return self.services.send(
            method, "mediation", f"{self.at}{path}", body or {}, by or self.mediator
        )

    def page(self) -> Any:
        """The dispute as the supervisor sees it."""
        return self.services.get("mediation", self.at, self.boss)

    def go(self) -> None:
        """Stage by stage until the wanted one."""
        org = self.services.wait("mediation", self.at, self.boss)["org"]
        first, second = LOCAL.get(org, ("2101", "2102"))
        self.mediators = [self.staff[first], self.staff[second]]
        steps = (self.accept, self.assess_1, self.meet, self.assess_2, self.mediate, self.close)
        wanted = ORDER.index(self.told.stage)
        for reached, step in zip((1, 2, 3, 4, 5, 7), steps, strict=True):
            if reached > wanted:
                return
            step(leave=wanted > reached)

    def accept(self, *, leave: bool) -> None:
        """Mediators, declarations, scope; both consents when the dispute goes on."""
        ids = [str(one.id) for one in self.mediators]
        self.do("/mediators", {"mediator_ids": ids}, self.boss)
        for one in self.mediators:
            self.do("/declarations", {"relation": "none"}, one)
        self.do("/scope", {"in_scope": True})
        self._consent("workers")
        if leave:
            self._consent("employer")
            self.do("/advance", {"from_stage": "acceptance"})

    def _consent(self, side: str) -> None:
        self.do("/consents", {"side": side, "purpose": "mediation", "given": True})

    def assess_1(self, *, leave: bool) -> None:
        """The risk assessment; half of it when the dispute stays here."""
        items = ITEMS["assessment_1"]
        if not leave:
            self._write("assessment_1", items[:4], judgement="")
            return
        self._write("assessment_1", items)
        self._sign("assessment_1", self.mediator)
        self.do("/grade", {"grade": self.page()["grade"]})
        self.do("/advance", {"from_stage": "assessment_1"})

    def meet(self, *, leave: bool) -> None:
        """The joint meeting: waived below G2, else scheduled, and held when the dispute goes on."""
        if self.page()["grade"] in {"G0", "G1"}:
            if leave:
                self.do("/conference/waive", {"reason": "事实清楚、人数少，双方愿意直接调解。"})
            return
        people = [*self.mediators, self.boss]
        ids = [str(one.id) for one in people]
        starts = f"{self.today + timedelta(days=2 + self.told.employer)}T09:30:00+08:00"
        self.do(
            "/conference",
            {
                "starts_at": starts,
                "minutes": 90,
                "room": "三楼调解室",
                "chair_id": ids[-1],
                "member_ids": ids,
                "agenda": ["欠薪事实与金额核对", "付款计划", "职工情绪与安全"],
            },
        )
        if leave:
            came = [{"person_id": one, "present": True} for one in ids]
            decided = {
                "text": "单位三日内提交付款计划。",
                "owner_id": ids[0],
                "due": str(self.today + timedelta(days=3)),
            }
            self.do(
                "/conference/minutes",
                {"attendance": came, "minutes": "双方到会，事实无争议。", "decisions": [decided]},
            )
            self.do("/advance", {"from_stage": "meeting"})

    def assess_2(self, *, leave: bool) -> None:
        """The lawyer accepts and gives an opinion; the handling assessment is signed by two."""
        lawyer = self._accept_offer()
        if not leave:
            return
        opinion = {
            "facts": "用人单位确认欠付工资的期间与金额。",
            "analysis": "依劳动合同法第三十条、第八十五条，应当及时足额支付。",
            "advice": "建议分期不超过三期，首期不低于三成。",
        }
        self.do("/opinion", opinion, lawyer, "PUT")
        self._write("assessment_2", ITEMS["assessment_2"])
        self._sign("assessment_2", self.mediator)
        self._sign("assessment_2", self.boss)
        self.do("/advance", {"from_stage": "assessment_2"})

    def _accept_offer(self) -> Actor:
        page = self.page()
        by_id = {str(one.id): one for one in self.staff.values()}
        if page["lawyer_id"]:
            return by_id[page["lawyer_id"]]
        offer = next(one for one in page["offers"] if one["state"] == "open")
        lawyer = by_id[offer["lawyer_id"]]
        path = f"/offers/{offer['id']}/accept"
        self.services.post("mediation", path, {"no_conflict": True}, lawyer)
        return lawyer

    def mediate(self, *, leave: bool) -> None:
        """A session; the agreement in two instalments when the dispute goes on."""
        yesterday = self.today - timedelta(days=1)
        self.do(
            "/sessions",
            {"planned_at": f"{yesterday}T14:30:00+08:00", "held_on": str(yesterday)},
        )
        if not leave:
            return
        total = self.told.amount_fen or 100_000
        first = total * 3 // 10
        people = self.told.people if self.told.people >= 10 else 0
        agreement = {
            "parties": "职工方代表与用人单位（信息见案卷）",
            "claims": "支付拖欠的劳动报酬",
            "result": "分两期付清，逾期按协议加付",
            "manner": "转入职工工资账户",
            "contents": ["wages"],
            "amount_fen": total,
            "instalments": [
                {"no": 1, "amount_fen": first, "due": str(self.today + timedelta(days=3))},
                {"no": 2, "amount_fen": total - first, "due": str(self.today + timedelta(days=33))},
            ],
            "represented": people,
            "represented_consents": people,
        }
        self.do("/agreement", agreement, method="PUT")
        self.do("/agreement/sign", {"hands": ["workers", "employer", "mediator", "seal"]})
        self.do("/advance", {"from_stage": "mediation"})

    def close(self, *, leave: bool) -> None:
        """The closing assessment; payments, review and the archive for a closed one."""
        self._write("assessment_3", ITEMS["assessment_3"])
        self._sign("assessment_3", self.mediator)
        self._sign("assessment_3", self.boss)
        self.do("/advance", {"from_stage": "assessment_3"})
        self.do("/instalments/1", {"state": "paid"})
        if not leave:
            return
        self.do("/instalments/2", {"state": "paid"})
        self.do("/agreement/review", {"choice": "waived"})
        self.do("/advance", {"from_stage": "performance"})
        for paper in ("application", "agreement"):
            self.do("/papers", {"paper": paper})
        self.do("/archive")

    def _write(
        self, stage: str, items: tuple[str, ...], judgement: str = "同意按会商意见办理。"
    ) -> None:
        answers = [{"item": item, "conclusion": "yes"} for item in items]
        self.do(f"/assessments/{stage}", {"answers": answers, "judgement": judgement}, method="PUT")

    def _sign(self, stage: str, by: Actor) -> None:
        content = self.page()["content"]
        latest = [one for one in content["assessments"] if one["stage"] == stage][-1]
        body = {"content_hash": latest["content_hash"], "role": min(by.roles).value}
        self.do(f"/assessments/{stage}/sign", body, by)

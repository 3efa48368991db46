"""Aid in the demonstration: budgets, one application under review, one paid and recorded."""

from typing import Any

from deploy.demo.client import Services
from shared.kernel.clock import now
from shared.vocabulary.calendar import local_date
from shared.vocabulary.identifiers import id_check_character
from shared.vocabulary.people import Actor

Staff = dict[str, Actor]
BUDGETS = {
    "living": 60_000_000,
    "accident": 60_000_000,
    "warmth": 150_000_000,
    "tuition": 90_000_000,
}
EMERGENCY = "accident"


def budgets(services: Services, staff: Staff) -> None:
    """A line of the city for each programme."""
    year = local_date(now()).year
    for programme, amount in BUDGETS.items():
        body = {
            "programme": programme,
            "year": year,
            "org": "zq",
            "amount_fen": amount,
            "reason": f"{year} 年市级预算",
        }
        services.post("welfare", "/budgets", body, staff["4103"])


def emergency(services: Services, staff: Staff) -> None:
    """Aid after a calamity is paid while it is public (急难救助先救助后公示)."""
    body = {
        "zh": "意外致困救助",
        "en": "Aid after a calamity",
        "fund": "hardship_province",
        "per": "household",
        "cap_fen": 500_000,
        "yearly_cap_fen": 600_000,
        "standards": {"calamity": 200_000, "deep": 300_000},
        "file_based": False,
        "publicity_workdays": 0,
        "late_payment_days": 15,
        "return_repair_days": 5,
        "reason": "急难救助先救助后公示",
    }
    year = local_date(now()).year
    services.send("PUT", "welfare", f"/programmes/{year}/{EMERGENCY}", body, staff["4103"])


def card_number(serial: int, born: str) -> str:
    """An identity number with the right check character; nobody's."""
    first = f"441224{born}{serial:03d}"
    return first + id_check_character(first)


def form(serial: int, name: str, **other: Any) -> dict[str, Any]:
    """A family of three: 52,800 of income, 9,600 unavoidable, 44,160 of hospital cost."""
    return {
        "name": name,
        "id_no": card_number(serial, "19880505"),
        "phone": f"1501234{serial:04d}",
        "address": "肇庆市高要区金利镇",
        "employer_name": "肇庆市高要区岑岭五金制品有限公司",
        "situation": "在职，被欠薪 3 个月",
        "status": "active",
        "income_fen": 3_840_000,
        "amount_fen": 200_000,
        "members": [
            {
                "relation": "母亲",
                "name": "韦少英",
                "id_no": card_number(serial + 1, "19600101"),
                "situation": "脑梗住院 21 天",
                "income_fen": 1_440_000,
            },
            {
                "relation": "女儿",
                "name": "谭可琪",
                "id_no": card_number(serial + 2, "20140909"),
                "situation": "初二，监护人同意已存",
                "guardian_consent": True,
            },
        ],
        "expenses": [
            {"label": "房租", "amount_fen": 720_000},
            {"label": "学费", "amount_fen": 240_000},
        ],
        "calamity_fen": 4_416_000,
        "calamity": "医疗",
        "account": {
            "number": f"62220212345{serial:05d}",
            "bank": "工商银行高要支行",
            "holder": name,
        },
        "assets": {"found": False},
        "consent_version": "2026-1",
        "consented_on": local_date(now()).isoformat(),
        "publicity_consent": True,
        **other,
    }


class Aid:
    """One application, step by step; three different people, and the cashier."""

    def __init__(self, services: Services, staff: Staff, application_id: str) -> None:
        self.services, self.staff = services, staff
        self.at = f"/applications/{application_id}"

    def do(self, path: str, by: str, body: Any = None, method: str = "POST") -> Any:
        """One command by the person of that number."""
        return self.services.send(
            method, "welfare", f"{self.at}/{path}", body or {}, self.staff[by]
        )

    def submit(self, serial: int, name: str, **other: Any) -> None:
        """Filled in, first review, visit, handed to the reviewer."""
        self.do("form", "4101", form(serial, name, **other), "PUT")
        self.do("first-review", "4101")
        visit = {
            "visited_on": local_date(now()).isoformat(),
            "companion": "镇总工会 黄某",
            "report": "情况属实，住院票据已核对。",
        }
        self.do("visit", "4101", visit)
        self.do("submit", "4101")

    def pay(self) -> None:
        """Reviewed, approved, released, settled by the bank, recorded."""
        self.do("review", "4102")
        self.do("approve", "4103")
        self.do("payments", "4104")
        self.services.wait("welfare", self.at, self.staff["5101"], is_paid)
        self.do("record", "4101")


def is_paid(page: dict[str, Any]) -> bool:
    """Whether the bank said that the money arrived."""
    return bool(page["state"]["code"] == "paid")


def ask_for_aid(services: Services, staff: Staff, name: str, phone: str) -> str:
    """A call that asks for aid; the application that welfare opens for its case."""
    body = {
        "phone": phone,
        "caller_name": name,
        "narrative": "家人脑梗住院，自付费用四万多元，本人被欠薪三个月，申请困难帮扶。",
        "category": "accident_aid",
        "handling": "dispatch",
        "region": "441204",
    }
    case_id: str = services.post("intake", "/calls", body, staff["1207"])["case_id"]
    return application_of(services, staff, case_id)


def application_of(services: Services, staff: Staff, case_id: str) -> str:
    """The application of a case, as soon as welfare has opened it."""
    queue = services.wait(
        "welfare",
        "/applications",
        staff["4101"],
        lambda found: any(one["case_id"] == case_id for one in found["items"]),
    )
    found: str = next(one["application_id"] for one in queue["items"] if one["case_id"] == case_id)
    return found


def tell_aid(services: Services, staff: Staff) -> None:
    """What the welfare screens show at the first look."""
    emergency(services, staff)
    budgets(services, staff)
    first = ask_for_aid(services, staff, "覃彩妹", "15012340284")
    Aid(services, staff, first).submit(284, "覃彩妹", phone="15012340284")
    paid = Aid(services, staff, ask_for_aid(services, staff, "谭国英", "15012349384"))
    paid.submit(384, "谭国英", address="四会市大沙镇", phone="15012349384")
    paid.pay()

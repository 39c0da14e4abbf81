"""`hall ticket` and `hall import` of appointments, violations, payments, decisions: what they say."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.commands.line import run
from hall.resources import resource
from hall.rules.cards import Card
from hall.rules.people import Actor, system_actor
from hall.services.accounts import create_account, create_first_administrator
from hall.services.front import Front
from hall.services.penalty_staff import NewCertificate, enter_certificate
from hall.services.signing_in import change_password
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.schema.people import Account
from hall.store.secrets import KeyRing

PASSWORD = "nine-o-clock-the-doors-open"
HEADING = "预约编号,姓名,证件号码,手机号,事项编码,预约日期,开始时间,结束时间\n"


@pytest.fixture(scope="session")
def sqlite_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[str], None], key_ring: KeyRing
) -> Path:
    """The hall of the whole run's template, furnished, with the accounts admin, clerk, manager and cashier."""
    path = tmp_path_factory.mktemp("staffed") / "hall.db"
    shutil.copyfile(sqlite_template, path)
    url = f"sqlite:///{path}"
    furnish(url)
    clock = FixedClock(datetime(2026, 11, 2, 9, tzinfo=HALL_ZONE))
    store = Store(open_engine(url), clock=clock, station="setup", hall_code="main", key_ring=key_ring)
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    first = create_first_administrator(store, hasher=hasher)
    admin = change_password(store, "admin", present=first, new=PASSWORD, hasher=hasher).actor
    for role in ("clerk", "manager", "cashier"):
        new = create_account(store, admin, login=role, display_name="测试丁", roles=[role], hasher=hasher)
        change_password(store, role, present=new.one_time_password, new=PASSWORD, hasher=hasher)
    store.close()
    return path


@pytest.fixture
def hall(
    tmp_path: Path,
    sqlite_url: str,
    open_store: Callable[..., Store],
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Store:
    """Commands work on this hall, with a key of their own, by the clock of the test; its store at station-1."""
    KeyRing.create(tmp_path)
    monkeypatch.setattr("hall.clock.SystemClock", lambda: clock)
    for variable in ("HALL_KEY", "HALL_STATION"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    monkeypatch.setenv("HALL_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HALL_PASSWORD", PASSWORD)
    return open_store(sqlite_url)


Told = Callable[..., str]


@pytest.fixture
def told(hall: Store, capsys: pytest.CaptureFixture[str]) -> Told:
    """What a command says that works: `told("ticket", "list")`, as the clerk unless another is named."""
    assert hall is not None

    def tell(*words: str, user: str = "clerk") -> str:
        assert run([*words, "--user", user]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return tell


@pytest.fixture
def refused(hall: Store, capsys: pytest.CaptureFixture[str]) -> Told:
    """The sentence of a command that is refused."""
    assert hall is not None

    def tell(*words: str, user: str = "clerk") -> str:
        assert run([*words, "--user", user]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        return said.err

    return tell


@pytest.fixture
def booked(tmp_path: Path, make_card: Callable[..., Card]) -> Callable[..., str]:
    """A file with one appointment at the time given: its path."""

    def write(starts: str, *, reference: str = "YY-1", matter: str = "XK05") -> str:
        path = tmp_path / "appointments.csv"
        row = f"{reference},张测明,{make_card().id_number},13900001234,{matter},2026-11-23,{starts},23:00\n"
        path.write_text(HEADING + row, encoding="utf-8-sig")
        return str(path)

    return write


def test_a_number_for_several_matters_is_told_as_json(told: Told) -> None:
    words = ("--matter", "XK05", "--further", "XK02", "XK06", "--priority", "soldier", "--json")
    shown = json.loads(told("ticket", "issue", *words))
    low, high = shown.pop("minutes")
    assert 0 <= low <= high
    assert shown == {
        "ticket_id": 1,
        "code": "J001",
        "matter": "XK05",
        "matter_name": json.loads(told("ticket", "issue", "--matter", "XK05", "--json"))["matter_name"],
        "priority": "soldier",
        "state": "waiting",
        "waiting_ahead": 0,
        "issued_at": "2026-11-23T01:42:00+00:00",
        "notice": "",
    }


def test_a_wish_that_cannot_be_is_refused(refused: Told) -> None:
    assert "XK05 选了两次" in refused("ticket", "issue", "--matter", "XK05", "--further", "XK05")
    assert "凭预约签到" in refused("ticket", "issue", "--matter", "XK05", "--priority", "appointment")


def test_appointments_are_imported_and_imported_again(told: Told, booked: Callable[..., str]) -> None:
    file = booked("10:00")
    assert told("import", "appointments", file, user="manager") == "预约名单已导入：新增 1 条，更新 0 条，未变 0 条。\n"
    assert "更新 0 条，未变 1 条" in told("import", "appointments", file, user="manager")
    told("ticket", "check-in", "--reference", "YY-1")
    assert "其中 1 条已签到、爽约或取消，没有改动：YY-1" in told("import", "appointments", file, user="admin")


def test_who_may_not_import_them_and_what_is_wrong_is_told_by_line(
    refused: Told, booked: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "不能导入预约" in refused("import", "appointments", booked("10:00"))
    assert "第2行：事项编码：2026-11-23 没有事项 XK99" in refused(
        "import", "appointments", booked("10:00", matter="XK99"), user="manager"
    )
    assert "第2行：开始时间：“25:00”不是时间" in refused("import", "appointments", booked("25:00"))


def test_an_appointment_is_checked_in_by_its_number(
    told: Told, refused: Told, booked: Callable[..., str], clock: FixedClock
) -> None:
    told("import", "appointments", booked("10:00"), user="manager")
    shown = json.loads(told("ticket", "check-in", "--reference", "YY-1", "--json"))
    assert (shown["code"], shown["priority"], shown["notice"]) == ("Y001", "appointment", "")
    assert "号码是 Y001" in refused("ticket", "check-in", "--reference", "YY-1")
    assert "没有编号为“YY-9”的预约" in refused("ticket", "check-in", "--reference", "YY-9")
    told("import", "appointments", booked("10:00", reference="YY-2"), user="manager")
    clock.instant = datetime(2026, 11, 23, 10, 30, tzinfo=HALL_ZONE)
    assert "按普通号排队" in told("ticket", "check-in", "--reference", "YY-2")


def test_the_list_shows_kinds_and_states_and_what_has_no_slip_yet(
    told: Told, hall: Store, front_of: Callable[..., Front]
) -> None:
    told("ticket", "issue", "--matter", "XK05", "--priority", "elder")
    clerk = Actor(7, "张三明", hall.hall_id, frozenset({"clerk"}))
    front_of(hall, clerk, slip=True).taking.issue("XK02", channel="kiosk")
    shown = json.loads(told("ticket", "list", "--json"))
    assert [(each["code"], each["priority"], each["state"]) for each in shown["waiting"]] == [
        ("L001", "elder", "waiting")
    ]
    assert [(each["code"], each["state"]) for each in shown["without_slip"]] == [("A001", "reserved")]
    lines = told("ticket", "list").splitlines()
    assert lines[:4] == [
        "等候 1 人：",
        "  L001  XK05  老年  等候",
        "尚无小票，未进入排队：",
        "  A001  XK02  普通  待打印",
    ]


def test_violations_are_imported_whole_or_not_at_all_and_an_undated_file_begins_today(
    told: Told, refused: Told, tmp_path: Path
) -> None:
    sample = str(resource("violations/sample.csv"))
    first = told("import", "violations", sample, user="admin")
    assert first.startswith("裁量基准已导入：新增 16 项，更新 0 项，未变 0 项。公布后才能使用")
    assert "其中 16 项是样例，须经本局核定后使用：CF004、CF005" in first
    assert "未变 16 项" in told("import", "violations", sample, user="admin")
    text = resource("violations/sample.csv").read_text(encoding="utf-8-sig")
    file = tmp_path / "undated.csv"
    file.write_text(text.replace(",2026-01-01,", ",,").replace("CF0", "TS0"), encoding="utf-8")
    assert "其中 16 项没有写生效日期，从今天起施行" in told("import", "violations", str(file), user="admin")
    file.write_text(
        text.replace("固体废物污染环境防治法第111条（案由CF074）", "").replace("CF0", "RS0"), encoding="utf-8"
    )
    assert "其中 1 项的备注说到与上位法冲突，请在“上位法”列写明应当适用的规定：RS004" in told(
        "import", "violations", str(file), user="admin"
    )
    assert "不能导入裁量基准" in refused("import", "violations", sample)
    file.write_text(text.replace("5000,15000,元", "15000,5000,元", 1), encoding="utf-8")
    assert "裁量基准有1处错误，没有导入任何内容，请改正后重新导入：\n第2行：罚款下限大于罚款上限" in refused(
        "import", "violations", str(file), user="admin"
    )
    file.write_bytes(text.encode("gb18030"))
    assert "文件像是 GBK 编码，不是 UTF-8" in refused("import", "violations", str(file), user="nobody")


def test_a_file_of_the_bank_is_imported_once_and_its_counts_are_told(told: Told, refused: Told, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    row = "B1,,莲城管罚决〔2026〕9号,3000,2026-11-20\n"
    path.write_text(f"流水号,缴款识别码,决定书文号,金额,缴款日期\n{row}合计,,1,3000,\n", encoding="utf-8-sig")
    assert "不能导入缴款文件" in refused("import", "payments", str(path), user="manager")
    shown = told("import", "payments", str(path), user="cashier").splitlines()
    assert shown[0] == "缴款文件已导入：共 1 笔，其中未对上 1 笔。"
    assert "对账页（Alt+3）处理" in shown[1]
    assert "3000" not in "".join(shown)
    assert "没有改动任何内容" in told("import", "payments", str(path), user="cashier")
    path.write_text(path.read_text(encoding="utf-8-sig").replace("1,3000,", "1,3001,"), encoding="utf-8")
    assert "第3行：合计行的金额是¥3,001.00，各行相加是¥3,000.00" in refused(
        "import", "payments", str(path), user="cashier"
    )


def test_decisions_of_the_case_system_are_imported_whole_or_not_at_all(
    told: Told, refused: Told, hall: Store, tmp_path: Path
) -> None:
    told("import", "violations", str(resource("violations/sample.csv")), user="admin")
    manager = Actor(8, "李四清", hall.hall_id, frozenset({"manager"}))
    for number, name in (("LC-0001", "吴测正"), ("LC-0002", "郑测川")):
        card = NewCertificate(number=number, name=name, valid_from=date(2024, 1, 1), valid_to=date(2028, 12, 31))
        enter_certificate(hall, manager, new=card)
    path = tmp_path / "decisions.csv"
    line = {
        "案号": "立1",
        "决定书文号": "决1",
        "当事人": "张测明",
        "当事人类别": "个人",
        "证件号码": "999999199003070012",
        "案由编码": "CF005",
        "违法事实": "挂横幅",
        "违法日期": "2026-10-08",
        "发现日期": "2026-10-08",
        "立案日期": "2026-10-09",
        "程序": "普通程序",
        "执法证号": "LC-0001、LC-0002",
        "决定日期": "2026-11-02",
        "罚款": "",
    }
    head, row = ",".join(line), ",".join(line.values())
    path.write_text(f"{head}\n{row}6000.005\n", encoding="utf-8")
    assert "处罚决定文件有1处错误，没有导入任何内容，请改正后重新导入：\n第2行：罚款：" in refused(
        "import", "decisions", str(path), user="admin"
    )
    path.write_text(f"{head}\n{row}6000\n", encoding="utf-8-sig")
    assert "不能导入处罚决定" in refused("import", "decisions", str(path), user="manager")
    assert "新增 1 件，已登记过的 0 件没有改动" in told("import", "decisions", str(path), user="admin")
    assert told("import", "decisions", str(path), user="admin").endswith("新增 0 件，已登记过的 1 件没有改动。\n")


def test_entries_of_a_register_are_imported_with_their_numbers(told: Told, hall: Store, tmp_path: Path) -> None:
    path = tmp_path / "联合行动.csv"
    head = "日期,行动事项,地点,牵头单位,参加单位\n"
    path.write_text(f"{head}2026-11-20,夜市整治,示例路,示例局,公安分局\n", encoding="utf-8")
    said = told("import", "register", "joint_actions", str(path))
    assert said == "联合行动已导入：新增 1 条，编号从 莲城管联动〔2026〕1号 到 莲城管联动〔2026〕1号。\n"
    assert hall is not None


def test_a_bad_file_of_a_register_is_refused_before_anybody_signs_in(
    hall: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hall is not None
    monkeypatch.setenv("HALL_PASSWORD", "wrong")
    path = tmp_path / "联合行动.csv"
    path.write_text("日期,行动事项\n2026-11-20,夜市整治\n", encoding="utf-8")
    assert run(["import", "register", "joint_actions", str(path), "--user", "clerk"]) == 1
    assert "缺少列“地点”" in capsys.readouterr().err
    assert run(["import", "register", "none", str(path), "--user", "clerk"]) == 1
    assert "没有编码为 none 的登记簿" in capsys.readouterr().err


def test_the_map_and_requests_of_other_systems_are_imported_with_their_samples(told: Told, refused: Told) -> None:
    map_, sent = (str(resource(f"requests/{name}.csv")) for name in ("responsibilities", "sample"))
    assert "不能导入责任区" in refused("import", "responsibilities", map_)
    first = told("import", "responsibilities", map_, user="admin").splitlines()
    assert first == ["责任区已导入：新增 18 行，未变 0 行。", "新的承办单位：SR、HW、ZT、YL、SZ、XY、LH、ZG、JJ。"]
    assert told("import", "responsibilities", map_, user="manager") == "责任区已导入：新增 0 行，未变 18 行。\n"
    assert "不能与外部系统交换诉求" in refused("import", "requests", sent, user="admin")
    assert told("import", "requests", sent, user="manager").startswith("外部诉求已导入：新增 2 件，已登记过的 0 件")
    assert told("import", "requests", sent, user="manager").endswith("新增 0 件，已登记过的 2 件没有改动。\n")


def test_instructions_and_training_are_imported_and_imported_again(
    told: Told, refused: Told, hall: Store, tmp_path: Path
) -> None:
    steps = str(resource("instructions/sample.csv"))
    assert "不能导入作业指导书" in refused("import", "instructions", steps)
    first = told("import", "instructions", steps, user="admin").splitlines()
    assert first[0].startswith("作业指导书已导入：新增 9 项，更新 0 项，未变 0 项。")
    assert first[1] == "其中 36 步是样例，须经本局核定后使用。"
    assert "新增 0 项，更新 0 项，未变 9 项" in told("import", "instructions", steps, user="manager")
    with hall.work("test.badge", system_actor(hall.hall_id)) as work:
        account = work.session.scalars(select(Account).where(Account.login == "clerk")).one()
        account.badge_number = "0102"
        work.audit("accounts")
    path = tmp_path / "training.csv"
    path.write_text("工号,姓名,类别,内容,日期,学时\n0102,测试丁,学习日,案例研讨,2026-11-20,180分钟\n", "utf-8")
    assert told("import", "training", str(path), user="manager").startswith("培训记录已导入：新增 1 条")
    assert "已登记过的 1 条没有改动" in told("import", "training", str(path), user="manager")
    path.write_text("工号,姓名,类别,内容,日期,学时\n0102,测试丁,学习日,案例研讨,2026-11-24,3\n", "utf-8")
    assert "第2行：培训还没有结束" in refused("import", "training", str(path), user="manager")

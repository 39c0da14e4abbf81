"""`hall account`: one's own password, and the accounts of the hall, without a screen."""

import argparse
import json
from datetime import datetime
from typing import TYPE_CHECKING

from hall.clock import hall_time
from hall.commands.session import (
    PASSWORD_VARIABLE,
    add_user_argument,
    ask_password,
    open_session,
    opened_store,
)
from hall.errors import Missing
from hall.rules import people
from hall.words import ROLES

if TYPE_CHECKING:
    from hall.commands.session import Session
    from hall.services.accounts import AccountView

NEW_PASSWORD_VARIABLE = "HALL_NEW_PASSWORD"


class NoSuchLogin(Missing):
    """The hall has no account of this name."""

    def __init__(self, login: str) -> None:
        super().__init__(f"没有账号名为 {login} 的账号。请运行 hall account list 查看本大厅的账号，核对后再试。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`password`, `create`, `list`, `reset`, `disable`, `enable`, `roles` and `department`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
    password = deeds.add_parser("password", help="改自己的密码（新密码取自 HALL_NEW_PASSWORD 或提示输入）")
    create = deeds.add_parser("create", help="新建账号，显示一次性密码")
    create.add_argument("--name", required=True, help="姓名")
    create.add_argument("--badge", default="", metavar="NUMBER", help="工号")
    listing = deeds.add_parser("list", help="列出账号、岗位和状态")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    reset = deeds.add_parser("reset", help="重置密码并解除锁定，显示一次性密码")
    disable = deeds.add_parser("disable", help="停用账号")
    enable = deeds.add_parser("enable", help="恢复停用的账号")
    roles = deeds.add_parser("roles", help="改岗位：写出的岗位代替原有的")
    department = deeds.add_parser("department", help="改科室：审查哪个科室的办件")
    department.add_argument("--department", required=True, metavar="NAME", help="科室名称，空着是不属于哪个科室")
    create.add_argument("--department", default="", metavar="NAME", help="科室名称，与事项目录的承办部门一致")
    for each in (create, reset, disable, enable, roles, department):
        each.add_argument("login", metavar="LOGIN", help="账号名")
    posts = "、".join(f"{role} {ROLES[role]}" for role in people.ROLES)
    for each in (create, roles):
        each.add_argument(
            "--role",
            required=True,
            action="append",
            choices=people.ROLES,
            metavar="ROLE",
            help=f"岗位，可写多次：{posts}",
        )
    for each in (password, create, listing, reset, disable, enable, roles, department):
        add_user_argument(each)


def execute(arguments: argparse.Namespace) -> int:
    """Do the one thing; a refusal is a sentence and status 1."""
    if arguments.deed == "password":
        return _change_password(arguments)
    deed = {
        "create": _create,
        "list": _list,
        "reset": _reset,
        "disable": _disable,
        "enable": _enable,
        "roles": _set_roles,
        "department": _set_department,
    }[arguments.deed]
    with open_session(arguments) as session:
        sentence = deed(session, arguments)
    print(sentence)
    return 0


def _change_password(arguments: argparse.Namespace) -> int:
    from hall.services.signing_in import change_password

    with opened_store() as (store, _):
        present = ask_password(PASSWORD_VARIABLE, "现在的密码：")
        new = ask_password(NEW_PASSWORD_VARIABLE, "新密码：")
        change_password(store, arguments.user, present=present, new=new)
    print("密码已修改。")
    return 0


def _create(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.accounts import create_account

    account = create_account(
        session.store,
        session.actor,
        login=arguments.login,
        display_name=arguments.name,
        roles=arguments.role,
        badge_number=arguments.badge,
        department=arguments.department,
    )
    return f"账号已建立。一次性密码（首次登录必须修改，只显示这一次）：{account.one_time_password}"


def _list(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.accounts import list_accounts

    accounts = list_accounts(session.store, session.actor)
    if arguments.json:
        return json.dumps([_shown(each) for each in accounts], ensure_ascii=False)
    now = session.store.clock.now()
    return "\n".join(_line(each, now) for each in accounts)


def _reset(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.accounts import reset_password

    password = reset_password(session.store, session.actor, account_id=_account_id(session, arguments.login))
    return f"密码已重置。一次性密码（登录时必须修改，只显示这一次）：{password}"


def _disable(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.accounts import disable_account

    disable_account(session.store, session.actor, account_id=_account_id(session, arguments.login))
    return "账号已停用，不能再登录；以前的记录仍在它名下。"


def _enable(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.accounts import enable_account

    enable_account(session.store, session.actor, account_id=_account_id(session, arguments.login))
    return "账号已恢复，可以登录。"


def _set_roles(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.accounts import set_roles

    account_id = _account_id(session, arguments.login)
    set_roles(session.store, session.actor, account_id=account_id, roles=arguments.role)
    return f"在本大厅的岗位改为：{_role_words(frozenset(arguments.role))}。下次登录起生效。"


def _set_department(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.accounts import set_department

    account_id = _account_id(session, arguments.login)
    set_department(session.store, session.actor, account_id=account_id, department=arguments.department)
    return f"科室改为：{arguments.department or '不属于哪个科室'}。"


def _account_id(session: "Session", login: str) -> int:
    """The account of a login; raises NoSuchLogin."""
    from hall.services.accounts import list_accounts

    for account in list_accounts(session.store, session.actor):
        if account.login == login.strip().casefold():
            return account.id
    raise NoSuchLogin(login)


def _shown(account: "AccountView") -> dict[str, object]:
    locked_until = account.locked_until
    return {
        "login": account.login,
        "name": account.display_name,
        "badge": account.badge_number,
        "department": account.department,
        "roles": [role for role in people.ROLES if role in account.roles],
        "must_change": account.must_change,
        "disabled": account.disabled,
        "locked_until": locked_until and hall_time(locked_until).isoformat(),
    }


def _line(account: "AccountView", now: datetime) -> str:
    words = (account.login, account.display_name, account.badge_number, account.department, _role_words(account.roles))
    return "  ".join(word for word in (*words, _state_words(account, now)) if word)


def _state_words(account: "AccountView", now: datetime) -> str:
    if account.disabled:
        return "已停用"
    if account.locked_until is not None and account.locked_until > now:
        return f"锁定到 {hall_time(account.locked_until):%H:%M}"
    return "首次登录要先改密码" if account.must_change else "正常"


def _role_words(roles: frozenset[str]) -> str:
    return "、".join(word for role, word in ROLES.items() if role in roles) or "没有岗位"

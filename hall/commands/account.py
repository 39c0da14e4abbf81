"""`hall account`: change one's own password, and enter accounts, without a screen."""

import argparse

from hall.commands.session import (
    PASSWORD_VARIABLE,
    add_user_argument,
    ask_password,
    open_session,
    opened_store,
)
from hall.rules.people import ROLES

NEW_PASSWORD_VARIABLE = "HALL_NEW_PASSWORD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`password` and `create`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
    password = deeds.add_parser("password", help="改自己的密码（新密码取自 HALL_NEW_PASSWORD 或提示输入）")
    create = deeds.add_parser("create", help="新建账号，显示一次性密码")
    create.add_argument("login", metavar="LOGIN", help="账号名")
    create.add_argument("--name", required=True, help="姓名")
    create.add_argument("--badge", default="", metavar="NUMBER", help="工号")
    create.add_argument("--role", required=True, action="append", choices=ROLES, help="岗位，可写多次")
    for each in (password, create):
        add_user_argument(each)


def execute(arguments: argparse.Namespace) -> int:
    """Do the one thing; a refusal is a sentence and status 1."""
    if arguments.deed == "password":
        return _change_password(arguments)
    return _create(arguments)


def _change_password(arguments: argparse.Namespace) -> int:
    from hall.services.signing_in import change_password

    with opened_store() as (store, _):
        present = ask_password(PASSWORD_VARIABLE, "现在的密码：")
        new = ask_password(NEW_PASSWORD_VARIABLE, "新密码：")
        change_password(store, arguments.user, present=present, new=new)
    print("密码已修改。")
    return 0


def _create(arguments: argparse.Namespace) -> int:
    from hall.services.accounts import create_account

    with open_session(arguments) as session:
        account = create_account(
            session.store,
            session.actor,
            login=arguments.login,
            display_name=arguments.name,
            roles=arguments.role,
            badge_number=arguments.badge,
        )
    print(f"账号已建立。一次性密码（首次登录必须修改，只显示这一次）：{account.one_time_password}")
    return 0

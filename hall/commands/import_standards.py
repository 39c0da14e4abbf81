"""What `hall import` does with the files of the service standards: work instructions and records of training."""

import argparse

from hall.commands.session import open_session


def load_instructions(arguments: argparse.Namespace, content: bytes) -> int:
    """Work instructions, checked before anybody signs in."""
    from hall.rules.csv_table import decode
    from hall.rules.instructions_file import FILE_TITLE, parse_instructions
    from hall.services.instructions import import_instructions

    steps = parse_instructions(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_instructions(session.store, session.actor, steps=steps)
    counts = f"新增 {len(done.added)} 项，更新 {len(done.renewed)} 项，未变 {len(done.unchanged)} 项"
    print(f"作业指导书已导入：{counts}。办理人员在窗口和办件界面按 Ctrl+H 查看。")
    if done.sample:
        print(f"其中 {done.sample} 步是样例，须经本局核定后使用。")
    return 0


def load_training(arguments: argparse.Namespace, content: bytes) -> int:
    """Records of training, under the hall's own rule of what an hour is."""
    from hall.clock import business_date
    from hall.rules.csv_table import decode
    from hall.rules.training_file import FILE_TITLE, parse_training
    from hall.services.standard_rules import training_rules
    from hall.services.training import import_training

    text = decode(content, FILE_TITLE)
    with open_session(arguments) as session:
        home, today = session.settings.home, business_date(session.store.clock.now())
        rows = parse_training(text, training_rules(home).in_force(today), today=today)
        done = import_training(session.store, session.actor, rows=rows, home=home)
    print(f"培训记录已导入：新增 {done.added} 条，已登记过的 {done.unchanged} 条没有改动。")
    return 0

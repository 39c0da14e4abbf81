"""`hall doctor`: every prerequisite and device with a verdict and what to do; needs no account and no database."""

import argparse
import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall.app.doctor.finding import Finding

MARKS = {"ok": "正常", "warning": "注意", "fault": "故障", "absent": "没有"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Only the form of the output."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Print the findings; 0 without a fault, 3 where something needed is unavailable, 4 where data are damaged."""
    from hall.app.doctor.examination import examine
    from hall.app.doctor.finding import exit_status
    from hall.clock import SystemClock

    findings = []
    for finding in examine(os.environ, SystemClock()):
        findings.append(finding)
        if not arguments.json:
            print(_line(finding), flush=True)
    if arguments.json:
        print(json.dumps([_shown(finding) for finding in findings], ensure_ascii=False))
    return exit_status(findings)


def _line(finding: "Finding") -> str:
    line = f"【{MARKS[finding.verdict]}】{finding.check}：{finding.words}"
    return f"{line}\n        {finding.advice}" if finding.advice else line


def _shown(finding: "Finding") -> dict[str, object]:
    shown = asdict(finding)
    del shown["status"]
    return shown

"""`hall bench NAME`: a benchmark by name, one JSON line per measurement; needs no account and no database."""

import argparse
import importlib
import json
import sys

from hall.bench import BENCHMARKS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The name; an unknown one is a usage error that lists the known ones."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n".join(f"  {name}：{summary}" for name, summary in BENCHMARKS.items())
    parser.add_argument("name", choices=sorted(BENCHMARKS), metavar="NAME", help="下面的一个")


def execute(arguments: argparse.Namespace) -> int:
    """Print each line as soon as it is measured; 1 if one of them breaks a promise."""
    module = importlib.import_module(f"hall.bench.{arguments.name.replace('-', '_')}")
    good = True
    for measured in module.measure():
        sys.stdout.write(json.dumps(measured.line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        good = good and measured.good
    return 0 if good else 1

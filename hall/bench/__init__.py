"""Benchmarks by name: one JSON line per measurement, reference in the same run."""

# Every benchmark is a module of hall.bench with `measure() -> Iterator[Measured]`.
BENCHMARKS: dict[str, str] = {
    "race": "8 个进程同时取号和叫号：有没有重号、重叫、丢号",
    "start": "从启动到窗口可用的时间，与一个空窗口相比",
}

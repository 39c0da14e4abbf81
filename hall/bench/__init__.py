"""Benchmarks by name: one JSON line per measurement, reference in the same run."""

# Every benchmark is a module of hall.bench with `measure() -> Iterator[Measured]`.
BENCHMARKS: dict[str, str] = {
    "board": "一百万件办件（五万件在办）时看板的计数、列表、查找和内存，与驱动程序直接读同一个库相比",
    "calendar": "五万个在办时限时录入放假安排的完整事务，与只改同样的行相比",
    "call": "一万人等候时叫号的完整事务，与只改一行、记一行的事务相比",
    "document": "三种文书从内容到 PDF，以及一次一百份，与 docxtpl 加 LibreOffice 转换同一内容相比",
    "card": "整张证件读完要多久，与同一线路上只收发同样的字节相比",
    "due": "一百万个许可到期日，与 numpy 用同一日历计算相比；单独算一个要多久",
    "issue": "一万人等候时取号的完整事务，与只编号、插一行、记一行的事务相比",
    "push": "从提交到另一台工作站屏幕更新的时间，与只收到通知相比",
    "race": "8 个进程同时取号和叫号：有没有重号、重叫、丢号",
    "slip": "从取号、受理到小票首字节送到打印机端口的时间和小票长度，与直接往同一端口写同样字节相比",
    "start": "从启动到窗口可用的时间，与一个空窗口相比",
    "surcharge": "十万笔有中止的罚款今天各加处多少，与只做加减乘除的循环、逐笔计算相比",
    "wait-estimate": "在模拟的一天里，预计等候与实际等候相差多少，与“人数×平均时间÷窗口数”相比",
}

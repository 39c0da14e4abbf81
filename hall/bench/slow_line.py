"""A serial line at its speed: a process behind a pseudo-terminal, no faster than a baud rate."""

import multiprocessing
import os
import select
import time
import tty
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

BITS_A_BYTE = 10
"""8N1: a start bit and a stop bit around eight."""
PORTION_SECONDS = 0.001
"""How often a USB adapter hands on what has come, at its best setting."""
_LONGEST_WAIT = 0.2


@contextmanager
def slow_line(answers: Mapping[bytes, bytes], *, baud: int) -> Iterator[str]:
    """The port of a device that gives these answers to these messages, each once its last byte has come."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    stop = context.Event()
    device = context.Process(target=_play, args=(dict(answers), baud, theirs, stop), name="bench-device")
    device.start()
    try:
        yield mine.recv()
    finally:
        stop.set()
        device.join()


def _play(answers: dict[bytes, bytes], baud: int, line: Connection, stop: Event) -> None:
    master, own = os.openpty()
    tty.setraw(own)
    line.send(os.ttyname(own))
    heard = b""
    while not stop.is_set():
        if select.select([master], [], [], _LONGEST_WAIT)[0]:
            heard += os.read(master, 4096)
        if heard in answers:
            _send(master, answers[heard], baud, begin=time.perf_counter() + len(heard) * BITS_A_BYTE / baud)
            heard = b""
    os.close(master)
    os.close(own)


def _send(master: int, answer: bytes, baud: int, *, begin: float) -> None:
    """Each portion when its last byte would have come over the line."""
    sent = 0
    while sent < len(answer):
        come = min(len(answer), int((time.perf_counter() - begin) * baud / BITS_A_BYTE))
        if come > sent:
            os.write(master, answer[sent:come])
            sent = come
        time.sleep(PORTION_SECONDS)

"""The far end of a slip printer's line, for `hall bench slip`: says when the first byte of each slip arrives."""

import os
import select
import time
import tty
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from hall.devices.simulated.slip_machine import EPSON, SlipMachine

START = b"\x1b@"
_SLICE_SECONDS = 0.05
_CHUNK = 4096


def serve(line: Connection, stop: Event) -> None:
    """A printer behind a pseudo-terminal until told to stop; sends its port, then (monotonic seconds, slip) for each.

    A slip is told when it is out, with the instant its first byte came in.
    """
    out: list[bytes] = []
    machine = SlipMachine(out.append, model=EPSON)
    master, own = os.openpty()
    tty.setraw(own)
    line.send(os.ttyname(own))
    began = 0.0
    while not stop.is_set():
        if not select.select([master], [], [], _SLICE_SECONDS)[0]:
            continue
        chunk, at = os.read(master, _CHUNK), time.monotonic()
        began = at if START in chunk else began
        os.write(master, answer) if (answer := machine.take(chunk)) else None
        for slip in out:
            line.send((began, slip))
        out.clear()
    os.close(master)
    os.close(own)

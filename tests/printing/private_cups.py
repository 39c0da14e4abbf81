"""A CUPS server of the tests' own on loopback, with a page printer that can be told what is wrong with it."""

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import cups

PATIENCE = 20.0
PORTS = range(20_000, 30_000)
PAGES, SLIPS, FAR, LOCKED = "pages", "slips", "far", "locked"
INSTALLED = Path("/usr/lib/cups")
WRITTEN = ("etc", "spool", "cache", "state", "tmp")

# Holds on to its document while the file `condition` says something else than that it may print.
BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct halltest "Unknown" "A printer of the tests"'; exit 0; }
cd '%(printer)s' || exit 4
echo $$ > "$1.pid"
trap 'rm -f "$1.pid" "$1.part"; exit 0' TERM
cat ${6:+"$6"} > "$1.part"
told=
condition=$(cat condition)
while [ "$condition" != ready ]; do
    if [ "$condition" = broken ]; then
        rm "$1.part" "$1.pid"
        echo 'ERROR: The printer is broken.' >&2
        exit 1
    fi
    if [ "$condition" != "$told" ]; then
        [ -n "$told" ] && echo "STATE: -$told" >&2
        [ "$condition" != slow ] && echo "STATE: +$condition" >&2
        told=$condition
    fi
    sleep 0.02
    condition=$(cat condition)
done
[ -n "$told" ] && echo "STATE: -$told" >&2
echo "$3" > "$1.title"
echo "$4" > "$1.copies"
echo "$5" > "$1.options"
mv "$1.part" "$1-$(date +%%s%%N).out"
rm "$1.pid"
"""

PLACES = """ServerRoot %(folder)s/etc
ServerBin %(folder)s/bin
RequestRoot %(folder)s/spool
CacheDir %(folder)s/cache
StateDir %(folder)s/state
TempDir %(folder)s/tmp
ErrorLog %(folder)s/error_log
AccessLog %(folder)s/access_log
PageLog %(folder)s/page_log
SystemGroup root
SyncOnClose No
"""

# For jobs the policy is that of CUPS as installed, titles withheld; administrators need no password.
SERVER = """Listen 127.0.0.1:%(port)d
Browsing No
WebInterface No
DirtyCleanInterval %(dirty_clean)d
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Send-Document Hold-Job Release-Job Set-Job-Attributes CUPS-Move-Job Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
<Policy locked>
  <Limit Create-Job Print-Job>
    AuthType Basic
    Require valid-user
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "HALL.PPD"
*Manufacturer: "Hall"
*Product: "(Hall)"
*ModelName: "Hall test printer"
*ShortNickName: "Hall test printer"
*NickName: "Hall test printer"
*PSVersion: "(3010.000) 550"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsVersion: 2.4
*cupsModelNumber: 1
*cupsManualCopies: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A5/A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A5/A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "10 10 585 832"
*ImageableArea A5/A5: "10 10 410 585"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A5/A5: "420 595"
*OpenUI *InputSlot/Media Source: PickOne
*DefaultInputSlot: Tray1
*InputSlot Tray1/Tray 1: "<</MediaPosition 0>>setpagedevice"
*InputSlot Tray2/Tray 2: "<</MediaPosition 1>>setpagedevice"
*CloseUI: *InputSlot
*OpenUI *Duplex/Two-Sided: PickOne
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long Edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short Edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""


class PrivateCups:
    """The server: start it, kill it, and say what is wrong with its printer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printer = folder / "printer"
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._furnish()

    @property
    def address(self) -> str:
        """As CUPS_SERVER takes it."""
        return f"127.0.0.1:{self.port}"

    def start(self, *, dirty_clean: int = 0) -> None:
        """`dirty_clean`: seconds until a new job is on disk; 30 where nobody has changed it."""
        settings = self.folder / "cupsd.conf"
        settings.write_text(SERVER % {"port": self.port, "dirty_clean": dirty_clean})
        command = [
            str(self.folder / "bin/cupsd"),
            "-f",
            "-c",
            str(settings),
            "-s",
            str(self.folder / "cups-files.conf"),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self._listens)

    def kill(self) -> None:
        """As kill -9 does it; what prints dies with it."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait(PATIENCE)
        self._process = None
        for pid in (int(name.read_text()) for name in self.printer.glob("*.pid")):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """For a while it takes connections and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def fresh(self) -> None:
        """As at the first start: queues that print, nothing in them, nothing printed."""
        self.kill()
        for name in (*WRITTEN, "printer"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir()
        self.say("ready")
        self.start()
        self._furnish_queues(self.administrator())

    def administrator(self) -> cups.Connection:
        """Does what lpadmin, cupsenable and cancel do; also points this thread to the server."""
        cups.setServer(self.address)
        return cups.Connection()

    def say(self, condition: str) -> None:
        """`ready`, `slow`, `broken`, or a reason such as `media-empty-error`."""
        part = self.folder / "condition.part"
        part.write_text(condition)
        part.replace(self.printer / "condition")

    def printed(self) -> list[Path]:
        """What has come out, by job number."""
        return sorted(self.printer.glob("*.out"))

    def told(self, handle: str, what: str) -> str:
        """What the device was told with a job: its `title`, `copies` or `options`."""
        return (self.printer / f"{handle}.{what}").read_text(encoding="utf-8").strip()

    def _furnish_queues(self, connection: cups.Connection) -> None:
        """A page printer with two trays, a raw queue, a printer that nobody can reach, one that asks for a password."""
        ppd = str(self.folder / "pages.ppd")
        devices = {
            PAGES: "halltest:/pages",
            SLIPS: "halltest:/slips",
            FAR: "socket://127.0.0.1:9",
            LOCKED: "halltest:/x",
        }
        for name, device in devices.items():
            described = {} if name == SLIPS else {"filename": ppd}
            connection.addPrinter(name, device=device, **described)
            connection.setPrinterErrorPolicy(name, "retry-job")
            connection.enablePrinter(name)
            connection.acceptJobs(name)
        connection.setPrinterOpPolicy(LOCKED, "locked")

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.folder / "error_log").read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _furnish(self) -> None:
        (self.folder / "bin/backend").mkdir(parents=True)
        for name in ("filter", "daemon", "cgi-bin", "notifier", "monitor", "driver"):
            (self.folder / "bin" / name).symlink_to(INSTALLED / name)
        (self.folder / "bin/backend/socket").symlink_to(INSTALLED / "backend/socket")
        shutil.copy("/usr/sbin/cupsd", self.folder / "bin")  # by its path AppArmor knows the computer's own
        backend = self.folder / "bin/backend/halltest"
        backend.write_text(BACKEND % {"printer": self.printer})
        backend.chmod(0o700)  # CUPS lets it run as whoever runs the server
        (self.folder / "cups-files.conf").write_text(PLACES % {"folder": self.folder})
        (self.folder / "pages.ppd").write_text(PPD)


@contextmanager
def running_cups() -> Iterator[PrivateCups]:
    """A server, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="hall-cups-", dir="/tmp"))  # memory may forbid that programs start from it
    folder.chmod(0o755)  # run by root, CUPS filters as another user
    server = PrivateCups(folder)
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def until(fact: Callable[[], bool]) -> None:
    """Look until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.005)


def _free_port() -> int:
    """A port that stays ours while the server is away: the system gives clients none from here.

    At one that it gives them somebody else would sit meanwhile, or a client would meet itself and never be answered.
    """
    for port in random.sample(PORTS, 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError(f"somebody listens at all of {PORTS}")

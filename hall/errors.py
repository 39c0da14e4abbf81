"""Error families: every failure a user may meet is one of these, and str(error) is a Chinese sentence."""

import errno
import re

_CAUSES = {
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "它是文件夹，不是文件",
    errno.EEXIST: "已经有了",
    errno.ENAMETOOLONG: "名称太长",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘限额已用完",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘或者设备读写出错",
    errno.EBUSY: "正被占用",
    errno.EMFILE: "打开的文件太多",
    errno.ENODEV: "没有这个设备",
    errno.ENXIO: "没有这个设备",
}


class HallError(Exception):
    """A failure with a sentence for the user; `exit_status` is what the command line returns.

    Subclasses that belong to one subject live beside that subject and take data;
    the sentence says what happened and what to do next.
    """

    exit_status = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(HallError):
    """The request is understood and not allowed, or the input is wrong (exit status 1)."""


class Missing(HallError):
    """What was asked for does not exist, or is no longer there (exit status 1)."""


class Stale(HallError):
    """Somebody else changed the same thing first; reload and look again (exit status 1)."""


class Unavailable(HallError):
    """A device, file or database cannot be reached now; trying again may work (exit status 3)."""

    exit_status = 3


class Damaged(HallError):
    """Stored data cannot be trusted: nothing may be written until somebody looks (exit status 4)."""

    exit_status = 4


def cause_of(error: OSError) -> str:
    """Why the system refused, in a few Chinese words; in the system's own where it is rare."""
    return _CAUSES.get(error.errno or 0) or error.strerror or type(error).__name__


_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_TOML_END = "(at end of document)"


def fault_of(error: OSError | ValueError) -> str:
    """What is wrong with a file of settings or parameters: the place in it, or the sentence of our own check."""
    if isinstance(error, OSError):
        return cause_of(error)
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 文字"
    words = str(error)
    if place := _TOML_PLACE.search(words):
        return f"第 {place[1]} 行第 {place[2]} 个字附近写得不对，或者同一项写了两次"
    return "最后一项没有写完" if words.endswith(_TOML_END) else words

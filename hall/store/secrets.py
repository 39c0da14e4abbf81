"""Keys that keep personal data unreadable at rest: sealed values, the index that finds them, wrapped keys.

A ring holds several data keys (the newest writes, all of them read) and one index key. The index key does not
rotate with the data keys: a number must be found under one index value for ever, and a leaked data key opens
the values it sealed, never the index.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hall.errors import Damaged, Refused, cause_of

KEY_FILE = "hall.key"
KEY_VARIABLE = "HALL_KEY"

_KEY_BYTES = 32
_NONCE_BYTES = 12
_INDEX_BYTES = 16
_FORMAT = "h1"
_INDEX, _DATA = "index", "data"
_HEADING = "# 个人信息密钥：请抄存两份放进保险柜。丢失后，已存的证件号码、电话和住址无法恢复。\n"


class KeyMissing(Damaged):
    """No key is at hand, though the database holds values sealed with one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"找不到密钥文件 {path}。请把保险柜里存的密钥文件放回原处，再启动程序。")


class KeyUnreadable(Damaged):
    """The key text is mistyped or incomplete; `where` names the file or the variable, `what` the fault."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where} 里的密钥读不懂：{what}。请用保险柜里存的密钥文件核对。")


class KeyUnknown(Damaged):
    """A value was sealed with a key that this ring does not hold."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"这项个人信息用密钥 {key_id} 加密，本机的密钥文件里没有它。请换上最新的密钥文件再启动。")


class SealBroken(Damaged):
    """A sealed value does not open: it was altered, or moved from another column."""

    def __init__(self, context: str) -> None:
        super().__init__(f"加密的个人信息（{context}）校验不通过，可能被改动过。请停止写入，联系管理员核查数据库。")


class KeyFileExposed(Refused):
    """Other users of the computer can read the key file."""

    def __init__(self, path: Path, mode: int) -> None:
        super().__init__(f"密钥文件 {path} 的权限是 {mode:04o}，别的用户也能读。请执行 chmod 600 {path} 后再启动。")


class KeyFileExists(Refused):
    """A key file stands where a new one was to be written; nothing was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已经存在，没有改动。请确认没有别的程序正在换密钥；确是残留文件，移走后再试。")


@dataclass(frozen=True, slots=True)
class _Key:
    """A root key and its fingerprint. No key encrypts anything itself: each purpose derives its own."""

    root: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        return cls(os.urandom(_KEY_BYTES))

    @property
    def id(self) -> str:
        """Fingerprint that names the key in every value, and shows a mistyped key file."""
        return self.derive("key id")[:4].hex()

    def derive(self, purpose: str) -> bytes:
        info = f"hall {purpose}".encode()
        return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=info).derive(self.root)


class KeyRing:
    """The keys of one hall: seals and opens personal data, finds it again, wraps other keys."""

    __slots__ = ("_active", "_data", "_index")

    def __init__(self, index: _Key, data: list[_Key]) -> None:
        """`data` from the oldest to the newest key; the newest is active for writing."""
        self._index = index
        self._data = {key.id: key for key in data}
        self._active = data[-1]

    def __repr__(self) -> str:
        return f"<KeyRing of {len(self._data)}, active {self._active.id}>"

    @property
    def active_id(self) -> str:
        """Id of the key that seals new values."""
        return self._active.id

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the data keys, the newest and active one last."""
        return tuple(self._data)

    @classmethod
    def new(cls) -> Self:
        """A ring with fresh keys that is written nowhere."""
        return cls(_Key.new(), [_Key.new()])

    @classmethod
    def load(cls, home: Path, environment: Mapping[str, str]) -> Self:
        """Keys from HALL_KEY (the text of a key file) if it is set, else from HALL_HOME/hall.key.

        Raises KeyMissing, KeyFileExposed (mode is not 0600) or KeyUnreadable.
        """
        if text := environment.get(KEY_VARIABLE):
            return cls._from_text(text, KEY_VARIABLE)
        path = home / KEY_FILE
        return cls._from_text(_read_private(path), str(path))

    @classmethod
    def create(cls, home: Path) -> Self:
        """A new ring, written to HALL_HOME/hall.key; raises KeyFileExists rather than overwrite one."""
        ring = cls.new()
        home.mkdir(parents=True, exist_ok=True)
        path = home / KEY_FILE
        written = _write_private(path, ring._text())
        try:
            os.link(written, path)  # unlike a rename, a link never replaces what is there
        except FileExistsError:
            raise KeyFileExists(path) from None
        finally:
            written.unlink()
        _sync_folder(home)
        return ring

    @classmethod
    def rotate(cls, home: Path) -> Self:
        """Add a data key to HALL_HOME/hall.key and write with it from now on; older keys go on reading."""
        path = home / KEY_FILE
        if not path.exists():
            raise KeyMissing(path)
        with ExitStack() as undo:
            written = _write_private(path, "")  # its name is the lock: two rotations at once would lose a key
            undo.callback(written.unlink)
            old = cls.load(home, {})
            ring = cls(old._index, [*old._data.values(), _Key.new()])
            _fill(written, ring._text())
            written.replace(path)
            undo.pop_all()
        _sync_folder(home)
        return ring

    @classmethod
    def _from_text(cls, text: str, where: str) -> Self:
        entries = [_parse(entry, where) for line in text.splitlines() for entry in _entries(line)]
        index = [key for kind, key in entries if kind == _INDEX]
        data = [key for kind, key in entries if kind == _DATA]
        if len(index) != 1 or not data:
            raise KeyUnreadable(where, "应有一条 index 和至少一条 data")
        return cls(index[0], data)

    def _text(self) -> str:
        lines = [_entry(_INDEX, self._index), *(_entry(_DATA, key) for key in self._data.values())]
        return _HEADING + "".join(f"{line}\n" for line in lines)

    def seal(self, plain: str, context: str) -> str:
        """Encrypt one value; `context` is `table.column`, and the value opens nowhere else."""
        return self._encrypt("seal", plain.encode(), context)

    def unseal(self, sealed: str, context: str) -> str:
        """The plain value again; raises SealBroken or KeyUnknown."""
        return self._decrypt("seal", sealed, context).decode()

    def wrap(self, secret: bytes, context: str) -> str:
        """Encrypt another key (the receipts' signing key) under a key of its own; `context` names its use."""
        return self._encrypt("wrap", secret, context)

    def unwrap(self, wrapped: str, context: str) -> bytes:
        """The wrapped key again; raises SealBroken or KeyUnknown."""
        return self._decrypt("wrap", wrapped, context)

    def blind_index(self, kind: str, normalised: str) -> str:
        """What an equal value of this kind is found by: HMAC-SHA-256 cut to 128 bits, 32 hex digits.

        The same before and after a rotation. Normalise first: 'x' and 'X' index differently.
        """
        key = self._index.derive(f"index {kind}")
        return hmac.digest(key, normalised.encode(), hashlib.sha256)[:_INDEX_BYTES].hex()

    def _encrypt(self, purpose: str, plain: bytes, context: str) -> str:
        header = f"{_FORMAT}.{self._active.id}"
        nonce = os.urandom(_NONCE_BYTES)
        cipher = AESGCM(self._active.derive(purpose))
        body = nonce + cipher.encrypt(nonce, plain, f"{header} {context}".encode())
        return f"{header}.{base64.urlsafe_b64encode(body).decode()}"

    def _decrypt(self, purpose: str, sealed: str, context: str) -> bytes:
        header, key_id, body = _split(sealed, context)
        key = self._data.get(key_id)
        if key is None:
            raise KeyUnknown(key_id)
        cipher = AESGCM(key.derive(purpose))
        try:
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], f"{header} {context}".encode())
        except InvalidTag:
            raise SealBroken(context) from None


_SEALED = re.compile(r"(?P<header>h1\.(?P<key_id>[0-9a-f]{8}))\.(?P<body>[0-9A-Za-z_-]+={0,2})")


def _split(sealed: str, context: str) -> tuple[str, str, bytes]:
    match = _SEALED.fullmatch(sealed)
    body = _decoded(match["body"]) if match else None
    if match is None or body is None or len(body) < _NONCE_BYTES:
        raise SealBroken(context)
    return match["header"], match["key_id"], body


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, altchars=b"-_", validate=True)
    except binascii.Error:
        return None


def _entries(line: str) -> list[str]:
    return [] if line.lstrip().startswith("#") else line.split()


def _entry(kind: str, key: _Key) -> str:
    return f"{kind}:{key.id}:{base64.urlsafe_b64encode(key.root).decode()}"


def _parse(entry: str, where: str) -> tuple[str, _Key]:
    """One `kind:id:base64` entry; error sentences repeat at most its id."""
    kind, _, rest = entry.partition(":")
    key_id, _, encoded = rest.partition(":")
    if kind not in (_INDEX, _DATA):
        raise KeyUnreadable(where, "每条应以 index: 或 data: 开头")
    root = _decoded(encoded)
    if root is None or len(root) != _KEY_BYTES or _Key(root).id != key_id:
        raise KeyUnreadable(where, f"有一条 {kind} 抄错或不完整")
    return kind, _Key(root)


def _read_private(path: Path) -> str:
    try:
        mode = path.stat().st_mode & 0o777
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyMissing(path) from None
    except UnicodeDecodeError:
        raise KeyUnreadable(str(path), "不是文本文件") from None
    except OSError as error:
        raise KeyUnreadable(str(path), f"打不开文件（{cause_of(error)}）") from None
    if os.name == "posix" and mode != 0o600:
        raise KeyFileExposed(path, mode)
    return text


def _write_private(path: Path, text: str) -> Path:
    """Write beside `path` with mode 0600 from the first byte; raises KeyFileExists if another is at it."""
    beside = path.with_name(f"{path.name}.new")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise KeyFileExists(beside) from None
    beside.chmod(0o600)  # whatever the umask left of it
    _fill(beside, text)
    return beside


def _fill(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut (a folder cannot be opened on Windows)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

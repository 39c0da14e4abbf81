"""Keeps simulated devices out of a hall that serves real people."""

from hall.errors import Refused

_ALLOWED_MODES = frozenset({"demo", "development"})


class SimulationForbidden(Refused):
    """A simulated device was asked for outside demo and development mode."""

    def __init__(self, mode: str) -> None:
        super().__init__(f"当前是 {mode} 模式，不能使用模拟设备。请接上真实设备，或在演示模式下运行。")
        self.mode = mode


def require_simulation(mode: str) -> None:
    """Raises SimulationForbidden unless the station's `mode` is demo or development."""
    if mode not in _ALLOWED_MODES:
        raise SimulationForbidden(mode)

"""Error families: every failure a user may meet is one of these, and str(error) is a Chinese sentence."""


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

"""What stops a command and is no mistake in the content: told on one line."""

from __future__ import annotations

import errno

# The disk has no room: nothing written since then can be trusted.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "the disk quota is used up; free some space",
    errno.EFBIG: "the file is larger than this system allows; make it smaller",
    errno.EACCES: "no permission to write; change its owner or mode, or name a folder with -o",
    errno.EPERM: "not permitted; change its owner or mode, or name a folder with -o",
    errno.EROFS: "the disk is read-only; name another folder with -o",
    errno.EBUSY: "it is in use as a mount point; name a folder in it with -o",
}


class Fault(Exception):
    """Wrong use, wrong settings, or a machine that refuses; ``str()`` of it is one line."""

    def __init__(self, told: str, exit_code: int = 2) -> None:
        super().__init__(" ".join(told.split()))
        self.exit_code = exit_code


def of_machine(error: OSError, place: str) -> Fault:
    """The refusal of a disk or an operating system in an author's words."""
    reason = _REFUSED.get(error.errno or 0, error.strerror or str(error))
    return Fault(f"{place}: {reason} (the last good site is as it was)", exit_code=1)

"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import pathlib
import secrets
from collections.abc import Iterator


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[str]:
    """A path to write to, which takes the place of `path` when the block ends without an error.

    A file that is there stays as it is if the disk is full or the user interrupts.
    """
    target = pathlib.Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name[:100]}-{secrets.token_hex(4)}")
    try:
        yield str(draft)
        os.replace(draft, target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)

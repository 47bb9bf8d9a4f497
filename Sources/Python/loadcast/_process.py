"""Runs the program as a child that never outlives the call.

The child runs in its own session, whose terminal is a pseudo-terminal of this process. Its standard error goes there,
so that the program draws the progress bar that it draws for people, and the system hangs it up when this process ends
for any reason, `SIGKILL` included, unless this process ignores `SIGHUP`, as under nohup. Nothing runs between fork and
exec, which threads would make unsafe.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import selectors
import signal
import subprocess
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loadcast.errors import ProgramError, UsageError

PROGRESS = re.compile(rb"\r\x1b\[K(?:\[[= ]*\] +(\d+) %[^\r\n]*)?")
# A session's leader gets the first terminal that it opens for reading.
OPEN_TERMINAL = 'exec "$@" 2<>"$0"'
# After an interruption the program removes what it has begun to write, which takes a fraction of this time.
GRACE_SECONDS = 5


@dataclass(frozen=True)
class Finished:
    """What a child has left: its exit code, negative for a signal, its standard output, and what it said."""

    code: int
    output: bytes
    messages: str


@contextlib.contextmanager
def _error_stream() -> Iterator[tuple[int, int, list[str]]]:
    """A descriptor to read standard error from, one to write to, and the words that come before the command."""
    words = []
    try:
        reading, terminal = pty.openpty()
        tty.setraw(terminal)
        words = ["/bin/sh", "-c", OPEN_TERMINAL, os.ttyname(terminal)]
    except OSError:  # Without a pseudo-terminal (/dev/pts may not be mounted), no progress is shown.
        reading, terminal = os.pipe()
    try:
        os.set_blocking(reading, False)
        yield reading, terminal, words
    finally:
        os.close(reading)
        os.close(terminal)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends a child that still runs: politely, then by force, also if the user interrupts once more."""
    try:
        if child.poll() is None:
            # Not SIGINT: a child of a background job ignores it, and the program ends alike for both.
            child.send_signal(signal.SIGTERM)
            child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()


def call(program: str, arguments: list[str], progress: Callable[[float], None] | None = None) -> Finished:
    """Runs the program to its end. An exception, `KeyboardInterrupt` above all, ends the child first."""
    environment = os.environ | {"TERM": "xterm", "NO_COLOR": "1"}
    output, messages = bytearray(), bytearray()
    with _error_stream() as (reading, terminal, words), selectors.DefaultSelector() as selector:
        try:
            child = subprocess.Popen(
                [*words, program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=terminal,
                env=environment,
                start_new_session=True,
            )
        except (ValueError, UnicodeError) as error:
            raise UsageError(f"a setting cannot be passed to the program: {error}") from None
        except OSError as error:
            kind = UsageError if error.errno == 7 else ProgramError  # E2BIG: too long for the system
            raise kind(f"the program cannot be started: {error.strerror or error}") from None
        try:
            assert child.stdout is not None
            selector.register(child.stdout, selectors.EVENT_READ, output)
            selector.register(reading, selectors.EVENT_READ, messages)
            is_open = True
            while is_open or child.poll() is None:
                for key, _ in selector.select(0.05 if not is_open else None):
                    chunk = _read(key.fd)
                    key.data.extend(chunk)
                    if key.fileobj is child.stdout and not chunk:
                        selector.unregister(child.stdout)
                        is_open = False
                    elif progress and key.data is messages and (shares := PROGRESS.findall(chunk)) and shares[-1]:
                        progress(int(shares[-1]) / 100)
            while chunk := _read(reading):
                messages.extend(chunk)
        finally:
            _end(child)
            if child.stdout is not None:
                child.stdout.close()
    text = PROGRESS.sub(b"", bytes(messages)).replace(b"\r\n", b"\n")
    return Finished(child.returncode, bytes(output), text.decode("utf-8", "replace").strip())


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 20)
    except OSError:  # Nothing there yet, or the terminal's last user has gone.
        return b""

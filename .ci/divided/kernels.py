"""Parts made with other kernels of OpenBLAS, without the C library's own fast paths, and on emulated processors."""

from __future__ import annotations

import hashlib
import pathlib
import shutil

from divided.study import Failure, Study, Work


def mixtures() -> list[tuple[str, tuple[str, ...], dict[str, str]]]:
    """Names with words before the program and variables. The program has no switch for its own kernels, which follow from
    the processor: an emulated Nehalem has plain ones, an emulated Haswell those for AVX2."""
    kinds = ["Haswell", "Zen", "Sandybridge", "Nehalem", "Prescott"]
    if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text():
        kinds.append("SkylakeX")
    found: list[tuple[str, tuple[str, ...], dict[str, str]]] = [(kind, (), {"OPENBLAS_CORETYPE": kind}) for kind in kinds]
    found.append(("no FMA in libm", (), {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX,-FMA,-FMA4,-AVX512F"}))
    if shutil.which("qemu-x86_64"):
        # A set variable may ask for kernels that the emulated processor does not have.
        found += [
            (f"emulated {kind}", ("qemu-x86_64", "-cpu", kind), {"OPENBLAS_CORETYPE": kind}) for kind in ("Nehalem", "Haswell")
        ]
    return found


def check(study: Study, work: Work) -> str:
    """One part each; the merge is that of one process. A part with another fingerprint is refused."""
    parts, results = study.folder / "kernels-parts", study.folder / "kernels"
    mixed = mixtures()
    for number, (_, before, variables) in enumerate(mixed, 1):
        study.make(work, number, len(mixed), parts, before=before, **variables)
    merge = ("merge", str(parts), *work.formats, "--out", str(results), "--quiet")
    study.run(*merge)
    found = study.require("mixed-kernels", work, results)
    file = sorted(parts.glob("*.part"))[1]
    file.write_bytes(with_fingerprint(file.read_bytes(), b"0123456789abcdef"))
    message = study.run(*merge, code=66)
    if "computes other values" not in message or file.name not in message:
        raise Failure(f"mixed-kernels: a part of a machine with other values is not refused\n{message}")
    study.require("mixed-kernels, after the refusal", work, results)
    print("a part each: " + ", ".join(name for name, _, _ in mixed))
    return found


def with_fingerprint(part: bytes, fingerprint: bytes) -> bytes:
    """A part as a machine would have made it whose block 0 has other values."""
    line, _, rest = part.partition(b"\n")
    words = line.split(b" ")
    key = b'"fingerprint" : "'
    position = rest.index(key) + len(key)
    rest = rest[:position] + fingerprint + rest[position + len(fingerprint) :]
    words[-1] = hashlib.sha256(rest).hexdigest().encode()
    return b" ".join(words) + b"\n" + rest

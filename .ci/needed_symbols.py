"""Lists the newest version of each system library's symbols that a program needs, and fails if a system that Loadcast
promises to run on lacks one: glibc 2.34 and the libraries of GCC 11, those of RHEL 9 and of manylinux_2_34.

Usage: needed_symbols.py PROGRAM
"""
import re
import subprocess
import sys

# The newest version of each library that the program may ask for. No symbol of the C++ library: its versions differ most
# between systems, and the program contains it. GCC 7's is the newest version of libgcc_s in manylinux_2_34.
NEWEST = {"GLIBC": (2, 34), "GCC": (7, 0, 0)}
# The only libraries that may be loaded at start; glibc needs libgcc_s too, to unwind threads that are cancelled.
LIBRARIES = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def objdump(flag, program):
    return subprocess.run(["objdump", flag, program], capture_output=True, text=True, check=True).stdout


def needed(program):
    """The symbols that the program needs, by the library's version: {("GLIBC", (2, 34)): ["dlopen", …]}."""
    found = {}
    for node, version, name in re.findall(r"\*UND\*.*\s\(?([A-Z]+)_([0-9.]+)\)?\s+(\S+)$", objdump("-T", program),
                                          re.MULTILINE):
        found.setdefault((node, tuple(int(part) for part in version.split("."))), []).append(name)
    return found


def problems(program):
    """What keeps the program from running on the promised systems; prints the newest versions."""
    found, symbols = [], needed(program)
    if not any(node == "GLIBC" for node, _ in symbols):
        found.append("no symbol of glibc found: not a program that objdump reads, or a static one")
    for node in sorted({node for node, _ in symbols}):
        newest = max(version for other, version in symbols if other == node)
        print(f"{node}_{'.'.join(map(str, newest))}: {' '.join(sorted(symbols[node, newest]))}")
    for (node, version), names in sorted(symbols.items()):
        if version > NEWEST.get(node, ()):
            limit = f"at most {node}_{'.'.join(map(str, NEWEST[node]))}" if node in NEWEST else "none of this library"
            found.append(f"{node}_{'.'.join(map(str, version))} for {', '.join(sorted(names))}: expected {limit}")
    libraries = re.findall(r"^\s+NEEDED\s+(\S+)", objdump("-p", program), re.MULTILINE)
    print("libraries: " + " ".join(libraries))
    found += [f"the program loads {name}" for name in libraries if name not in LIBRARIES]
    return found


if __name__ == "__main__":
    found = problems(sys.argv[1])
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print("expected: a build on Debian 12, whose glibc is the newest that this was tried with, by `portableLinking` in "
              "Package.swift", file=sys.stderr)
    sys.exit(bool(found))

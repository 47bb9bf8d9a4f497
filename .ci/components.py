"""What a release contains: each part that is linked into the program, with its version and licence, and what it loads.

A marker is a symbol of the unstripped program that only the part has, so that a part that has gone, or that has come under
another name, fails the release. `collect(PROGRAM)` reads the versions from the program and from the package manager.
"""
import json
import re
import subprocess
from dataclasses import dataclass

SWIFT = "Apache-2.0 WITH Swift-exception"
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"


@dataclass(frozen=True)
class Part:
    name: str
    licence: str
    source: str
    purpose: str
    marker: str = ""      # a symbol, or a part of one; none for what the program loads and does not contain
    text: str = ""        # the file of its licence among those of the release; none if the licence asks for none
    version: str = ""     # filled in by `collect`
    relation: str = "STATIC_LINK"


PARTS = [
    Part("swift", SWIFT, "https://github.com/swiftlang/swift", "standard library and runtime", "swift_retain", "Swift.txt"),
    Part("llvm-project", "Apache-2.0 WITH LLVM-exception", "https://github.com/swiftlang/llvm-project",
         "data structures in the Swift runtime", "7__swift9__runtime4llvm"),
    Part("swift-corelibs-libdispatch", SWIFT, "https://github.com/swiftlang/swift-corelibs-libdispatch", "threads",
         "_dispatch_root_queue", "Swift.txt"),
    Part("swift-corelibs-foundation", SWIFT, "https://github.com/swiftlang/swift-corelibs-foundation", "Foundation",
         "CFStringGetLength", "Swift.txt"),
    Part("swift-foundation", SWIFT, "https://github.com/swiftlang/swift-foundation", "Foundation",
         "$s20FoundationEssentials", "Swift.txt"),
    Part("swift-collections", SWIFT, "https://github.com/apple/swift-collections", "collections in Foundation",
         "$s22_FoundationCollections", "Swift.txt"),
    Part("icu", "Unicode-3.0", "https://github.com/swiftlang/swift-foundation-icu", "texts and dates in Foundation",
         "icudt", "ICU.txt"),
    Part("swift-argument-parser", SWIFT, "https://github.com/apple/swift-argument-parser", "flags", "$s14ArgumentParser",
         "Swift.txt"),
    Part("Yams", "MIT", "https://github.com/jpsim/Yams", "YAML", "$s4Yams", "Yams.txt"),
    Part("libyaml", "MIT", "https://github.com/yaml/libyaml", "YAML, as contained in Yams", "yaml_parser_parse",
         "libyaml.txt"),
    Part("gcc-runtime", GCC, "https://gcc.gnu.org/git/gcc.git", "libstdc++ and the static part of libgcc",
         "__gxx_personality_v0"),
    Part("joe-kuo-direction-numbers", "BSD-3-Clause", "https://web.maths.unsw.edu.au/~fkuo/sobol/",
         "the file new-joe-kuo-6.21201", "sobol_numbers", "SobolNumbers.txt", "new-joe-kuo-6.21201"),
    Part("glibc", "LGPL-2.1-or-later", "https://sourceware.org/git/glibc.git", "the C library of the system, 2.34 or later",
         relation="DYNAMIC_LINK"),
    Part("libgcc", GCC, "https://gcc.gnu.org/git/gcc.git", "the system's libgcc_s", relation="DYNAMIC_LINK"),
    Part("openblas", "BSD-3-Clause", "https://github.com/OpenMathLib/OpenBLAS", "loaded when correlations need it",
         relation="OPTIONAL_DEPENDENCY_OF"),
    Part("sqlite", "blessing", "https://sqlite.org", "loaded by the format sqlite", relation="OPTIONAL_DEPENDENCY_OF"),
]


def output(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def collect(program):
    """PARTS with the versions of this build; an unknown version is empty. Fails if the list and the build disagree."""
    symbols = output("nm", program)
    missing = [part.name for part in PARTS if part.marker and part.marker not in symbols]
    tree = json.loads(output("swift", "package", "show-dependencies", "--format", "json"))
    packages = {}
    pending = list(tree["dependencies"])
    while pending:
        package = pending.pop()
        packages[package["name"]] = package["version"]
        pending += package["dependencies"]
    if unlisted := sorted(set(packages) - {part.name for part in PARTS}):
        raise SystemExit(f".ci/components.py does not list these packages: {', '.join(unlisted)}")
    if missing:
        raise SystemExit(f"{program} has no symbol of these parts in .ci/components.py: {', '.join(missing)}")
    swift = re.search(r"Swift version ([0-9.]+)", output("swift", "--version")).group(1)
    gcc = re.search(r"GCC: \([^)]*\) ([0-9.]+)", output("readelf", "-p", ".comment", program))
    versions = {**packages, "icu": re.search(r"icudt([0-9]+)_dat", symbols).group(1), "gcc-runtime": gcc and gcc.group(1)}
    return [Part(**{**vars(part), "version": part.version or versions.get(part.name) or
                    (f"swift-{swift}-RELEASE" if "swiftlang" in part.source else "")})
            for part in PARTS]


def notice(parts):
    """A page that says what the program contains, for the folder of licences."""
    lines = ["Loadcast is licensed under Apache-2.0 (LICENSE). The program contains parts of other projects:", ""]
    for part in parts:
        if part.marker:
            lines.append(f"{part.name} {part.version}".strip() + f", {part.purpose}: {part.licence}"
                         + (f" ({part.text})" if part.text else ""))
    return "\n".join([*lines, "", "GCC-exception-3.1 and LLVM-exception ask for no notice in programs that contain the parts.", ""])

"""Removes from a stripped program what depends on the folder and the history of its build, without moving anything.

Usage: neutral_program.py PROGRAM FOLDER/

- C's assertions contain the paths of their files. FOLDER becomes a relative path of the same length.
- The section .swift_modhash has digests of the compiler's input with its debug information, which only the compiler reads,
  to find out what it need not compile again. It becomes zeros.
"""
import pathlib
import re
import subprocess
import sys


def neutral(program, folder):
    """The bytes of the program without both."""
    data = program.read_bytes().replace(folder, b"." + b"/" * (len(folder) - 1))
    sections = subprocess.run(["readelf", "-SW", str(program)], capture_output=True, text=True, check=True).stdout
    for offset, size in re.findall(r"\] \.swift_modhash\s+PROGBITS\s+[0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+) ", sections):
        begin, length = int(offset, 16), int(size, 16)
        data = data[:begin] + bytes(length) + data[begin + length:]
    return data


if __name__ == "__main__":
    path = pathlib.Path(sys.argv[1])
    path.write_bytes(neutral(path, sys.argv[2].encode()))

"""Compares the CSV files that two versions of the program wrote, byte for byte, under a table of renamed files and columns.

Run the same commands with both versions, each into a folder of its own, for example in a loop over the scenarios
`OLD run FILE --draws 20k --out old/NAME` and `NEW run FILE --draws 20k --out new/NAME`. Then
`python3 Tests/Reference/compare_outputs.py old new --renamed Tests/Reference/renamed_outputs.csv` walks both folders with
their subfolders, renames the old files and the columns of their headers by the table, and prints each file that only one
folder has and, for each file that differs, its first differing line in both. Files of other kinds are not compared, since
records hold times. The exit code is 1 if anything differs or if there is nothing to compare. The table has the columns
`file,old,new`: with a file name, or `*` for every file, it renames a column; with `file` left blank, it renames a file.
"""
import argparse
import csv
import pathlib
import sys


class Names:
    """The names in the new version of files and columns of the old one."""

    def __init__(self, path):
        self.files, self.columns = {}, {}
        if path is None:
            return
        with open(path, newline="", encoding="utf-8") as table:
            for row in csv.DictReader(table):
                if row["file"]:
                    self.columns[row["file"], row["old"]] = row["new"]
                else:
                    self.files[row["old"]] = row["new"]

    def file(self, path):
        return path.with_name(self.files.get(path.name, path.name))

    def column(self, file, name):
        return self.columns.get((file, name), self.columns.get(("*", name), name))


def tables(folder):
    return {path.relative_to(folder): path for path in sorted(folder.rglob("*.csv"))}


def difference(old, new, names):
    """The first line, counted from 1, in which two tables differ, with the line of each; None for equal tables."""
    before, after = old.read_bytes().split(b"\n"), new.read_bytes().split(b"\n")
    ending = "\r" if before[0].endswith(b"\r") else ""
    header = next(csv.reader([before[0].decode().rstrip("\r")]), [])
    renamed = [names.column(old.name, name) for name in header]
    # A header without a renamed column is compared as it is, so that its quotes count.
    if renamed != header:
        if any('"' in name or "," in name for name in renamed):
            raise SystemExit(f"{old}: a header with quotes and renamed columns cannot be compared byte for byte")
        before[0] = (",".join(renamed) + ending).encode()
    for number in range(max(len(before), len(after))):
        a = before[number] if number < len(before) else b"(no line)"
        b = after[number] if number < len(after) else b"(no line)"
        if a != b:
            return number + 1, a.decode(errors="replace"), b.decode(errors="replace")
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("old", type=pathlib.Path)
    parser.add_argument("new", type=pathlib.Path)
    parser.add_argument("--renamed", type=pathlib.Path, help="table of renamed files and columns: file,old,new")
    options = parser.parse_args()
    names = Names(options.renamed)
    old, new = tables(options.old), tables(options.new)
    expected = {names.file(path): source for path, source in old.items()}
    problems = 0
    for path in sorted(expected.keys() - new.keys()):
        problems += 1
        print(f"{path}: only in {options.old}")
    for path in sorted(new.keys() - expected.keys()):
        problems += 1
        print(f"{path}: only in {options.new}")
    for path in sorted(expected.keys() & new.keys()):
        found = difference(expected[path], new[path], names)
        if found:
            problems += 1
            line, a, b = found
            print(f"{path}:{line}: differs\n  old: {a[:300]}\n  new: {b[:300]}")
    common = len(expected.keys() & new.keys())
    print(f"{common} tables compared, {problems} problems")
    return 1 if problems or not common else 0


if __name__ == "__main__":
    sys.exit(main())

"""Prints the manual page loadcast(1), made from the program's own help.

Usage: manual_page.py PROGRAM; the date is SOURCE_DATE_EPOCH.
"""
import datetime
import json
import os
import subprocess
import sys


def plain(text):
    """A text as one paragraph of roff: nothing in it is a request or an escape."""
    lines = [line.replace("\\", "\\e").replace("-", "\\-") for line in text.strip().splitlines()]
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in lines)


def label(argument):
    """An argument as on the command line: --seed n."""
    value = argument.get("valueName", "")
    if argument["kind"] == "positional":
        return f"<{value}>" + ("..." if argument["isRepeating"] else "")
    names = [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument.get("names", [])]
    return ", ".join(sorted(names, key=len)) + (f" <{value}>" if argument["kind"] == "option" else "")


def sections(command, path):
    """The sections of a command and of those below it."""
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]
             and argument.get("valueName") not in ("help", "version")]
    lines = [f".SS {plain(path)}", plain(command.get("abstract", ""))]
    for paragraph in command.get("discussion", "").split("\n\n"):
        if paragraph.strip():
            lines += [".PP", plain(paragraph)]
    for argument in shown:
        default = f" The default is {argument['defaultValue']}." if argument.get("defaultValue") else ""
        lines += [".TP", f".B {plain(label(argument))}", plain(argument.get("abstract", "") + default) or "\\&"]
    for sub in command.get("subcommands", []):
        if sub["commandName"] != "help":
            lines += sections(sub, f"{path} {sub['commandName']}")
    return lines


def page(program):
    """The whole page."""
    def output(*words):
        return subprocess.run([program, *words], capture_output=True, text=True, check=True).stdout

    command = json.loads(output("--experimental-dump-help"))["command"]
    date = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc).date()
    lines = [f'.TH LOADCAST 1 "{date}" "loadcast {output("--version").split()[-1]}" "User Commands"', ".SH NAME",
             "loadcast \\- " + plain(command["abstract"].split(":")[0]), ".SH SYNOPSIS", ".B loadcast", ".I command",
             "[\\fIoptions\\fR]", ".SH DESCRIPTION", plain(command["abstract"]), ".PP", plain(command.get("discussion", "")),
             ".SH COMMANDS"]
    for sub in command["subcommands"]:
        if sub["commandName"] != "help":
            lines += sections(sub, f"loadcast {sub['commandName']}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(sys.argv[1]))

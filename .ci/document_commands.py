"""Runs the shell blocks of the documents exactly as written and compares what they print with the pages.

Usage: document_commands.py, from the root of a fresh clone; it runs every block of DOCUMENTS in order, in one shell with
an empty HOME, as a reader would who follows the pages from top to bottom.

- A block fenced `sh` is run by bash, one fenced `python` by python3. A command that fails fails the check.
- A block fenced `text` right after it must be part of what the block printed; only the run time and the number of
  workers may differ.
- The commands must leave every file that git tracks as it was.
- Every Markdown file with an `sh` or `python` block must be in DOCUMENTS.
- Every `loadcast COMMAND --flag` in running text must name a command and flags that the program's help knows.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

DOCUMENTS = ["README.md", ".github/CONTRIBUTING.md", "scenarios/README.md", "notebooks-export/README.md",
             "Sources/Python/README.md",
             *(f"scenarios/cookbook/{name}.md" for name in (
                 "README", "numpy-notebook", "numpy-draws", "at-risk-sheet", "at-risk-distributions",
                 "squiggle-guesstimate", "our-world-in-data", "two-sources-disagree",
                 "which-figure-to-publish", "many-scenarios", "thousand-nodes", "publish-with-a-doi"))]
LOGS = pathlib.Path(".build/document-commands")
RUN_TIME = re.compile(r": [0-9.]+ (ms|s|min) on [0-9]+ workers?")


def blocks(page):
    """The fenced blocks of a page as [language, text, line of the fence, whether only blank lines precede it]."""
    found, fence, adjacent = [], None, False
    for number, line in enumerate(pathlib.Path(page).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if fence is None:
                fence = [line[3:].split(" ")[0], "", number, adjacent]
            else:
                found.append(fence)
                fence, adjacent = None, True
        elif fence is not None:
            fence[1] += line + "\n"
        elif line.strip():
            adjacent = False
    return found


def comparable(text):
    """The text without run times and trailing spaces."""
    return "\n".join(line.rstrip() for line in RUN_TIME.sub("", text).strip().splitlines())


def run(pages):
    """Runs all blocks in one shell. Returns the problems."""
    steps = []
    for page in pages:
        found = blocks(page)
        for block, following in zip(found, found[1:] + [None]):
            if block[0] in ("sh", "python"):
                shown = following if following and following[0] == "text" and following[3] else None
                steps.append((page, block, shown))
    LOGS.mkdir(parents=True, exist_ok=True)
    script = ["set -e -o pipefail"]
    for number, (page, block, _) in enumerate(steps):
        script.append(f"exec >'{LOGS.resolve()}/{number}.out' 2>'{LOGS.resolve()}/{number}.err'; echo start {number} >&3")
        script.append(block[1] if block[0] == "sh" else f"python3 - <<'END OF PROGRAM'\n{block[1]}END OF PROGRAM")
    problems = []
    with tempfile.TemporaryDirectory() as home:
        reading, writing = os.pipe()
        os.set_inheritable(writing, True)
        environment = {**os.environ, "HOME": home, "DEBIAN_FRONTEND": "noninteractive"}
        shell = subprocess.Popen(["bash", "-c", f"exec 3>&{writing}\n" + "\n".join(script)], env=environment,
                                 pass_fds=[writing], stdin=subprocess.DEVNULL)
        os.close(writing)
        started, last = time.monotonic(), -1
        for line in os.fdopen(reading):
            if last >= 0:
                print(f"  {time.monotonic() - started:.0f} s", flush=True)
            started, last = time.monotonic(), int(line.split()[1])
            page, block, _ = steps[last]
            print(f"{page}:{block[2]}: {block[1].strip().splitlines()[-1]}", flush=True)
        code = shell.wait()
        print(f"  {time.monotonic() - started:.0f} s", flush=True)
        if code:
            page, block, _ = steps[last]
            shown = "".join((LOGS / f"{last}.{kind}").read_text(errors="replace")[-4000:] for kind in ("out", "err"))
            problems.append(f"{page}:{block[2]}: this block fails with exit code {code}:\n{block[1]}{shown}")
            steps = steps[:last]
    for number, (page, _, shown) in enumerate(steps):
        printed = comparable((LOGS / f"{number}.out").read_text(errors="replace"))
        if shown and comparable(shown[1]) not in printed:
            problems.append(f"{page}:{shown[2]}: the page shows\n{shown[1]}\nbut the command printed\n{printed[-6000:]}")
    return problems


def state():
    """What git sees of the tree."""
    return [subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout
            for words in (["status", "--porcelain"], ["diff"])]


def unlisted():
    """Documents with blocks that nothing runs."""
    files = subprocess.run(["git", "ls-files", "*.md"], capture_output=True, text=True, check=True).stdout.split()
    run_here = ("sh", "bash", "shell", "console", "python")
    return [f"{file} has a block of commands or Python and is not in DOCUMENTS" for file in files
            if file not in DOCUMENTS and any(block[0] in run_here for block in blocks(file))]


def unknown_words(program):
    """Commands and flags in running text that the program's help does not know."""
    def help_of(*words):
        return subprocess.run([program, "help", *words], capture_output=True, text=True, timeout=60).stdout

    commands = set(re.findall(r"^  ([a-z-]+)(?: \(default\))?  ", help_of(), re.MULTILINE))
    problems, helps = [], {}
    files = subprocess.run(["git", "ls-files", "*.md"], capture_output=True, text=True, check=True).stdout.split()
    for file in files:
        for span in re.findall(r"`loadcast ([^`\n]+)`", pathlib.Path(file).read_text(encoding="utf-8")):
            words = span.split()
            if words[0].startswith("-"):
                continue
            if words[0] not in commands and words[0] != "help":
                problems.append(f"{file}: `loadcast {span}`: there is no command {words[0]}")
                continue
            topic = words[1] if words[0] == "help" and len(words) > 1 else words[0]
            sub = [topic] + [word for word in words[1:2] if topic == "export" and word.islower()]
            known = helps.setdefault(tuple(sub), help_of(*sub))
            for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]*", span):
                if flag not in known:
                    problems.append(f"{file}: `loadcast {span}`: {topic} has no flag {flag}")
    if len(commands) < 10:
        problems.append(f"the program's help lists only the commands {sorted(commands)}")
    return problems


if __name__ == "__main__":
    before = state()
    found = unlisted() or run(DOCUMENTS)
    if state() != before:
        found.append(f"the commands changed the tree:\n{state()[0]}{state()[1][:4000]}")
    found = found or unknown_words(".build/release/loadcast")
    for problem in found:
        print(problem)
    print(f"documents: {len(found)} problems" if found else "documents: every command runs and prints what the pages show")
    sys.exit(bool(found))

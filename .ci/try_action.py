"""Runs the shell steps of the GitHub action as written, in scratch repositories with a base branch and hostile names.

Usage: try_action.py WHEEL. Needs PyYAML and git. What the runner would do is done here: it replaces expressions in `env:` and
`if:`, and obeys lines of output that begin with `::`. A step must work for good scenarios and fail for invalid ones, a
pattern without a file must fail, and no name, title or branch may run as a command or reach the runner.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ACTION = pathlib.Path(".github/actions/check/action.yml")
GOOD = "title: {title}\ninputs: {{load: {{value: 10 MW to {high} MW, source: a test}}}}\nequations: {{x: load * 2}}\noutputs: {{x: {{unit: MW}}}}\n"
NAMES = ["a.yaml", "-n.yaml", "$(touch pwned) `touch pwned`;touch pwned;\".yaml", "new\nline ::error::.yaml", "a b[1].yaml"]
TITLE = "'``` ::error::reached ${{ github.token }} $(touch pwned) ````'"
BRANCH = "base-$(touch${IFS}pwned)"


class Runner:
    """One run of the action in a folder."""

    def __init__(self, folder, inputs, event):
        self.folder, self.temporary = folder, folder.parent / "temporary"
        self.temporary.mkdir(exist_ok=True)
        action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
        self.steps = action["runs"]["steps"]
        given = {name: str(about.get("default", "")) for name, about in action["inputs"].items()} | inputs
        required = [name for name, about in action["inputs"].items() if about.get("required")]
        assert set(inputs) <= set(action["inputs"]) and set(required) <= set(inputs)
        self.values = {f"inputs.{name}": value for name, value in given.items()} | {
            "github.event_name": event, "github.base_ref": BRANCH if event == "pull_request" else "",
            "github.event.pull_request.number": "7", "github.repository": "owner/name", "steps.compare.outputs.report": ""}
        self.summary, self.commands, self.code, self.stopped = "", [], 0, False

    def expand(self, text):
        return re.sub(r"\$\{\{\s*([\w.]+)\s*\}\}", lambda found: self.values[found.group(1)], str(text))

    def applies(self, condition):
        """Conditions of the form `${{ NAME == 'text' && NAME != 'text' }}`."""
        if condition is None:
            return True
        terms = [re.fullmatch(r"([\w.]+) (==|!=) '([^']*)'", term.strip())
                 for term in re.fullmatch(r"\$\{\{(.*)\}\}", condition).group(1).split("&&")]
        assert all(terms), f"unknown condition {condition}"
        return all((self.values[name] == wanted) == (sign == "==") for name, sign, wanted in (term.groups() for term in terms))

    def run(self):
        for step in self.steps:
            assert step["shell"] == "bash" and "${{" not in step["run"] and "uses" not in step, step["name"]
            if not self.applies(step.get("if")):
                continue
            files = {name: self.temporary / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
            for file in files.values():
                file.write_text("")
            script = self.temporary / "step.sh"
            script.write_text(step["run"], encoding="utf-8")
            environment = {**os.environ, "RUNNER_TEMP": str(self.temporary), "GITHUB_ACTIONS": "true",
                           **{name: str(file) for name, file in files.items()},
                           **{name: self.expand(value) for name, value in step.get("env", {}).items()}}
            done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], cwd=self.folder,
                                  env=environment, capture_output=True, text=True, timeout=300)
            self.read(done.stdout + done.stderr)
            self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
            for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
                name, value = line.split("=", 1)
                self.values[f"steps.{step.get('id')}.outputs.{name}"] = value
            self.output = done.stdout + done.stderr
            if done.returncode:
                self.code = done.returncode
                return self
        return self

    def read(self, output):
        """The commands that the runner would obey."""
        mark = None
        for line in output.splitlines():
            if mark is None and line.startswith("::stop-commands::"):
                mark = line.removeprefix("::stop-commands::")
                self.stopped = True
            elif mark is not None and line == f"::{mark}::":
                mark = None
            elif mark is None and line.startswith("::"):
                self.commands.append(line)
        assert mark is None, "commands are stopped at the end of the step"


def repository(folder):
    """A clone at a pull request: a changed scenario, an unchanged one, a new one, hostile names and titles."""
    def git(*words, at):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=at, check=True, capture_output=True)

    origin = folder / "origin"
    (origin / "scenarios").mkdir(parents=True)
    git("init", "-b", BRANCH, at=origin)
    for name in NAMES:
        (origin / "scenarios" / name).write_text(GOOD.format(title=TITLE, high=20), encoding="utf-8")
    git("add", "-A", at=origin)
    git("commit", "-m", "base", at=origin)
    git("clone", "--depth=1", origin.as_uri(), str(folder / "clone"), at=folder)
    clone = folder / "clone"
    git("checkout", "-b", "change", at=clone)
    git("branch", "-D", BRANCH, at=clone)
    for name in NAMES[1:]:
        (clone / "scenarios" / name).write_text(GOOD.format(title=TITLE, high=30), encoding="utf-8")
    (clone / "scenarios/new.yaml").write_text(GOOD.format(title=TITLE, high=20), encoding="utf-8")
    git("add", "-A", at=clone)
    git("commit", "-m", "change", at=clone)
    return clone


def fences(text):
    """The blocks of code in Markdown, and the lines outside of them."""
    blocks, outside, fence = [], [], None
    for line in text.splitlines():
        if fence is None and (opened := re.fullmatch(r"(`{3,})text", line)):
            fence = opened.group(1)
            blocks.append("")
        elif fence is not None and re.fullmatch(r"`{%d,}" % len(fence), line.strip()):
            fence = None
        elif fence is not None:
            blocks[-1] += line + "\n"
        else:
            outside.append(line)
    assert fence is None, "a block of code is not closed"
    return blocks, outside


def main(wheel):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        clone = repository(folder)
        inputs = {"wheel": str(wheel), "scenarios": "scenarios/*.yaml\n", "draws": "2k"}

        pull = Runner(clone, {**inputs, "comment": "true", "token": "secret"}, "pull_request")
        tools = folder / "tools"
        tools.mkdir()
        (tools / "gh").write_text('#!/bin/sh\nprintf "%s\\n" "$GH_TOKEN" "$@" >"$RUNNER_TEMP/gh-arguments"\n')
        (tools / "gh").chmod(0o755)
        os.environ["PATH"] = f"{tools}:{os.environ['PATH']}"
        pull.run()
        assert pull.code == 0, pull.output
        assert pull.stopped and not pull.commands, pull.commands
        blocks, outside = fences(pull.summary)
        assert f"Loadcast: {len(NAMES) + 1} scenarios checked, 0 invalid" in outside, pull.summary
        assert "Unchanged scenarios: 1" in outside and not any("reached" in line for line in outside), pull.summary
        assert sum("B above A" in block for block in blocks) == len(NAMES) - 1, pull.summary
        assert [block for block in blocks if block.startswith("new: ")] == ["new: ./scenarios/new.yaml\n\n"], blocks
        arguments = (pull.temporary / "gh-arguments").read_text().splitlines()
        assert arguments[:6] == ["secret", "pr", "comment", "7", "--repo", "owner/name"], arguments
        comment = pathlib.Path(arguments[-1]).read_text(encoding="utf-8")
        assert comment == pathlib.Path(pull.values["steps.compare.outputs.report"]).read_text(encoding="utf-8")

        pushed = Runner(clone, inputs, "push").run()
        assert pushed.code == 0 and not pushed.commands and "compared" not in pushed.summary, pushed.output
        (clone / "scenarios/bad.yaml").write_text(GOOD.replace("load * 2", "laod * 2").format(title=TITLE, high=20))
        bad = Runner(clone, inputs, "pull_request").run()
        assert bad.code == 1 and "did you mean: load" in bad.output and not bad.commands, bad.output
        none = Runner(clone, {**inputs, "scenarios": "scenarios/*.yml"}, "push").run()
        assert none.code == 1 and "no file is named" in none.output, none.output
        missing = Runner(clone, {**inputs, "wheel": str(folder / "none.whl")}, "push").run()
        assert missing.code != 0, "a wheel that is not there is no error"
        found = [str(path) for path in folder.rglob("*pwned*") if path.name == "pwned"]
        assert not found, f"a name was run as a command: {found}"
        return len(pull.steps)


if __name__ == "__main__":
    print(f"the action: {main(pathlib.Path(sys.argv[1]).resolve())} steps run as written, 5 runs as expected")

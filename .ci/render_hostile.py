"""Opens what loadcast writes of a hostile scenario with the programs that people open it with, and fails if any of its
texts acts: knitr (Quarto document), LibreOffice (tables for spreadsheets), Graphviz (graph).

Usage: render_hostile.py PATH_OF_LOADCAST [PROGRAM...], from the repository's root; the programs are knitr, libreoffice and
graphviz, by default all of them.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

LOADCAST = str(pathlib.Path(sys.argv[1]).resolve())
SCENARIO = pathlib.Path(".ci/hostile.yaml").resolve()


def run(*command, folder, text=True):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=text, timeout=300)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def outside_code(page):
    """The lines of a Markdown page that are not in fenced blocks, in which results are printed as they are."""
    lines, fence = [], None
    for line in page.splitlines():
        marks = re.match(r" {0,3}(`{3,})", line)
        if fence is None:
            fence = marks[1] if marks else None
            lines.append(line)
        elif marks and len(marks[1]) >= len(fence) and not line.strip(" `"):
            fence = None
    assert fence is None, "a block without an end"
    return "\n".join(lines)


def knitr(folder):
    """knitr runs the document's own chunks and none of the scenario's texts; a document with one proves that it would."""
    (folder / "canary.Rmd").write_text("`r file.create('ran-canary')`\n")
    run("Rscript", "-e", "knitr::knit('canary.Rmd', quiet = TRUE)", folder=folder)
    assert (folder / "ran-canary").exists(), "knitr runs no inline code, so that this check says nothing"
    run(LOADCAST, "export", "notebook", str(SCENARIO), "--draws", "10k", "--out", ".", "--quiet", folder=folder)
    # Quarto prints results without the prefix that knitr gives their lines.
    run("Rscript", "-e", "knitr::opts_chunk$set(comment = NA); knitr::knit('hostile.qmd', quiet = TRUE)", folder=folder)
    page = outside_code((folder / "hostile.md").read_text())
    assert not (folder / "ran-inline").exists() and not (folder / "ran-chunk").exists()
    assert "<script" not in page and "<img" not in page and "{{<" not in page
    return "the document's chunks ran, and no text of the scenario"


def libreoffice(folder):
    """No cell of the tables becomes a formula; a table without the guard proves that one would."""
    (folder / "canary.csv").write_text("a\r\n=1+1\r\n")
    run(LOADCAST, "run", str(SCENARIO), "--draws", "10k", "--format", "excel", "--out", "r", "--quiet", folder=folder)
    described = run(LOADCAST, "describe", str(SCENARIO), "--format", "csv", folder=folder, text=False)
    (folder / "described.csv").write_bytes(described)
    tables = [folder / "canary.csv", folder / "described.csv", *(folder / "r").glob("*.excel.csv")]
    # Formulas are evaluated on import, as for a user who agrees to it: token 44 of the filter, "evaluate formulas".
    options = "44,34,76,1,,0,false,true,false,false,false,-1,true"
    for table in tables:
        run("soffice", "--headless", f"--infilter=CSV:{options}", "--convert-to", "fods", "--outdir", "out", str(table), folder=folder)
    formulas = {path.stem for path in (folder / "out").glob("*.fods") if "table:formula=" in path.read_text()}
    assert formulas == {"canary"}, formulas
    return f"{len(tables) - 1} tables without a formula"


def graphviz(folder):
    """The graph is drawn, with every label as text."""
    (folder / "graph.dot").write_text(run(LOADCAST, "describe", str(SCENARIO), "--format", "dot", folder=folder))
    picture = run("dot", "-Tsvg", "graph.dot", folder=folder)
    assert "<script" not in picture and "&lt;script&gt;" in picture
    return "the graph is drawn with its title as text"


for check in (knitr, libreoffice, graphviz):
    if len(sys.argv) > 2 and check.__name__ not in sys.argv[2:]:
        continue
    with tempfile.TemporaryDirectory() as place:
        print(f"{check.__name__}: {check(pathlib.Path(place))}")

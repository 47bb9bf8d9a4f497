"""The report page of a run, for notebooks."""

from __future__ import annotations

import html
import os
import pathlib

from loadcast._files import replacing


class Report:
    """A self-contained page.

    A notebook shows it in a frame with an empty `sandbox`: no script in it runs, and it can neither reach the notebook
    nor submit, download or open anything.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self.html = path.read_text("utf-8")
        """The page."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the page to a file."""
        with replacing(path) as draft:
            pathlib.Path(draft).write_text(self.html, "utf-8")

    def _repr_html_(self) -> str:
        return (
            '<iframe sandbox="" title="Report of a Loadcast run" width="100%" height="700" '
            f'style="border:1px solid #8886;box-sizing:border-box;resize:vertical" srcdoc="{html.escape(self.html)}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Report of {len(self.html)} characters>"

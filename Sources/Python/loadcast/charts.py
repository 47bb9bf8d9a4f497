"""Charts of an output that need no browser (extra `charts`)."""

from __future__ import annotations

import os
import pathlib
import textwrap
from typing import TYPE_CHECKING, Any

from loadcast import tables
from loadcast._files import replacing
from loadcast.errors import printable

if TYPE_CHECKING:
    import pandas as pd

    from loadcast.result import Result

DARK, BAND, MIDDLE = "#1f4e79", "#c6d9ec", "#8fb4d9"
# Above this ratio of the largest to the smallest value drawn, the axis is logarithmic.
LOG_RANGE = 30
MOST_BINS, MOST_TICKS = 60, 12
FORMATS = (".png", ".svg", ".pdf", ".json")


class Chart:
    """A chart. `altair` is the chart as an object of Altair, to change its style; a notebook shows it as SVG."""

    def __init__(self, chart: Any) -> None:
        self.altair = chart

    def save(self, path: str | os.PathLike[str], scale: float = 2) -> None:
        """Writes the chart as .png, .svg, .pdf, or as its Vega-Lite specification, .json. `scale` is for .png."""
        suffix = pathlib.Path(path).suffix.lower()
        if suffix not in FORMATS:
            raise ValueError(f"{os.fspath(path)!r} does not end in one of {', '.join(FORMATS)}")
        more = {"scale_factor": scale} if suffix == ".png" else {}
        with replacing(path) as draft:
            self.altair.save(draft, format=suffix[1:], **more)

    def svg(self) -> str:
        """The chart as SVG."""
        import vl_convert

        return str(vl_convert.vegalite_to_svg(self.altair.to_dict()))

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        return {"image/svg+xml": self.svg()}, {"image/svg+xml": {"alt": self.altair.description}}


def chart(result: Result, output: str | None, kind: str | None, labels: dict[str, Any]) -> Chart:
    """A fan chart or the density of an output; see `Result.chart`."""
    try:
        import altair
        import vl_convert  # noqa: F401
    except ImportError:
        raise ImportError("charts need Altair and vl-convert: install the extra `charts`") from None
    if result.command != "run":
        raise ValueError(f"{result.command}() has no distributions to draw; run() has")
    outputs = {entry["name"]: entry for entry in result.record["outputs"]}
    name = output or next(iter(outputs))
    if name not in outputs:
        raise KeyError(f"unknown output `{name}`; the outputs are {', '.join(outputs)}")
    over: list[str] = outputs[name]["indexes"]
    if wrong := [label for label in labels if label not in over]:
        raise ValueError(f"`{name}` is not over `{wrong[0]}`; it is over {', '.join(over) or 'no index'}")
    numeric = [i for i in over if all(tables.NUMBER.fullmatch(label) for label in result.indexes[i]) and i not in labels]
    kind = kind or ("fan" if numeric else "density")
    if kind not in ("fan", "density"):
        raise ValueError(f"`{kind}` is not one of fan and density")
    if kind == "fan" and not numeric:
        raise ValueError(f"a fan chart needs a numeric index, which `{name}` is not over; draw its density")
    along = numeric[-1] if kind == "fan" else None
    cell = {i: str(labels.get(i, result.indexes[i][-1 if i in numeric else 0])) for i in over if i != along}
    frame = _rows(result.table("summary", name), cell)
    unit = outputs[name]["unit"]
    if kind == "fan":
        drawn = _fan(altair, frame, along or "", unit)
        words = "median, 50 % and 90 % intervals"
    else:
        drawn = _density(altair, _rows(result.table("histogram", name), cell), frame, unit)
        words = "density; 5th, 50th and 95th percentiles"
    words = outputs[name].get("label") or name
    where = f"{words}[{', '.join(f'{i}={label}' for i, label in cell.items())}]" if cell else words
    record = result.record
    subtitle = [f"{where}, {unit}: {words}", f"{record['engine']}, {record['draws']:,} draws, seed {record['seed']}"]
    lines = [line for text in (result.title, *subtitle) for line in textwrap.wrap(printable(text), 80)[:3]]
    title = altair.TitleParams(lines[0], subtitle=lines[1:], anchor="start", subtitleColor="#555", offset=12)
    drawn = drawn.properties(width=560, height=320, title=title, description=_description(where, unit, kind, frame, along))
    return Chart(drawn.configure_view(strokeWidth=0).configure_axis(labelFontSize=12, titleFontSize=12))


def _rows(frame: pd.DataFrame, cell: dict[str, str]) -> pd.DataFrame:
    """The rows of a cell, given its observations if both are there."""
    if "conditioning" in frame and frame["conditioning"].nunique() > 1:
        frame = frame[frame["conditioning"] == "posterior"]
    for index, label in cell.items():
        column = tables.index_column(frame, index)
        chosen = frame[frame[column].astype("str") == label]
        if chosen.empty:
            raise ValueError(f"`{label}` is not a label of `{index}`; it has {', '.join(map(str, frame[column].unique()))}")
        frame = chosen
    return frame


def _description(where: str, unit: str, kind: str, frame: pd.DataFrame, along: str | None) -> str:
    """The alternative text."""
    first, last = frame.iloc[0], frame.iloc[-1]
    shown = f"{last.p50:.3g} {unit}, 90 % interval {last.p05:.3g} to {last.p95:.3g}"
    if along is None:
        return printable(f"Density of {where}: median {shown}.")
    column = tables.index_column(frame, along)
    start = f"{first.p50:.3g} in {first[column]}"
    return printable(f"Fan chart of {where} by {along}: median from {start} to {shown}, in {last[column]}.")


def _fan(altair: Any, frame: pd.DataFrame, along: str, unit: str) -> Any:
    column = tables.index_column(frame, along)
    data = frame[["p05", "p25", "p50", "p75", "p95"]].assign(x=frame[column]).dropna()
    if data.empty:
        raise ValueError("the output has no finite values to draw")
    is_log = bool(data["p05"].min() > 0 and data["p95"].max() / data["p05"].min() > LOG_RANGE)
    scale = altair.Scale(type="log", nice=False) if is_log else altair.Scale(zero=bool(data["p05"].min() >= 0))
    whole = bool((data["x"] % 1 == 0).all())
    # Without given ticks, an axis of three years has five, whose labels are rounded.
    ticks = sorted(data["x"].tolist()) if len(data) <= MOST_TICKS else altair.Undefined
    axis = altair.Axis(grid=False, values=ticks, **({"format": "d"} if whole else {}))
    x = altair.X("x:Q", title=printable(along), axis=axis, scale=altair.Scale(zero=False, nice=False))
    y = altair.Axis(grid=True, gridColor="#eee", domain=False)
    base = altair.Chart(data)

    def band(low: str, high: str, color: str) -> Any:
        upper = altair.Y(f"{low}:Q", title=printable(unit), scale=scale, axis=y)
        return base.mark_area(color=color).encode(x=x, y=upper, y2=f"{high}:Q")

    line = base.mark_line(color=DARK, strokeWidth=2.5).encode(x=x, y="p50:Q")
    return altair.layer(band("p05", "p95", BAND), band("p25", "p75", MIDDLE), line)


def _density(altair: Any, bins: pd.DataFrame, row: pd.DataFrame, unit: str) -> Any:
    if bins.empty or row["p05"].isna().all():
        raise ValueError("the output has no finite values to draw")
    # A heavy tail is cut, or it would squeeze everything else into a line.
    width = float(row["p99"].iloc[0] - row["p01"].iloc[0])
    low, high = float(row["p01"].iloc[0]) - 0.25 * width, float(row["p99"].iloc[0]) + 0.25 * width
    shown = _merged(bins[(bins["high"] > low) & (bins["low"] < high)] if width > 0 else bins)
    domain = [max(low, float(bins["low"].min())), min(high, float(bins["high"].max()))] if width > 0 else altair.Undefined
    x = altair.X("low:Q", title=printable(unit), scale=altair.Scale(domain=domain, nice=False), axis=altair.Axis(grid=False, tickCount=8))
    y = altair.Y("density:Q", title=None, axis=altair.Axis(labels=False, ticks=False, domain=False, grid=False))
    bars = altair.Chart(shown[["low", "high", "density"]]).mark_rect(color=MIDDLE, clip=True)
    marks = row[["p05", "p50", "p95"]].iloc[0].rename("value").reset_index()
    marks["shown"] = marks["value"].map(lambda value: f"{value:.3g}")
    rules = altair.Chart(marks).mark_rule(color=DARK, strokeWidth=1.5).encode(x="value:Q")
    texts = altair.Chart(marks).mark_text(color=DARK, dy=-6, baseline="bottom", fontSize=12)
    texts = texts.encode(x="value:Q", y=altair.value(0), text="shown:N")
    return altair.layer(bars.encode(x=x, x2="high:Q", y=y, y2=altair.datum(0)), rules, texts)


def _merged(bins: pd.DataFrame) -> pd.DataFrame:
    """At most `MOST_BINS` bins, each of the same number of adjacent bins."""
    bins = bins.reset_index(drop=True)
    group = bins.index // -(-len(bins) // MOST_BINS)
    edges = bins.groupby(group).agg({"low": "first", "high": "last"})
    mass = (bins["density"] * (bins["high"] - bins["low"])).groupby(group).sum()
    return edges.assign(density=mass / (edges["high"] - edges["low"]))

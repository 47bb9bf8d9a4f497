/// The cells of a notebook in Python: pandas loads and checks the tables, matplotlib draws.
struct PythonCells: NotebookLanguage {
  let notebook: Notebook

  private var key: CodeText { list(["output"] + (notebook.isConditioned ? ["conditioning"] : []) + notebook.indexes) }

  var load: CodeText {
    """
    import hashlib
    import json
    from pathlib import Path

    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd

    folder = Path(\(notebook.name))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    words = {output["name"]: output.get("label", output["name"]) for output in record["outputs"]}
    key = \(key)
    pd.set_option("display.float_format", "{:.4g}".format, "display.max_rows", 200)
    pandas_types = {"string": "string", "integer": "Int64", "number": "float64"}


    def load(resource):
        \"\"\"A table with the column types that the package states; only a blank is a missing value.\"\"\"
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        missing = {name: ["", "nan"] if kind == "number" else [""] for name, kind in fields.items()}
        return pd.read_csv(folder / resource["path"], dtype={name: pandas_types[kind] for name, kind in fields.items()},
                           keep_default_na=False, na_values=missing)


    def labels(table, index):
        \"\"\"The column of an index: index.NAME if the table has another column NAME.\"\"\"
        return table[f"index.{index}" if f"index.{index}" in table else index]


    tables = {resource["name"]: load(resource) for resource in package["resources"]}
    pd.DataFrame({"rows": {name: len(table) for name, table in tables.items()},
                  "columns": {name: table.shape[1] for name, table in tables.items()}})
    """
  }

  var checks: CodeText {
    """
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert "sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"], f"{resource['path']} has changed"

    summary, quantiles, histogram = tables["summary"], tables["quantiles"], tables["histogram"]
    assert not summary.duplicated(key).any(), "a cell has two rows"
    levels = ["p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99"]
    steps = np.diff(summary[levels].to_numpy(), axis=1)
    assert not (steps < 0).any(), "quantiles do not ascend"
    assert (summary["min"] <= summary["p01"]).all() and (summary["p99"] <= summary["max"]).all()
    assert (summary["draws"] == package["loadcast"]["draws"]).all()

    medians = quantiles[quantiles["probability"] == 0.5]
    assert medians["value"].reset_index(drop=True).equals(summary["p50"]), "two tables have different medians"
    cells = histogram.groupby([name for name in key if name in histogram], dropna=False, sort=False)
    counts = cells["count"].sum().to_numpy()
    assert (counts == (summary["draws"] - summary["non_finite"]).to_numpy()).all(), "the counts of a histogram do not add up to the draws"
    assert tables["comparisons"]["probability_exceeds"].dropna().between(0, 1).all()
    print(f"{len(package['resources'])} tables, {len(summary)} cells: all checks hold")
    """
  }

  var figures: CodeText {
    """
    \(current("summary", "shown"))
    shown[\(list(["output"] + notebook.indexes + ["unit", "p05", "p50", "p95"]))].set_index("output").astype(object).fillna("")
    """
  }

  var fans: CodeText {
    """
    \(pairs("fans", notebook.fans))
    \(current("quantiles", "shown"))
    figure, axes = plt.subplots((len(fans) + 1) // 2, min(2, len(fans)), figsize=(11, 3.6 * ((len(fans) + 1) // 2)), squeeze=False)
    for axis, (output, index) in zip(axes.flat, fans):
        rows = shown[shown["output"] == output]
        fan = rows.assign(at=labels(rows, index).astype(float)).pivot(index="at", columns="probability", values="value")
        for low, high, shade in ((0.05, 0.95, 0.25), (0.25, 0.75, 0.45)):
            axis.fill_between(fan.index, fan[low], fan[high], color="#0072b2", alpha=shade, linewidth=0)
        axis.plot(fan.index, fan[0.5], color="#00415f")
        axis.set_title(words[output], parse_math=False)
        axis.set(ylabel=rows["unit"].iloc[0], xlabel=index)
        axis.set_ylim(bottom=min(0, axis.get_ylim()[0]))
        axis.xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    for axis in axes.flat[len(fans):]:
        axis.set_visible(False)
    figure.tight_layout()
    """
  }

  var scalars: CodeText {
    """
    scalars = \(list(notebook.scalars))
    \(current("histogram", "bins"))
    \(current("summary", "shown"))
    figure, axes = plt.subplots((len(scalars) + 1) // 2, min(2, len(scalars)), figsize=(11, 3.2 * ((len(scalars) + 1) // 2)), squeeze=False)
    for axis, output in zip(axes.flat, scalars):
        rows = bins[bins["output"] == output]
        values = shown[shown["output"] == output].iloc[0]
        # Tails beyond the 1st and 99th percentile are omitted: they could hide the rest.
        inside = rows[(rows["high"] >= values["p01"]) & (rows["low"] <= values["p99"])]
        axis.stairs(inside["density"].fillna(0), np.append(inside["low"], inside["high"].iloc[-1]), fill=True, color="#0072b2", alpha=0.4)
        axis.axvspan(values["p05"], values["p95"], color="#0072b2", alpha=0.08, linewidth=0)
        axis.axvline(values["p50"], color="#00415f")
        axis.set_title(words[output], parse_math=False)
        axis.set(xlabel=f"{values['unit']}, 1st to 99th percentile", ylabel="density")
    for axis in axes.flat[len(scalars):]:
        axis.set_visible(False)
    figure.tight_layout()
    """
  }

  var intervals: CodeText {
    """
    \(pairs("by_label", notebook.intervals))
    \(current("summary", "shown"))
    figure, axes = plt.subplots((len(by_label) + 1) // 2, min(2, len(by_label)), figsize=(11, 3.6 * ((len(by_label) + 1) // 2)), squeeze=False)
    for axis, (output, index) in zip(axes.flat, by_label):
        rows = shown[shown["output"] == output]
        names = labels(rows, index).tolist()
        axis.hlines(names, rows["p05"], rows["p95"], color="#0072b2", linewidth=3, alpha=0.5)
        axis.plot(rows["p50"], names, "o", color="#00415f")
        axis.invert_yaxis()
        axis.set_title(words[output], parse_math=False)
        axis.set(xlabel=rows["unit"].iloc[0])
    for axis in axes.flat[len(by_label):]:
        axis.set_visible(False)
    figure.tight_layout()
    """
  }

  var comparisons: CodeText {
    let code: CodeText = """
      \(current("comparisons", "compared"))
      compared = compared.dropna(axis=1, how="all")
      columns = list(compared.columns)
      indexes = [name for name in columns[columns.index("unit") + 1:columns.index("reference")] if name != "conditioning"]
      \(notebook.comparedOver.map(chosen) ?? "plotted = compared")
      plotted = plotted[(plotted["ratio_p05"] > 0) & np.isfinite(plotted["ratio_p95"])].head(40)
      names = [", ".join([f"{row['output']} / {row['reference']}"] + [str(row[name]) for name in indexes if pd.notna(row[name])])
               for _, row in plotted.iterrows()]
      figure, axis = plt.subplots(figsize=(11, 1 + 0.3 * len(plotted)))
      axis.hlines(range(len(plotted)), plotted["ratio_p05"], plotted["ratio_p95"], color="#d55e00", linewidth=3, alpha=0.5)
      axis.plot(plotted["ratio_p50"], range(len(plotted)), "o", color="#8a3d00")
      axis.axvline(1, color="black", linewidth=0.8)
      axis.set_yticks(range(len(plotted)), names)
      axis.invert_yaxis()
      axis.set(xscale="log", xlabel="output over reference: 90 % interval and median; the line is equality")
      figure.tight_layout()
      \(notebook.comparedOver.map(chances) ?? "")
      compared.astype(object).fillna("")
      """
    return code.withoutEmptyLines
  }

  /// The rows of a comparison chart: three of each comparison over a numeric index.
  private func chosen(_ index: String) -> CodeText {
    """
    order = labels(compared, \(index)).astype(float)
    ends = [level for level in order.dropna().unique() if level in np.sort(order.dropna().unique())[[0, order.nunique() // 2, -1]]]
    plotted = compared[order.isna() | order.isin(ends)]
    """
  }

  /// The probability that an output exceeds its reference, over a numeric index.
  private func chances(_ index: String) -> CodeText {
    """
    figure, axis = plt.subplots(figsize=(11, 4))
    rest = [name for name in indexes if name not in (\(index), "index." + \(index))]
    for names, rows in list(compared[order.notna()].groupby(["output", "reference"] + rest, dropna=False, sort=False))[:8]:
        axis.plot(order[rows.index], rows["probability_exceeds"], marker=".", label=" / ".join(str(name) for name in names if pd.notna(name)))
    axis.axhline(0.5, color="black", linewidth=0.8)
    axis.set(xlabel=\(index), ylabel="probability of being greater", ylim=(-0.02, 1.02))
    axis.xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    axis.legend(fontsize="small")
    figure.tight_layout()
    """
  }

  var verdicts: CodeText {
    """
    with pd.option_context("display.max_colwidth", None):
        display(tables["verdicts"][["holds", "claim", "verdict", "probability"]])
    """
  }

  var routes: CodeText {
    """
    routes = tables["routes"]
    left_out = ("mean_standard_error", "min", "max", "draws", "non_finite", "sd", "p01", "p10", "p25", "p75", "p90", "p99")
    routes[[name for name in routes.columns if name not in left_out]].astype(object).fillna("")
    """
  }

  var assumptions: CodeText {
    """
    rows = [{"input": item["name"], "labels": " ".join(value.get("labels", {}).values()), "value": value["value"],
             "unit": item["unit"], "quality": value.get("quality") or item.get("quality"),
             "source": value.get("source") or item.get("source")} for item in record["inputs"] for value in item["values"]]
    register = pd.DataFrame(rows)
    with pd.option_context("display.max_rows", None, "display.max_colwidth", 90):
        display(register.fillna(""))
    """
  }

  /// The rows of a table given the observations, if there are any.
  private func current(_ table: CodeText, _ variable: CodeText) -> CodeText {
    let rows: CodeText = "tables[\"\(table)\"]"
    return notebook.isConditioned
      ? "\(variable) = \(rows)[\(rows)[\"conditioning\"] == \"posterior\"]" : "\(variable) = \(rows)"
  }

  private func pairs(_ variable: CodeText, _ pairs: [(output: String, index: String)]) -> CodeText {
    let items: [CodeText] = pairs.map { "(\($0.output), \($0.index))" }
    return "\(variable) = [\(CodeText(separated: items, by: ", "))]"
  }

  private func list(_ texts: [String]) -> CodeText {
    "[\(CodeText(separated: texts.map { CodeText(escaping: $0) }, by: ", "))]"
  }
}

/// The cells of a notebook in R: base graphics, and jsonlite to read the description.
struct RCells: NotebookLanguage {
  let notebook: Notebook

  var load: CodeText {
    """
    library(jsonlite)
    folder <- \(notebook.name)
    package <- read_json(file.path(folder, "datapackage.json"))
    record <- read_json(file.path(folder, "record.json"))
    name_of <- function(output) output$name
    words_of <- function(output) if (is.null(output$label)) output$name else output$label
    words <- setNames(vapply(record$outputs, words_of, ""), vapply(record$outputs, name_of, ""))
    classes <- c(string = "character", integer = "numeric", number = "numeric")

    # A table with the column types that the package states; only a blank is a missing value.
    load_table <- function(resource) {
      fields <- resource$schema$fields
      kinds <- vapply(fields, function(field) classes[[field$type]], "")
      read.csv(file.path(folder, resource$path), colClasses = kinds, na.strings = "", check.names = FALSE,
               fileEncoding = "UTF-8")
    }

    # The column of an index: index.NAME if the table has another column NAME.
    labels_of <- function(table, index) {
      own <- paste0("index.", index)
      table[[if (own %in% names(table)) own else index]]
    }

    tables <- lapply(package$resources, load_table)
    names(tables) <- vapply(package$resources, `[[`, "", "name")
    sapply(tables, dim)
    """
  }

  var checks: CodeText {
    """
    for (resource in package$resources)
      stopifnot(file.size(file.path(folder, resource$path)) == resource$bytes)
    # SHA-256 needs R 4.5 or later.
    if (exists("sha256sum", asNamespace("tools")))
      for (resource in package$resources)
        stopifnot(paste0("sha256:", getFromNamespace("sha256sum", "tools")(file.path(folder, resource$path))) == resource$hash)

    summary <- tables$summary
    key <- summary[\(list(["output"] + (notebook.isConditioned ? ["conditioning"] : []) + notebook.indexes))]
    levels <- c("p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99")
    stopifnot(
      !duplicated(key), summary$draws == package$loadcast$draws,
      apply(summary[levels], 1, function(row) !is.unsorted(row, na.rm = TRUE)),
      identical(tables$quantiles$value[tables$quantiles$probability == 0.5], summary$p50),
      sum(tables$histogram$count) == sum(summary$draws - summary$non_finite))
    cat(length(package$resources), "tables,", nrow(summary), "cells: all checks hold")
    """
  }

  var figures: CodeText {
    """
    \(current("summary", "shown"))
    shown[\(list(["output"] + notebook.indexes + ["unit", "p05", "p50", "p95"]))]
    """
  }

  var fans: CodeText {
    """
    \(pairs("fans", notebook.fans))
    \(current("quantiles", "shown"))
    par(mfrow = c(ceiling(length(fans) / 2), min(2, length(fans))), mar = c(4, 4, 2, 1))
    for (fan in fans) {
      rows <- shown[shown$output == fan[1], ]
      at <- as.numeric(labels_of(rows, fan[2]))
      level <- function(p) rows$value[rows$probability == p]
      x <- at[rows$probability == 0.5]
      plot(range(x), range(0, level(0.05), level(0.95)), type = "n", main = words[[fan[1]]], xlab = fan[2], ylab = rows$unit[1])
      for (band in list(c(0.05, 0.95), c(0.25, 0.75)))
        polygon(c(x, rev(x)), c(level(band[1]), rev(level(band[2]))), col = "#0072b240", border = NA)
      lines(x, level(0.5), col = "#00415f", lwd = 2)
    }
    """
  }

  var scalars: CodeText {
    """
    scalars <- \(list(notebook.scalars))
    \(current("histogram", "bins"))
    \(current("summary", "shown"))
    par(mfrow = c(ceiling(length(scalars) / 2), min(2, length(scalars))), mar = c(4, 4, 2, 1))
    for (output in scalars) {
      rows <- bins[bins$output == output, ]
      values <- shown[shown$output == output, ]
      # Tails beyond the 1st and 99th percentile are omitted: they could hide the rest.
      inside <- rows[rows$high >= values$p01 & rows$low <= values$p99, ]
      density <- ifelse(is.na(inside$density), 0, inside$density)
      plot(range(inside$low, inside$high), c(0, max(density, 1e-300)), type = "n", main = words[[output]], ylab = "density",
           xlab = paste0(values$unit, ", 1st to 99th percentile"))
      rect(inside$low, 0, inside$high, density, col = "#0072b266", border = NA)
      abline(v = values$p50, col = "#00415f", lwd = 2)
      abline(v = c(values$p05, values$p95), col = "#00415f", lty = 2)
    }
    """
  }

  var intervals: CodeText {
    """
    \(pairs("by_label", notebook.intervals))
    \(current("summary", "shown"))
    par(mfrow = c(ceiling(length(by_label) / 2), min(2, length(by_label))), mar = c(4, 8, 2, 1))
    for (pair in by_label) {
      rows <- shown[shown$output == pair[1], ]
      at <- rev(seq_len(nrow(rows)))
      plot(range(rows$p05, rows$p95), range(at), type = "n", yaxt = "n", main = words[[pair[1]]], xlab = rows$unit[1], ylab = "")
      axis(2, at, labels_of(rows, pair[2]), las = 1)
      segments(rows$p05, at, rows$p95, at, col = "#0072b280", lwd = 4)
      points(rows$p50, at, pch = 19, col = "#00415f")
    }
    """
  }

  var comparisons: CodeText {
    let code: CodeText = """
      \(current("comparisons", "compared"))
      compared <- compared[vapply(compared, function(column) !all(is.na(column)), NA)]
      indexes <- setdiff(names(compared)[seq_len(match("reference", names(compared)) - 1)], c("output", "unit", "conditioning"))
      \(notebook.comparedOver.map(chosen) ?? "plotted <- compared")
      plotted <- head(plotted[plotted$ratio_p05 > 0 & is.finite(plotted$ratio_p95), ], 40)
      named <- function(row) paste(na.omit(c(paste(plotted$output[row], "/", plotted$reference[row]), unlist(plotted[row, indexes]))), collapse = ", ")
      at <- rev(seq_len(nrow(plotted)))
      par(mfrow = c(1, 1), mar = c(4, 20, 1, 1))
      plot(range(1, plotted$ratio_p05, plotted$ratio_p95), range(at), type = "n", log = "x", yaxt = "n", ylab = "",
           xlab = "output over reference: 90 % interval and median")
      axis(2, at, vapply(seq_len(nrow(plotted)), named, ""), las = 1, cex.axis = 0.7)
      segments(plotted$ratio_p05, at, plotted$ratio_p95, at, col = "#d55e0080", lwd = 4)
      points(plotted$ratio_p50, at, pch = 19, col = "#8a3d00")
      abline(v = 1)
      \(notebook.comparedOver.map(chances) ?? "")
      compared
      """
    return code.withoutEmptyLines
  }

  /// The rows of a comparison chart: three of each comparison over a numeric index.
  private func chosen(_ index: String) -> CodeText {
    """
    order <- as.numeric(labels_of(compared, \(index)))
    levels_of_order <- sort(unique(order))
    ends <- levels_of_order[c(1, length(levels_of_order) %/% 2 + 1, length(levels_of_order))]
    plotted <- compared[is.na(order) | order %in% ends, ]
    """
  }

  /// The probability that an output exceeds its reference, over a numeric index.
  private func chances(_ index: String) -> CodeText {
    """
    par(mar = c(4, 4, 1, 1))
    rest <- setdiff(indexes, c(\(index), paste0("index.", \(index))))
    groups <- apply(compared[c("output", "reference", rest)], 1, function(row) paste(na.omit(row), collapse = " / "))
    shown <- head(unique(groups[!is.na(order)]), 8)
    plot(range(order, na.rm = TRUE), 0:1, type = "n", xlab = \(index), ylab = "probability of being greater")
    for (number in seq_along(shown)) {
      rows <- groups == shown[number] & !is.na(order)
      lines(order[rows], compared$probability_exceeds[rows], type = "o", pch = 20, col = number)
    }
    abline(h = 0.5)
    legend("topleft", shown, col = seq_along(shown), lty = 1, cex = 0.7, bty = "n")
    """
  }

  var verdicts: CodeText {
    """
    tables$verdicts[c("holds", "claim", "verdict", "probability")]
    """
  }

  var routes: CodeText {
    """
    tables$routes[setdiff(names(tables$routes), c("mean_standard_error", "min", "max", "draws", "non_finite", "sd", "p01", "p10", "p25", "p75", "p90", "p99"))]
    """
  }

  var assumptions: CodeText {
    """
    text <- function(value) if (is.null(value)) "" else as.character(value)
    register <- do.call(rbind, lapply(record$inputs, function(item) do.call(rbind, lapply(item$values, function(value)
      data.frame(
        input = item$name, labels = paste(unlist(value$labels), collapse = " "), value = value$value, unit = item$unit,
        quality = text(if (is.null(value$quality)) item$quality else value$quality),
        source = text(if (is.null(value$source)) item$source else value$source))))))
    register
    """
  }

  /// The rows of a table given the observations, if there are any.
  private func current(_ table: CodeText, _ variable: CodeText) -> CodeText {
    notebook.isConditioned
      ? "\(variable) <- tables$\(table)[tables$\(table)$conditioning == \"posterior\", ]"
      : "\(variable) <- tables$\(table)"
  }

  private func pairs(_ variable: CodeText, _ pairs: [(output: String, index: String)]) -> CodeText {
    let items: [CodeText] = pairs.map { "c(\($0.output), \($0.index))" }
    return "\(variable) <- list(\(CodeText(separated: items, by: ", ")))"
  }

  private func list(_ texts: [String]) -> CodeText {
    "c(\(CodeText(separated: texts.map { CodeText(escaping: $0) }, by: ", ")))"
  }
}

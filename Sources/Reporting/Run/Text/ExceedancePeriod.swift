import Modeling
import Simulation

/// The labels of a numeric index, such as years, at which an output is more likely than not above a reference.
struct ExceedancePeriod {
  /// The output's labels of the other indexes.
  let labels: [String]
  /// The reference as written, with the labels of indexes that only it has.
  let reference: String
  /// Ranges of labels: `from 2027 on`, `in 2022`, `from 2020 to 2024`; empty if it never is.
  let periods: [String]

  /// `more likely than not above argentina from 2027 on`
  var sentence: String {
    let place = labels.isEmpty ? "" : "\(labels.joined(separator: ", ")): "
    return periods.isEmpty
      ? "\(place)never more likely than not above \(reference)"
      : "\(place)more likely than not above \(reference) \(periods.joined(separator: ", "))"
  }

  /// `more likely than not above it from 2027 on`
  var shortSentence: String {
    periods.isEmpty
      ? "never more likely than not above it" : "more likely than not above it \(periods.joined(separator: ", "))"
  }

  /// The exceedance periods of a comparison, one for each series of rows along the output's last numeric index; none if
  /// the output has no such index with at least two labels.
  static func all(of rows: [ComparisonRow], _ comparison: Comparison, in space: CellSpace, of model: Model)
    -> [ExceedancePeriod]
  {
    guard let axis = space.indexes.lastIndex(where: { model[$0].isNumeric }), space.extents[axis] > 1 else { return [] }
    var order: [String] = []
    var series: [String: [ComparisonRow]] = [:]
    var places: [String: (labels: [String], reference: String)] = [:]
    for row in rows {
      var labels = model.words(ofCell: row.cell, in: space)
      labels.remove(at: axis)
      let reference = ComparisonText.reference(comparison, row.referenceLabels, in: model)
      let key = (labels + [reference]).joined(separator: "\u{1F}")
      if series[key] == nil { order.append(key) }
      series[key, default: []].append(row)
      places[key] = (labels, reference)
    }
    return order.map { key in
      ExceedancePeriod(
        labels: places[key]?.labels ?? [], reference: places[key]?.reference ?? comparison.text,
        periods: periods(of: series[key] ?? []) { model.words(ofCell: $0.cell, in: space)[axis] })
    }
  }

  /// The ranges of consecutive rows in which the output is more likely than not above, in order.
  static func periods(of rows: [ComparisonRow], label: (ComparisonRow) -> String) -> [String] {
    var periods: [String] = []
    var row = 0
    while row < rows.count {
      let next = rows[row...].firstIndex { !($0.exceeds.value > 0.5) } ?? rows.count
      if next == rows.count, next > row {
        periods.append("from \(label(rows[row])) on")
      } else if next > row {
        periods.append(
          next == row + 1 ? "in \(label(rows[row]))" : "from \(label(rows[row])) to \(label(rows[next - 1]))")
      }
      row = next + 1
    }
    return periods
  }
}

import Diagnostics
import Modeling

/// Reads the required accuracy of a run: `0.5%`, `p95=1%`, `electricity=0.5%`, `electricity.p95=1%`.
struct ToleranceReader {
  let context: CheckContext

  /// The tolerance of a text; an error is reported at its place.
  func tolerance(_ text: String, at place: SourcePlace?) -> Tolerance? {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map { $0.trimmingCharacters(of: " ") }
    guard (1...2).contains(parts.count), let last = parts.last, let share = Self.share(last) else {
      context.report(.invalidTolerance(found: text), at: place)
      return nil
    }
    guard parts.count == 2 else { return Tolerance(statistic: .mean, share: share, text: text) }
    let outputs = context.parsed.outputs.map(\.name)
    if let statistic = Tolerance.Statistic(named: parts[0]) {
      return Tolerance(statistic: statistic, share: share, text: text)
    }
    if outputs.contains(parts[0]) { return Tolerance(output: parts[0], statistic: .mean, share: share, text: text) }
    // Split at the last dot, because the name of a quantile may contain one, as `p97.5`; names of outputs cannot.
    if let dot = parts[0].firstIndex(of: ".") {
      let (output, name) = (String(parts[0][..<dot]), String(parts[0][parts[0].index(after: dot)...]))
      guard outputs.contains(output) else {
        context.report(
          .toleranceOfUnknownOutput(output, outputs: outputs, nearest: context.nearest(to: output, among: outputs)),
          at: place)
        return nil
      }
      guard let statistic = Tolerance.Statistic(named: name) else {
        context.report(
          .toleranceOfUnknownStatistic(
            name, statistics: Tolerance.Statistic.names,
            nearest: context.nearest(to: name, among: Tolerance.Statistic.names)),
          at: place)
        return nil
      }
      return Tolerance(output: output, statistic: statistic, share: share, text: text)
    }
    let names = Tolerance.Statistic.names + outputs
    context.report(
      .toleranceOfUnknownName(parts[0], names: names, nearest: context.nearest(to: parts[0], among: names)), at: place)
    return nil
  }

  /// A fraction above 0 and below 1: `0.5%`, `0.005`.
  private static func share(_ text: String) -> Double? {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text), number.isFinite else { return nil }
    let share = isPercent ? number / 100 : number
    return share > 0 && share < 1 ? share : nil
  }
}

extension Substring {
  /// The text without this character at its ends.
  fileprivate func trimmingCharacters(of character: Character) -> String {
    String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
  }
}

import ArgumentParser
import Modeling

/// The width of the intervals that a command shows.
struct IntervalOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Show intervals that contain this share of the draws, such as 80%; by default 90%. The screen, the report and charts have "
        + "them; tables have the same percentiles for every choice.",
      valueName: "share"),
    transform: IntervalOptions.width)
  var interval: IntervalWidth?

  /// `80%`, `80 %` or `0.8`.
  static func width(_ text: String) throws -> IntervalWidth {
    let isPercent = text.hasSuffix("%")
    let digits = (isPercent ? String(text.dropLast()) : text).trimmed
    let isNumber = !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
    guard isNumber, let number = Double(digits), let width = IntervalWidth(share: isPercent ? number / 100 : number)
    else {
      throw UsageProblem.error(.notIntervalWidth(text, available: IntervalWidth.available.map { "\($0.percent)%" }))
    }
    return width
  }
}

import Simulation

extension NumberText {
  /// A probability in percent, never as 0 % or 100 % merely because no draw was on the other side.
  ///
  /// It has two significant digits of the smaller of p and 1 - p, or fewer if the standard error requires it: `12 %`,
  /// `0.3 %`, `99.96 %`. If no draw (or every draw) satisfied the condition, the bound is the power of ten above `3/n`,
  /// the upper end of a 95 % interval (Hanley & Lippman-Hand 1983, doi:10.1001/jama.1983.03330370053031): `below 0.001
  /// %` for a million draws.
  ///
  /// - Parameters:
  ///   - estimate: the probability with its error.
  ///   - digits: maximum significant digits of the smaller of p and 1 - p.
  ///   - draws: the number of finite draws behind the probability.
  package static func probability(_ estimate: Estimate, digits: Int = 2, draws: Int) -> String {
    let p = estimate.value
    guard p.isFinite, draws > 0 else { return "unknown" }
    let unseen = place(ofError: 300 / Double(draws)) ?? 0
    if p <= 0 { return bound("below", unseen) }
    if p >= 1 { return bound("above", unseen) }
    let percent = p * 100
    guard let rarer = DecimalDigits(min(percent, 100 - percent)), let decimal = DecimalDigits(percent) else {
      return "unknown"
    }
    let wanted = rarer.leadingPlace - digits + 1
    let last = max(wanted, place(ofError: estimate.error * 100) ?? wanted)
    guard last < 2 else {
      return "~" + decimal.rounded(toPlace: decimal.leadingPlace).plain(downTo: decimal.leadingPlace) + " %"
    }
    let rounded = decimal.rounded(toPlace: last)
    if rounded.isZero { return bound("below", last) }
    if rounded == DecimalDigits(100) { return bound("above", last) }
    return rounded.plain(downTo: last) + " %"
  }

  private static func bound(_ word: String, _ place: Int) -> String {
    // Fewer than three draws give no bound.
    guard place < 2, let power = DecimalDigits(1) else { return "unknown" }
    var least = power
    least.leadingPlace = place
    if word == "below" { return "below \(least.plain(downTo: place)) %" }
    // 100 minus a power of ten is 90, or 99.9…9.
    if place == 1 { return "above 90 %" }
    return "above 99" + (place < 0 ? "." + String(repeating: "9", count: -place) : "") + " %"
  }
}

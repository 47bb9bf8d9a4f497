import TextFormats

/// Formatting of numbers within the text of a distribution.
enum DistributionText {
  /// The shortest text that reads back as the same number, without a needless `.0`.
  static func number(_ x: Double) -> String { x.exactText }
}

extension DistributionFamily {
  /// The distribution as an analyst would write it: `triangular(1, 2, 5)`, `beta(alpha=4, beta=6)`.
  ///
  /// Locations and scales are positional; from the first other argument on, all are named. Arguments at their defaults
  /// are omitted. Numbers have all their digits, so that the text identifies the distribution.
  package var description: String {
    var parts: [String] = []
    var named = false
    for (parameter, value) in zip(Self.parameterisations[0].parameters, arguments) {
      let onAxis = parameter.role == .location || parameter.role == .scale
      if value == parameter.defaultValue {
        named = true
        continue
      }
      named = named || !onAxis
      parts.append(named ? "\(parameter.name)=\(DistributionText.number(value))" : DistributionText.number(value))
    }
    return "\(Self.name)(\(parts.joined(separator: ", ")))"
  }
}

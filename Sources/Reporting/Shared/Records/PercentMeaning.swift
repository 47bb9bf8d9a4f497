import Distributions
import Modeling
import Units

/// The meaning of a percentage among plain numbers: `normal(10, 20%)` has a standard deviation of 0.2, not of a fifth
/// of 10.
///
/// 20 % is the number 0.2 wherever it is written. As a location or scale of a distribution whose other locations and
/// scales are plain numbers, it is easily misread as a share of those, so the register adds the number.
enum PercentMeaning {
  /// A stated value, with a remark if one is needed: `normal(10, 20%), where sd is 0.2`.
  ///
  /// - Parameters:
  ///   - value: the value as written.
  ///   - unit: the quantity's unit; that of a value with a percent sign may be `%` by inference.
  ///   - median: the median in base units, if known; it shows whether plain numbers are in the unit.
  static func text(of value: String, in unit: Unit, median: @autoclosure () -> Double?) -> String {
    guard unit.dimension == Unit.one.dimension, value.contains("%") else { return value }
    let median = median()
    // Plain numbers of a quantity whose declared unit is percent are percentages themselves.
    func isPure(_ number: Double) -> Bool {
      if unit.scale == 1 { return true }
      guard let median else { return false }
      return abs(median - number) < abs(median - number * unit.scale)
    }
    let remarks = remarks(on: value, isPure)
    return remarks.isEmpty ? value : "\(value), where \(remarks.joined(separator: " and "))"
  }

  /// `sd is 0.2`, for each percentage among plain numbers.
  private static func remarks(on value: String, _ isPure: (Double) -> Bool) -> [String] {
    guard let call = call(in: value) else { return [] }
    let arguments = arguments(of: call.arguments)
    guard let family = DistributionCatalogue.family(named: call.name) else {
      // A distribution within another: truncate, mixture.
      return arguments.flatMap { remarks(on: $0, isPure) }
    }
    var percentages: [(name: String, value: Double)] = []
    var hasPlain = false
    for (position, argument) in arguments.enumerated() {
      let parts = argument.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces }
      let parameter = parameter(
        parts.count == 2 ? parts[0] : nil, position: position, of: arguments.count, in: family.parameterisations)
      guard let parameter, parameter.role == .location || parameter.role == .scale, let number = parts.last else {
        continue
      }
      if number.hasSuffix("%") {
        guard let percent = Double(number.dropLast().trimmingSpaces), percent != 0 else { continue }
        percentages.append((parameter.name, percent / 100))
      } else {
        hasPlain = hasPlain || Double(number).map { $0 != 0 && isPure($0) } == true
      }
    }
    return hasPlain ? percentages.map { "\($0.name) is \(NumberText.significant($0.value, digits: 15))" } : []
  }

  /// The name and the text between the brackets of a call on one line; nil if the text is something else.
  private static func call(in value: String) -> (name: String, arguments: String)? {
    let text = value[...].trimmingSpaces
    let name = text.prefix { $0 == "_" || ("a"..."z").contains($0) }
    let rest = text[name.endIndex...]
    guard !name.isEmpty, rest.first == "(", rest.last == ")", rest.count > 1, !text.contains(where: \.isNewline) else {
      return nil
    }
    return (String(name), String(rest.dropFirst().dropLast()))
  }

  /// The parameter of an argument, in the first parameterisation that has it.
  private static func parameter(
    _ name: String?, position: Int, of count: Int, in ways: [Parameterisation]
  ) -> Parameter? {
    for way in ways where way.parameters.count >= count {
      if let name {
        if let found = way.parameters.first(where: { $0.name == name }) { return found }
      } else if way.parameters.indices.contains(position) {
        return way.parameters[position]
      }
    }
    return nil
  }

  /// The arguments of a call, separated at commas outside brackets.
  private static func arguments(of text: String) -> [String] {
    var (arguments, depth) = ([""], 0)
    for character in text {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if character == ",", depth == 0 {
        arguments.append("")
      } else {
        arguments[arguments.count - 1].append(character)
      }
    }
    return arguments.map { $0[...].trimmingSpaces }
  }
}

extension Substring {
  /// The text without spaces at its ends.
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

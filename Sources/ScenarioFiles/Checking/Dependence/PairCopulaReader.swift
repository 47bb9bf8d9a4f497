import Diagnostics
import Distributions
import Modeling

/// Reads a copula of two inputs: its strength, as Kendall's correlation or as its parameter, and its rotation.
struct PairCopulaReader {
  let context: CheckContext
  let fields: Fields
  let place: SourcePlace

  /// The copula, and a line for reports; nil if an error was reported.
  func copula(_ family: any PairCopula.Type, _ inputs: [QuantityID]) -> (copula: RotatedCopula, text: String)? {
    guard inputs.count == 2 else {
      context.report(.pairCopulaCount(family.name, count: inputs.count), at: fields["inputs"]?.value.place)
      return nil
    }
    for key in ["rank", "normal", "matrix", "measure", "df", "repair"] {
      guard let entry = fields[key] else { continue }
      context.report(.pairCopulaKey(family.name, key: key), at: entry.keyPlace)
      return nil
    }
    guard let turn = turn(), let copula = strength(family, turn) else { return nil }
    return (copula, text(copula, family, inputs))
  }

  private func turn() -> Int? {
    guard let entry = fields["rotation"] else { return 0 }
    guard let turn = entry.value.text.flatMap(Int.init), RotatedCopula.turns.contains(turn) else {
      context.report(.rotation(found: entry.value.kindInWords), at: entry.value.span)
      return nil
    }
    return turn
  }

  private func strength(_ family: any PairCopula.Type, _ turn: Int) -> RotatedCopula? {
    switch (fields["kendall"], fields["theta"]) {
    case (let kendall?, nil): return fromKendall(family, turn, kendall)
    case (nil, let theta?): return fromTheta(family, turn, theta)
    default:
      context.report(
        .pairStrength(
          family.name, isMissing: fields["theta"] == nil,
          theta: MessageText.number(MessageText.rounded(family.theta(kendall: 0.4)))),
        at: place)
      return nil
    }
  }

  private func fromKendall(_ family: any PairCopula.Type, _ turn: Int, _ entry: Node.Entry) -> RotatedCopula? {
    let range = family.kendalls
    guard let kendall = entry.value.text.flatMap(Double.init), kendall.isFinite else {
      context.report(.strengthNotNumber("kendall", found: entry.value.kindInWords), at: entry.value.span)
      return nil
    }
    var turn = turn
    let isQuarter = turn == 90 || turn == 270
    if kendall < 0, !isQuarter, family.hasNoTailDependence {
      // Without tail dependence there is only one negative form.
      turn = 270
    } else if kendall != 0, (kendall < 0) != isQuarter {
      let number = MessageText.number(kendall)
      context.report(
        isQuarter
          ? .positiveKendall(family.name, rotation: turn, found: number, suggestion: MessageText.number(-kendall))
          : .negativeKendall(family.name, found: number, advice: Self.quarterTurns(family)),
        at: entry.value.span)
      return nil
    }
    guard range.contains(kendall.magnitude) else {
      context.report(
        .kendallOutOfRange(
          family.name, low: MessageText.number(range.low), high: MessageText.number(range.high),
          found: MessageText.number(kendall), isZero: kendall == 0),
        at: entry.value.span)
      return nil
    }
    return RotatedCopula(family.init(theta: family.theta(kendall: kendall.magnitude)), turn: turn)
  }

  private func fromTheta(_ family: any PairCopula.Type, _ turn: Int, _ entry: Node.Entry) -> RotatedCopula? {
    guard var theta = entry.value.text.flatMap(Double.init), theta.isFinite else {
      context.report(.strengthNotNumber("theta", found: entry.value.kindInWords), at: entry.value.span)
      return nil
    }
    var turn = turn
    if theta < 0, turn == 0, family.hasNoTailDependence { (theta, turn) = (-theta, 270) }
    let ends = (family.theta(kendall: family.kendalls.low), family.theta(kendall: family.kendalls.high))
    // A written parameter may be the rounded end of the range.
    guard theta >= ends.0 * (1 - 1e-9), theta <= ends.1 * (1 + 1e-9) else {
      context.report(
        .thetaOutOfRange(
          family.name,
          low: (MessageText.number((ends.0 * 1e4).rounded() / 1e4), MessageText.number(family.kendalls.low)),
          high: (MessageText.number(ends.1.rounded()), MessageText.number(family.kendalls.high)),
          found: MessageText.number(theta)),
        at: entry.value.span)
      return nil
    }
    return RotatedCopula(family.init(theta: theta), turn: turn)
  }

  private static func quarterTurns(_ family: any PairCopula.Type) -> String {
    let turned = [90, 270].map { turn in
      let tail = RotatedCopula(family.init(theta: family.theta(kendall: 0.4)), turn: turn).tails.first
      return "`rotation: \(turn)`" + (tail.map { " (\($0.first.rawValue) with \($0.second.rawValue))" } ?? "")
    }
    return Problem.negativeRotations(turned)
  }

  /// `clayton copula, kendall 0.4 (theta 1.333), low a with low b in 59 % of the tail`
  private func text(_ copula: RotatedCopula, _ family: any PairCopula.Type, _ inputs: [QuantityID]) -> String {
    let turn = copula.turn == 0 || family.hasNoTailDependence ? "" : " turned by \(copula.turn)"
    let tails = copula.tails.map { tail in
      "\(tail.first.rawValue) \(context[inputs[0]].name) with \(tail.second.rawValue) \(context[inputs[1]].name), "
        + "tail dependence \(MessageText.short(tail.dependence))"
    }
    return
      ([
        "\(family.name) copula\(turn), kendall \(MessageText.short(copula.kendall)) (theta \(MessageText.short(copula.base.theta)))"
      ]
      + tails).joined(separator: ", ")
  }
}

extension PairCopula {
  /// Whether it has no tail dependence, so that its rotations differ only in sign.
  static var hasNoTailDependence: Bool {
    let tails = Self(theta: theta(kendall: 0.4)).tailDependence
    return tails.lower == 0 && tails.upper == 0
  }
}

import Simulation

/// Sentences on draws that were not finite: their number and the first quantity that was not finite.
struct FailureText {
  let failures: [Failure]
  /// The draws of the run.
  let draws: Int

  /// One line for all cells of an output that failed in the same part of a formula.
  var lines: [String] {
    var groups: [[Failure]] = []
    var places: [[String]: Int] = [:]
    for failure in failures {
      // Failures without a formula are reported cell by cell.
      let key = [failure.output, failure.formula ?? "\u{0}" + failure.cellName, failure.operation?.name ?? ""]
      if let place = places[key] {
        groups[place].append(failure)
      } else {
        places[key] = groups.count
        groups.append([failure])
      }
    }
    return groups.compactMap(line)
  }

  private func line(_ group: [Failure]) -> String? {
    // The cell with the most failures; the first of them in case of a tie.
    guard let worst = group.indices.max(by: { (group[$0].count, -$0) < (group[$1].count, -$1) }).map({ group[$0] })
    else { return nil }
    let others = group.count - 1
    let isOne = worst.count == 1 && others == 0
    let (were, are) = isOne ? ("was", "is") : ("were", "are")
    let rest =
      others == 0 ? "" : ", and at most as many of \(others) other \(others == 1 ? "cell" : "cells") of \(worst.output)"
    return "\(worst.count) of \(NumberText.count(draws)) draws of \(worst.cellName) \(were) not finite and \(are) "
      + "excluded\(rest); first in draw \(worst.firstDraw): \(Self.cause(of: worst))"
  }

  /// `0 / 0 in `b / b``, with the cell if it differs from the output's cell.
  static func cause(of failure: Failure) -> String {
    guard let operation = failure.operation else { return "\(failure.culprit) was not finite" }
    let text = Self.text(operation)
    let place = failure.formula.map { $0 == text ? text : "\(text) in `\($0)`" } ?? text
    return failure.culprit == failure.cellName ? place : "\(failure.culprit) was not finite: \(place)"
  }

  /// An operation with its operands: `0 / 0`, `log(-0.51)`, `the sum of 12 values`.
  static func text(_ operation: FailedOperation) -> String {
    let operands = operation.operands.map { operand in
      let rounded = NumberText.significant(operand.value)
      // Without trailing zeros: a written 2 is exact, and zeros would suggest a measured value.
      let number = Double(rounded).map(NumberText.exact) ?? rounded
      return operand.unit.isEmpty || operand.value == 0 ? number : "\(number) \(operand.unit)"
    }
    if operation.isInfix, operands.count == 2 {
      let sides = zip(operands, operation.operands).map { $1.value < 0 ? "(\($0))" : $0 }
      return "\(sides[0]) \(operation.name) \(sides[1])"
    }
    if operands.isEmpty { return operation.name }
    return operands.count <= 4
      ? "\(operation.name)(\(operands.joined(separator: ", ")))" : "\(operation.name) of \(operands.count) values"
  }
}

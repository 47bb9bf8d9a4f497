import Modeling

extension Plan: CustomStringConvertible {
  /// The instructions for a block of draws, one per line: `r3 = multiply r1 r2`. `PlanNotation` explains the forms.
  var description: String {
    var lines = [
      "\(code.body.count) instructions for \(code.executionBlock) draws; \(code.narrowCount) registers of "
        + "\(code.narrowStride * 8) bytes, \(code.wideCount) wide columns of \(BlockProgram.wideStride * 8) bytes"
    ]
    lines += code.constants.map { "\(name($0.column)) = \($0.number)" }
    if !code.prologue.isEmpty { lines += ["once a block of addresses:"] + code.prologue.map { line($0) } }
    lines += ["for every block of draws:"] + code.body.map { line($0) }
    if !code.epilogue.isEmpty { lines += ["once a block of addresses:"] + code.epilogue.map { line($0) } }
    return lines.joined(separator: "\n")
  }

  private func name(_ column: Int32) -> String {
    let column = Int(column)
    return column < code.wideCount ? "w\(column)" : "r\(column - code.wideCount)"
  }

  private func line(_ i: Instruction) -> String {
    let listed = code.operands[Int(i.list)..<Int(i.list + i.count + i.secondCount)].map { name($0) }
    let (first, second) = (listed.prefix(Int(i.count)), listed.dropFirst(Int(i.count)))
    let text: String
    switch i.kind {
    case .uniform: text = "probability of \(coordinateNames[Int(i.index)])"
    case .scores:
      let component = Int(i.index)
      let names = members[component].map { coordinateNames[$0.position] }
      let last = name(i.out + Int32(names.count) - 1)
      return "  \(name(i.out))...\(last) = scores of \(names.joined(separator: ", "))"
    case .unary: text = "\(i.unary) \(name(i.a))"
    case .binary: text = "\(i.binary) \(name(i.a)) \(name(i.b))"
    case .binaryScalar: text = "\(i.binary) \(name(i.a)) \(i.scalar)"
    case .scalarBinary: text = "\(i.binary) \(i.scalar) \(name(i.b))"
    case .affine: text = "\(i.scalar) * \(name(i.a)) + \(i.shift)"
    case .wholePower: text = "\(name(i.a)) ^ \(i.index)"
    case .product:
      let numerators = ["\(i.scalar)"] + first
      text = numerators.joined(separator: " * ") + (second.isEmpty ? "" : " / (\(second.joined(separator: " * ")))")
    case .sum: text = (["\(i.shift)"] + first).joined(separator: " + ")
    case .weightedSum:
      let terms = first.enumerated().map { "\(code.weights[Int(i.weights) + $0]) * \($1)" }
      text = (["\(i.shift)"] + terms).joined(separator: " + ")
    case .dot:
      let terms = zip(first, second).enumerated().map { place, pair in
        let weight = code.weights[Int(i.weights) + place]
        return (weight == 1 ? "" : "\(weight) * ") + "\(pair.0) * \(pair.1)"
      }
      text = (["\(i.shift)"] + terms).joined(separator: " + ")
    case .select: text = "if \(name(i.a)) then \(name(i.b)) else \(name(i.c))"
    case .quantileTable, .scoreTable: text = "table \(i.index) at \(name(i.a))"
    case .steps: text = "steps \(i.index) at \(name(i.a))"
    case .conditional:
      let conditional = code.conditionals[Int(i.index)]
      text = "\(conditional.copula) copula of \(conditional.theta) at \(name(i.b)), given \(name(i.a))"
    case .varyingDistribution:
      text = "\(varyingDistributions[Int(i.index)]) of \(first.joined(separator: ", ")), draw by draw"
    case .call: text = "\(functions[Int(i.index)].name)(\(first.joined(separator: ", ")))"
    case .summary: return "  summarise \(name(i.a)) as output cell \(i.index)"
    case .ratio: return "  count \(name(i.a)) as ratio \(i.index)"
    case .positive: return "  count where \(name(i.a)) > 0 as excess \(i.index)"
    case .moments: return "  sum \(name(i.a)) and its squares as moments \(i.index)"
    case .keep: return "  keep \(name(i.a)) as \(i.index)"
    case .copy: text = name(i.a)
    case .loop: text = loops[Int(i.index)].text(operands: first.map { $0 })
    }
    return "  \(name(i.out)) = \(text)"
  }
}

extension CellLoop {
  /// The loop in words: its reduction, its extents, the formula of a cell, and the leaves with their first and last column.
  fileprivate func text(operands: [String]) -> String {
    let kind =
      switch reduction {
      case .sum(let weight):
        Double(bitPattern: weight) == 1 ? "sum" : "\(Double(bitPattern: weight)) * sum"
      case .extreme(let operation): "\(operation)"
      }
    let read = leaves.enumerated().map { number, leaf in
      let (from, to) = (operands[leaf.first], operands[leaf.first + leaf.count - 1])
      return "v\(number) = \(from == to ? from : "\(from)...\(to)")"
    }
    let made = nodes.enumerated().map { "v\(leaves.count + $0) = \($1.loopText)" }
    return "\(kind) over \(extents.map(String.init).joined(separator: " x ")) cells of v\(root.index): "
      + (read + made).joined(separator: ", ")
  }
}

extension GraphNode {
  /// A node of a loop, whose operands are numbers.
  fileprivate var loopText: String {
    var operands: [String] = []
    forEachOperand { operands.append("v\($0.index)") }
    let list = operands.joined(separator: ", ")
    return switch self {
    case .constant(let bits, _): "\(Double(bitPattern: bits))"
    case .unary(let operation, _): "\(operation)(\(list))"
    case .binary(let operation, _, _): "\(operation)(\(list))"
    case .wholePower(_, let exponent): "\(list) ^ \(exponent)"
    case .product(let scale, let numerators, let denominators):
      ([Double(bitPattern: scale)].filter { $0 != 1 || numerators.isEmpty }.map { "\($0)" }
        + numerators.map { "v\($0.index)" }).joined(separator: " * ")
        + (denominators.isEmpty ? "" : " / (\(denominators.map { "v\($0.index)" }.joined(separator: " * ")))")
    case .linear(let shift, let weights, let terms):
      (["\(Double(bitPattern: shift))"]
        + zip(weights, terms).map { "\(Double(bitPattern: $0)) * v\($1.index)" }).joined(separator: " + ")
    case .select: "if(\(list))"
    default: list
    }
  }
}

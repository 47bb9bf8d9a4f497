/// Explains the forms in which `Plan.description` prints instructions.
enum PlanNotation {
  /// The forms that occur in a plan, and the rules by which it was simplified.
  ///
  /// - Parameter rules: the rules that were switched off.
  static func text(of plan: Plan, without rules: Set<SimplificationRule>) -> String {
    let code = plan.code
    let used = Set((code.prologue + code.body + code.epilogue).map { form(of: $0.kind).example })
    var columns = [("r0", "a register: a column with a number for each draw of a block, reused after its last reader")]
    if code.wideCount > 0 {
      columns.append(("w0", "a wide column, which is not reused"))
    }
    var forms = columns
    for kind in Instruction.Kind.allCases {
      let form = form(of: kind)
      if used.contains(form.example), !forms.contains(where: { $0.0 == form.example }) { forms.append(form) }
    }
    let rules = SimplificationRule.allCases.map { rule in
      (rules.contains(rule) ? "\(rule.name), off" : rule.name, rule.summary)
    }
    return """
      Notation
      \(table(forms))

      Simplification rules, in order of application (disable one with --without NAME)
      \(table(rules))
      """
  }

  /// Two columns, indented.
  private static func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "  \($0)\(String(repeating: " ", count: width - $0.count))  \($1)" }.joined(separator: "\n")
  }

  /// An example of an instruction as it is printed, and its meaning.
  static func form(of kind: Instruction.Kind) -> (example: String, meaning: String) {
    switch kind {
    case .uniform: ("r0 = probability of a", "the coordinate of input a: its probability, uniform between 0 and 1")
    case .scores: ("w0...w1 = scores of a, b", "the correlated standard normal scores of inputs a and b")
    case .unary: ("r1 = exp r0", "a function of a column, draw by draw like all instructions")
    case .binary, .binaryScalar, .scalarBinary: ("r2 = divide r0 r1", "an operation on columns or numbers: r0 / r1")
    case .affine: ("r1 = 2.0 * r0 + 1.0", "a scale times a column, plus a shift")
    case .wholePower: ("r1 = r0 ^ 3", "a whole power")
    case .product: ("r3 = 2.0 * r0 * r1 / (r2)", "a product, its constant factor first, over a product")
    case .sum: ("r2 = 1.0 + r0 + r1", "a sum, its constant term first")
    case .weightedSum: ("r2 = 1.0 + 2.0 * r0 + 3.0 * r1", "a sum of multiples, its constant term first")
    case .dot: ("r4 = 1.0 + r0 * r1 + 2.0 * r2 * r3", "a sum of multiples of products of two columns")
    case .select: ("r3 = if r0 then r1 else r2", "r1 where r0 is not zero, otherwise r2; NaN where r0 is not finite")
    case .quantileTable, .scoreTable:
      ("r1 = table 0 at r0", "tabulated quantile function 0 at a probability or a normal score")
    case .steps: ("r1 = steps 0 at r0", "the quantile function of a discrete distribution at a probability")
    case .conditional:
      ("r2 = … copula of 2.0 at r1, given r0", "the quantile of a coordinate given another one, by a pair copula")
    case .varyingDistribution:
      ("r3 = … of r0, r1, r2, draw by draw", "the quantile function of a distribution with varying parameters")
    case .call: ("r2 = f(r0, r1)", "a function that has no instruction")
    case .summary: ("summarise r0 as output cell 0", "adds a column to the statistics of an output's cell")
    case .ratio: ("count r0 as ratio 0", "adds a column to the quantiles of a ratio to a reference")
    case .positive: ("count where r0 > 0 as excess 0", "counts the draws in which an output exceeds a reference")
    case .moments: ("sum r0 and its squares as moments 0", "adds a column to a mean and a standard deviation")
    case .keep: ("keep r0 as 0", "stores a column for the caller")
    case .copy: ("w0 = r0", "copies a register to a wide column")
    case .loop:
      ("r2 = sum over 64 x 64 cells of v2: …", "a sum or an extreme of a formula's cells for columns v0, v1")
    }
  }
}

import Diagnostics
import Modeling
import ScenarioFiles
import Testing

/// A tree as text with every operation in parentheses, to compare trees by.
func skeleton(_ syntax: Syntax) -> String {
  switch syntax.kind {
  case .number(let value, let unit, let isPercent):
    return "\(value)" + (isPercent ? "%" : "") + (unit.map { "<\($0.text)>" } ?? "")
  case .name(let name): return name
  case .string(let text): return "\"\(text)\""
  case .call(let name, _, let arguments):
    let list = arguments.map { ($0.name.map { skeleton($0) + "=" } ?? "") + skeleton($0.value) }
    return "\(name)(\(list.joined(separator: ", ")))"
  case .select(let base, let selections):
    let list = selections.map { selection in
      selection.index + "=" + selection.labels.map(\.text).joined(separator: "|")
        + (selection.formula.map { " as \(skeleton($0))" } ?? "")
    }
    return "\(skeleton(base))[\(list.joined(separator: ", "))]"
  case .negate(let inner): return "(-\(skeleton(inner)))"
  case .not(let inner): return "(not \(skeleton(inner)))"
  case .binary(let operation, let left, let right):
    return "(\(skeleton(left)) \(operation.rawValue) \(skeleton(right)))"
  case .conditional(let condition, let consequence, let alternative):
    return "(if \(skeleton(condition)) then \(skeleton(consequence)) else \(skeleton(alternative)))"
  case .interval(let low, let high, let width):
    return "{\(skeleton(low)) to \(skeleton(high))\(width.map { " within \(skeleton($0))" } ?? "")}"
  case .list(let items): return "[" + items.map(skeleton).joined(separator: ", ") + "]"
  case .range(let low, let high, let step, let count):
    return "{\(skeleton(low))..\(skeleton(high))\(step.map { " by \(skeleton($0))" } ?? "")"
      + "\(count.map { " in \(skeleton($0))" } ?? "")}"
  }
}

@Suite("Formulas and values have one grammar")
struct FormulaParserTests {
  static let cases: [(String, String)] = [
    // Precedence.
    ("a + b * c ^ d", "(a + (b * (c ^ d)))"), ("a - b - c", "((a - b) - c)"), ("a / b * c", "((a / b) * c)"),
    ("a ^ b ^ c", "(a ^ (b ^ c))"), ("-x^2", "(-(x ^ 2.0))"), ("2^-x^2 * y", "((2.0 ^ (-(x ^ 2.0))) * y)"),
    ("--x", "(-(-x))"), ("-a * b", "((-a) * b)"), ("(a + b) * c", "((a + b) * c)"),
    ("not a == b and c or d", "(((not (a == b)) and c) or d)"), ("a or b and c", "(a or (b and c))"),
    ("a + 1 < b * 2", "((a + 1.0) < (b * 2.0))"), ("not not a", "(not (not a))"),
    ("if a > 0 then b else c + 1", "(if (a > 0.0) then b else (c + 1.0))"),
    ("1 + if a then b else c * 2", "(1.0 + (if a then b else (c * 2.0)))"),
    ("if a then b else if c then d else e", "(if a then b else (if c then d else e))"),
    // Quantities are one token.
    ("x / 1 model * y", "((x / 1.0<model>) * y)"), ("450 W/gpu*x", "450.0<W/gpu*x>"), ("3 m^2", "3.0<m^2>"),
    ("3 m ^ 2", "(3.0<m> ^ 2.0)"), ("6 FLOP/parameter/token * params", "(6.0<FLOP/parameter/token> * params)"),
    ("if x > 3 then 5 else 6", "(if (x > 3.0) then 5.0 else 6.0)"), ("5 W/(m*K) + 1", "(5.0<W/(m*K)> + 1.0)"),
    ("450 W*(x + 1)", "(450.0<W> * (x + 1.0))"), ("3 W/ x", "(3.0<W> / x)"), ("3 s^-1", "3.0<s^-1>"),
    ("3 W-x", "(3.0<W> - x)"), ("1 - 15% / 1 year", "(1.0 - (0.15% / 1.0<year>))"), ("15%/year", "(0.15% / year)"),
    ("x[year=2023] * 2 W", "(x[year=2023 as 2023.0] * 2.0<W>)"), ("(3 W)", "3.0<W>"), ("f(3 W)", "f(3.0<W>)"),
    ("2 €/kWh", "2.0<€/kWh>"), ("inf", "inf"), ("-inf", "(-inf)"),
    // Numbers.
    ("175B parameter", "175000000000.0<parameter>"), ("1.1M", "1100000.0"), ("2k", "2000.0"), ("3T", "3000000000000.0"),
    ("1_000_000", "1000000.0"), ("1e14", "100000000000000.0"), ("1.5E-3", "0.0015"), (".5", "0.5"), ("15%", "0.15%"),
    ("0.1%", "0.001%"), ("1e3k", "1000000.0"), ("1e308", "1e+308"), ("5e-324", "5e-324"), ("0e999", "0.0"),
    // Values.
    ("550 to 700 W/gpu", "{550.0 to 700.0<W/gpu>}"), ("-5 to -2", "{(-5.0) to (-2.0)}"),
    ("1.3 to 2.0 within 80%", "{1.3 to 2.0 within 0.8%}"), ("beta(25% to 62%)", "beta({0.25% to 0.62%})"),
    ("truncate(normal(30, 7 W), low=0)", "truncate(normal(30.0, 7.0<W>), low=0.0)"),
    ("400 W * beta(4, 6)", "(400.0<W> * beta(4.0, 6.0))"), ("x * (1.1 to 1.3)", "(x * {1.1 to 1.3})"),
    ("discrete(1=30%, 2=50%, -4=20%)", "discrete(1.0=0.3%, 2.0=0.5%, (-4.0)=0.2%)"),
    ("quantiles(10%=10 W, 50%=20, low=0)", "quantiles(0.1%=10.0<W>, 0.5%=20.0, low=0.0)"),
    ("shares(us-east=60%, 7b=3, gpt-3.5=1)", "shares(us-east=0.6%, 7b=3.0, gpt-3.5=1.0)"),
    ("mixture(normal(0, 1), 3, weights=(0.3, 0.7))", "mixture(normal(0.0, 1.0), 3.0, weights=[0.3, 0.7])"),
    ("empirical(\"file.csv\", column='x y')", "empirical(\"file.csv\", column=\"x y\")"), ("f()", "f()"),
    // Selections, reductions, ranges.
    ("x[age=year - vintage]", "x[age=year - vintage as (year - vintage)]"),
    ("x[year=2023..2027, region=us-east, eu]", "x[year=2023..2027 as {2023.0..2027.0}, region=us-east|eu]"),
    ("x[size=7b]", "x[size=7b]"), ("x[model=gpt-3.5]", "x[model=gpt-3.5 as (gpt - 3.5)]"),
    ("x[region=us-east-1]", "x[region=us-east-1 as ((us - east) - 1.0)]"),
    ("x[region=\"us east\"]", "x[region=us east as \"us east\"]"), ("f(x)[a=b][c=d]", "f(x)[a=b as b][c=d as d]"),
    ("sum(a * b, over=[region, year])", "sum((a * b), over=[region, year])"),
    ("2019..2049 by 5", "{2019.0..2049.0 by 5.0}"), ("1.10..1.50 in 10", "{1.1..1.5 in 10.0}"),
    (
      "previous(year_end * (1 - retirement * 1 year), initial=0 gpu)",
      "previous((year_end * (1.0 - (retirement * 1.0<year>))), initial=0.0<gpu>)"
    ),
    ("a\n  + b\n", "(a + b)"),
  ]

  @Test("Operators bind as they should, and quantities are one token", arguments: cases)
  func grammar(text: String, expected: String) throws {
    #expect(skeleton(try FormulaParser.syntax(of: scalar(text))) == expected)
  }

  @Test("The parts of a formula know the stretch that they cover")
  func places() throws {
    let syntax = try FormulaParser.syntax(of: scalar("alpha + sum(beta * (3 MW), over=region)[year=2023]"))
    guard case .binary(_, let left, let right) = syntax.kind, case .select(let base, let selections) = right.kind,
      case .call(_, let namePlace, let arguments) = base.kind,
      case .binary(_, _, let quantity) = arguments[0].value.kind,
      case .number(_, let unit, _) = quantity.kind
    else {
      Issue.record("another tree")
      return
    }
    #expect((left.place.column, left.place.length, left.text) == (1, 5, "alpha"))
    #expect((namePlace.column, namePlace.length) == (9, 3))
    #expect(base.text == "sum(beta * (3 MW), over=region)")
    #expect((quantity.place.column, quantity.place.length, quantity.text) == (21, 4, "3 MW"))
    #expect((unit?.place.column, unit?.place.length) == (23, 2))
    #expect(arguments[0].value.text == "beta * (3 MW)")
    #expect((selections[0].indexPlace.column, selections[0].labels[0].place.column) == (41, 46))
  }

  @Test("What is printed and parsed again is the same tree")
  func roundTrip() throws {
    var generator = SeededGenerator(state: 7)
    for _ in 0..<1000 {
      let text = expression(depth: 5, &generator)
      let once = try FormulaParser.syntax(of: scalar(text))
      let printed = printout(once)
      let twice = try FormulaParser.syntax(of: scalar(printed))
      #expect(skeleton(once) == skeleton(twice), "\(text) printed as \(printed)")
    }
  }

  /// A random formula, with parentheses only here and there.
  private func expression(depth: Int, _ generator: inout SeededGenerator) -> String {
    func inner() -> String { expression(depth: depth - 1, &generator) }
    func part() -> String { Bool.random(using: &generator) ? "(\(inner()))" : atom(&generator) }
    guard depth > 0 else { return atom(&generator) }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: return "-\(part())"
    case 1: return "if \(inner()) then \(inner()) else \(inner())"
    case 2: return "sum(\(inner()), over=[r, s])"
    case 3: return "f(\(inner()))[year=2020, r=us-east, eu]"
    case 4: return "not \(part())"
    case 5: return "\(part()) < \(part())"
    default:
      let operation = ["+", "-", "*", "/", "^", "and", "or"].randomElement(using: &generator) ?? "+"
      // A condition or a `not` on the left would reach over the operator; that is another formula.
      return "\(part()) \(operation) \(part()) \(operation) \(part())"
    }
  }

  private func atom(_ generator: inout SeededGenerator) -> String {
    ["x", "y_2", "3", "1.5B", "12%", "450 W/gpu", "0", "inf", "\"text\"", "f(a=3)", "1e-7 kWh", "x[year=2020]"]
      .randomElement(using: &generator) ?? "x"
  }

  /// A tree as a formula: every operation in parentheses, quantities as they were written.
  private func printout(_ syntax: Syntax) -> String {
    switch syntax.kind {
    case .number, .name, .string: return syntax.text
    case .call(let name, _, let arguments):
      return
        "\(name)(\(arguments.map { ($0.name.map { $0.text + "=" } ?? "") + printout($0.value) }.joined(separator: ", ")))"
    case .select(let base, let selections):
      let list = selections.map { "\($0.index)=\($0.labels.map(\.text).joined(separator: ", "))" }
      return "(\(printout(base)))[\(list.joined(separator: ", "))]"
    case .negate(let inner): return "(-\(printout(inner)))"
    case .not(let inner): return "(not \(printout(inner)))"
    case .binary(let operation, let left, let right):
      return "(\(printout(left)) \(operation.rawValue) \(printout(right)))"
    case .conditional(let condition, let consequence, let alternative):
      return "(if \(printout(condition)) then \(printout(consequence)) else \(printout(alternative)))"
    case .list(let items): return "[\(items.map(printout).joined(separator: ", "))]"
    case .interval, .range: return syntax.text
    }
  }

  @Test("Token soup never traps, and what fails says so")
  func soup() {
    let pieces = [
      "x", "year", "1", "2.5", "1e400", "3 W", "15%", "10K", "1.2.3", "(", ")", "[", "]", "{", "}", ",", "=", "==", "<",
      "+", "-", "*", "/", "^", "**", "..", "...", "to", "within", "by", "in", "if", "then", "else", "and", "or", "not",
      "\"", "'", " ", "  ", "\n", "f(", "x[", "a=", "us-east", "−", "×", "é", "电", "👩‍👩‍👧", "%", "$", "€", "_", ".", ":",
      "!",
    ]
    var generator = SeededGenerator(state: 99)
    var accepted = 0
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 1...16, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }
        .joined(separator: Bool.random(using: &generator) ? " " : "")
      do throws(Diagnostics) {
        _ = skeleton(try FormulaParser.syntax(of: scalar(text)))
        accepted += 1
      } catch {
        #expect(!error.all.isEmpty)
        _ = screen(error.all)
      }
    }
    #expect(accepted > 20)
  }

  /// A text too large to be shown, with its message.
  struct Excess: Sendable, CustomTestStringConvertible {
    var piece: String
    var count: Int
    var end: String
    var message: String
    var testDescription: String { "\(count) times \(piece)" }
  }

  @Test(
    "Nothing is too deep or too long to be refused",
    arguments: [
      Excess(piece: "(", count: 19_000, end: "", message: "this formula is nested too deeply"),
      Excess(piece: "-", count: 19_000, end: "x", message: "this formula is nested too deeply"),
      Excess(piece: "f(", count: 9_000, end: "", message: "this formula is nested too deeply"),
      Excess(
        piece: "x[a=", count: 4_000, end: String(repeating: "]", count: 4_000),
        message: "this formula is nested too deeply"
      ),
      Excess(piece: "not ", count: 4_000, end: "x", message: "this formula is nested too deeply"),
      Excess(piece: "if a then b else ", count: 1_000, end: "x", message: "this formula is nested too deeply"),
      Excess(piece: "x^", count: 9_000, end: "x", message: "this formula is nested too deeply"),
      Excess(piece: "x+", count: 9_000, end: "x", message: "this formula is too long"),
      Excess(piece: "f()+x[a=b][c=d]/", count: 500, end: "x", message: "this formula is too long"),
      Excess(piece: "x", count: 20_001, end: "", message: "this formula is too long"),
      Excess(piece: " ", count: 3, end: "", message: "a formula or value is missing"),
      Excess(piece: "", count: 0, end: "", message: "a formula or value is missing"),
    ])
  func limits(excess: Excess) {
    #expect {
      try FormulaParser.syntax(of: scalar(String(repeating: excess.piece, count: excess.count) + excess.end))
    } throws: { error in
      (error as? Diagnostics)?.all.map(\.message) == [excess.message]
    }
  }
}

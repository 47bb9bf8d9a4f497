import Diagnostics
import Modeling

/// A parsed formula or value, before names are resolved.
///
/// One grammar serves both; the checker decides whether distributions, intervals and names are valid in their context.
package struct Syntax: Sendable {
  /// The kinds of syntax nodes.
  package indirect enum Kind: Sendable {
    /// A number with its suffix and percent sign already applied, and the unit written after it, if any.
    case number(Double, unit: UnitText?, isPercent: Bool)
    /// A bare name: an input, equation, reference, index or label.
    case name(String)
    /// A quoted text, as in `empirical("file.csv", column="x")`.
    case string(String)
    /// A function, distribution, reduction, `previous`, `stack` …: everything written `name(…)`.
    case call(String, namePlace: SourcePlace, [Argument])
    /// `base[index=selector, …]`
    case select(Syntax, [Selection])
    /// `-x`
    case negate(Syntax)
    /// `not x`
    case not(Syntax)
    /// An operation between two values.
    case binary(BinaryOperator, Syntax, Syntax)
    /// `if c then a else b`
    case conditional(Syntax, then: Syntax, otherwise: Syntax)
    /// `a to b`, `a to b within 80%`
    case interval(Syntax, Syntax, within: Syntax?)
    /// `[a, b]` or `(a, b)` with a comma: only as an argument.
    case list([Syntax])
    /// `2019..2027`, `2019..2049 by 5`, `1.1..1.5 in 10`: only in selections, indexes and sweeps.
    case range(Syntax, Syntax, by: Syntax?, in: Syntax?)
  }

  /// The kind.
  package var kind: Kind
  /// The range of text that it covers, on its first line.
  package var place: SourcePlace
  /// The text that it covers, made on demand: a formula has thousands of parts.
  package var text: String { written.text }
  /// The same text, as a part of the formula's.
  let written: FormulaText
  /// Whether it was in parentheses, which its text does not include.
  package var isInParentheses = false

  /// Creates a node.
  package init(_ kind: Kind, at place: SourcePlace, text: String) {
    self.init(kind, at: place, written: FormulaText(text))
  }

  /// Creates a node of a formula.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - place: the range of text that it covers, on its first line.
  ///   - written: the text that it covers.
  init(_ kind: Kind, at place: SourcePlace, written: FormulaText) {
    self.kind = kind
    self.place = place
    self.written = written
  }
}

/// A unit as written after a number.
package struct UnitText: Sendable {
  /// The text.
  package var text: String
  /// Its place.
  package var place: SourcePlace

  /// Creates a unit text.
  package init(_ text: String, at place: SourcePlace) {
    self.text = text
    self.place = place
  }
}

/// An argument of a call, by position or by name (`mean=3`, `coal=60%`, `over=[a, b]`, `10%=5`).
package struct Argument: Sendable {
  /// The text before `=`, if any: a name, or a number as in `discrete(1=30%)` and `quantiles(10%=5)`.
  package var name: Syntax?
  /// The value.
  package var value: Syntax

  /// Creates an argument.
  package init(name: Syntax?, value: Syntax) {
    self.name = name
    self.value = value
  }
}

/// One `index=selector` of a selection.
package struct Selection: Sendable {
  /// The index's name.
  package var index: String
  /// The place of the name.
  package var indexPlace: SourcePlace
  /// The text after `=`: labels (several: `us, eu`), a range, or a sum of indexes and whole numbers.
  ///
  /// A label may contain `-` and `.`, so the raw text is kept in addition to `formula`.
  package var labels: [UnitText]
  /// The whole text parsed as a formula; nil if it is not one.
  package var formula: Syntax?

  /// Creates a selection.
  package init(index: String, indexPlace: SourcePlace, labels: [UnitText], formula: Syntax?) {
    self.index = index
    self.indexPlace = indexPlace
    self.labels = labels
    self.formula = formula
  }
}

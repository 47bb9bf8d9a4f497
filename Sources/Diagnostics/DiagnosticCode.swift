/// The stable identifier of a kind of problem, `units.mismatch`: a section of the catalogue and a kind in it.
///
/// Sentences may change between versions; codes keep their meanings. `loadcast explain CODE` prints what a code means.
package struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
  /// The section: `units`.
  package let section: String
  /// The kind of problem in its section: `mismatch`.
  package let kind: String

  /// Creates the code of a kind in a section.
  package init(section: String, kind: String) {
    self.section = section
    self.kind = kind
  }

  /// `units.mismatch`
  package var description: String { "\(section).\(kind)" }
}

/// The codes of one section, as the cases of an enumeration: the raw value of a case is the kind, in lower case with
/// hyphens.
package protocol DiagnosticSection: CaseIterable, RawRepresentable, Sendable where RawValue == String {
  /// The section's name in codes: `units`.
  static var section: String { get }
}

extension DiagnosticSection {
  /// The code of this kind.
  package var code: DiagnosticCode { DiagnosticCode(section: Self.section, kind: rawValue) }
}

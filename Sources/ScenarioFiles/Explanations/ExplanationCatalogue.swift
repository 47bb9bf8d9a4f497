import Diagnostics
import Modeling

/// All codes with their explanations, by section; a new section is one line here.
package enum ExplanationCatalogue {
  /// A section.
  package struct Section: Sendable {
    /// The name in codes: `units`.
    package let name: String
    /// The subject: `Units and pure numbers`.
    package let title: String
    /// Its codes.
    package let entries: [Entry]
  }

  /// A code with its explanation.
  package struct Entry: Sendable {
    /// The code.
    package let code: DiagnosticCode
    /// Its meaning and examples.
    package let explanation: Explanation
  }

  /// The sections, in the order in which they are listed.
  package static let sections: [Section] = [
    section(UnitCode.self),
    section(NameCode.self),
    section(IndexCode.self),
    section(InputCode.self),
    section(ValueCode.self),
    section(DistributionCode.self),
    section(FitCode.self),
    section(DependenceCode.self),
    section(CorrelationCode.self),
    section(FormulaCode.self),
    section(OutputCode.self),
    section(EvidenceCode.self),
    section(LatentCode.self),
    section(SettingCode.self),
    section(AssignmentCode.self),
    section(FileCode.self),
    section(YAMLCode.self),
    section(KeyCode.self),
    section(TableCode.self),
    section(CaseCode.self),
    section(SweepCode.self),
    section(OptionCode.self),
    section(RunCode.self),
  ]

  /// All codes, by section.
  package static var entries: [Entry] { sections.flatMap(\.entries) }

  /// The entry of a code; nil if there is no such code.
  package static func entry(of code: String) -> Entry? { entries.first { $0.code.description == code } }

  private static func section<Codes: ExplainedSection>(_ codes: Codes.Type) -> Section {
    Section(
      name: codes.section, title: codes.title,
      entries: codes.allCases.map { Entry(code: $0.code, explanation: $0.explanation) })
  }
}

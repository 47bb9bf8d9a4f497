import Diagnostics
import Modeling

/// All codes with their explanations, by section; a new section is one line here.
public enum ExplanationCatalogue {
  /// A section.
  public struct Section: Sendable {
    /// The name in codes: `units`.
    public let name: String
    /// The subject: `Units and pure numbers`.
    public let title: String
    /// Its codes.
    public let entries: [Entry]
  }

  /// A code with its explanation.
  public struct Entry: Sendable {
    /// The code.
    public let code: DiagnosticCode
    /// Its meaning and examples.
    public let explanation: Explanation
  }

  /// The sections, in the order in which they are listed.
  public static let sections: [Section] = [
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
  public static var entries: [Entry] { sections.flatMap(\.entries) }

  /// The entry of a code; nil if there is no such code.
  public static func entry(of code: String) -> Entry? { entries.first { $0.code.description == code } }

  private static func section<Codes: ExplainedSection>(_ codes: Codes.Type) -> Section {
    Section(
      name: codes.section, title: codes.title,
      entries: codes.allCases.map { Entry(code: $0.code, explanation: $0.explanation) })
  }
}

import Simulation

/// All results of a scenario: those of its run, and those of its evidence.
///
/// The members of the run are also members of this type.
@dynamicMemberLookup
public struct ScenarioResult: Sendable {
  /// The results of the run; its wall time includes the evaluation of evidence.
  public var run: RunResult
  /// The results of the evidence; nil if the scenario has none.
  public var evidence: EvidenceResult?

  /// The results of a scenario.
  public init(_ run: RunResult, evidence: EvidenceResult? = nil) {
    self.run = run
    self.evidence = evidence
  }

  /// A member of the run.
  public subscript<Value>(dynamicMember member: WritableKeyPath<RunResult, Value>) -> Value {
    get { run[keyPath: member] }
    set { run[keyPath: member] = newValue }
  }

  /// A computed property of the run.
  public subscript<Value>(dynamicMember member: KeyPath<RunResult, Value>) -> Value { run[keyPath: member] }
}

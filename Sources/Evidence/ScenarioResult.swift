import Simulation

/// All results of a scenario: those of its run, and those of its evidence.
///
/// The members of the run are also members of this type.
@dynamicMemberLookup
package struct ScenarioResult: Sendable {
  /// The results of the run; its wall time includes the evaluation of evidence.
  package var run: RunResult
  /// The results of the evidence; nil if the scenario has none.
  package var evidence: EvidenceResult?

  /// The results of a scenario.
  package init(_ run: RunResult, evidence: EvidenceResult? = nil) {
    self.run = run
    self.evidence = evidence
  }

  /// The verdicts on the scenario's claims: given the observations, if there are any.
  package var decidedVerdicts: [VerdictResult] { evidence?.posterior?.verdicts ?? run.verdicts }

  /// A member of the run.
  package subscript<Value>(dynamicMember member: WritableKeyPath<RunResult, Value>) -> Value {
    get { run[keyPath: member] }
    set { run[keyPath: member] = newValue }
  }

  /// A computed property of the run.
  package subscript<Value>(dynamicMember member: KeyPath<RunResult, Value>) -> Value { run[keyPath: member] }
}

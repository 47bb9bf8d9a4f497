import Modeling
import Simulation

/// The scenario's remarks on its outputs, one per output: the meaning of a result, or a conclusion on the claim with
/// which it was compared.
struct OutputNotes {
  let result: RunResult

  /// The remarks in the outputs' order, wrapped, under a heading; empty if no output has one.
  var lines: [String] {
    let noted = result.outputs.compactMap { output in
      output.output.note.map { "\(result.model[output.output.quantity].name): \($0)" }
    }
    if noted.isEmpty { return [] }
    return ["notes on outputs"] + noted.flatMap { ScreenText.wrapped($0, width: 98).map { "  " + $0 } } + [""]
  }
}

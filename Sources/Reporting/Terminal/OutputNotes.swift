import Modeling
import Simulation

/// What the scenario says about its outputs, one remark an output: what a figure means, or the verdict on a claim that it
/// was compared with.
struct OutputNotes {
  let result: RunResult

  /// The remarks in the outputs' order, wrapped, under a heading; nothing if no output has one.
  var lines: [String] {
    let noted = result.outputs.compactMap { output in
      output.output.note.map { "\(result.model[output.output.quantity].name): \($0)" }
    }
    if noted.isEmpty { return [] }
    return ["notes on outputs"] + noted.flatMap { ScreenText.wrapped($0, width: 98).map { "  " + $0 } } + [""]
  }
}

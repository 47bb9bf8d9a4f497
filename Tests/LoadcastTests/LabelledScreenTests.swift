import Foundation
import Testing

@Suite("Screens of all commands show words where the scenario has them")
struct LabelledScreenTests {
  private static let scenario = """
    title: Words
    inputs:
      power: {value: 400 W to 700 W, label: the power of a server, source: x}
      hours: 1000 h to 3000 h
    equations: {energy: power * hours}
    outputs: {energy: {unit: kWh, label: the energy of a server}}
    run: {draws: 4k}

    """

  @Test(
    "The output and the inputs are in words, and what has none by its name",
    arguments: [
      ("sweep s.yaml --vary 'hours=1000 h,2000 h'", ["The energy of a server (energy), kWh"]),
      ("sensitivity s.yaml", ["What drives the energy of a server: ", "\nthe power of a server  ", "\nhours  "]),
      (
        "disclosure s.yaml --draws 4k",
        ["Value of disclosure for the energy of a server", "\nthe power of a server  ", "\nhours  "]
      ),
      ("discover s.yaml --when 'power > 600 W'", ["the power of a server ≥ "]),
      (
        "compare s.yaml s.yaml --set-b 'power*=1.1'",
        ["The energy of a server (energy), kWh", "difference of means of the energy of a server, "]
      ),
      ("backtest s.yaml --cases cases.csv", ["The energy of a server (energy), kWh"]),
    ])
  func words(_ command: String, _ expected: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.scenario, to: "s.yaml")
    try program.write("case,observed.energy kWh\na,900\nb,1200\n", to: "cases.csv")
    let outcome = try program.run(shell: "exec \"$0\" \(command)")
    #expect(outcome.code == 0, "\(outcome.error)")
    for text in expected { #expect(outcome.output.contains(text), "`\(text)` is not in:\n\(outcome.output)") }
  }
}

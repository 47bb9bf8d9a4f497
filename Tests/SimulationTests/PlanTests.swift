import Diagnostics
import Modeling
import Simulation
import Testing

@Suite("Plans") struct PlanTests {
  @Test("A model with more values a draw than a plan may have is refused with its place")
  func tooLarge() throws {
    var maker = ModelMaker()
    let a = maker.index("a", 1...3000)
    let b = maker.index("b", 1...3000)
    let x = maker.input("x", over: [a], try (0..<3000).map { _ in try .distribution("uniform", 0, 1) })
    let y = maker.input("y", over: [b], try (0..<3000).map { _ in try .distribution("uniform", 0, 1) })
    maker.output(maker.equation("z", .sum(.quantity(x) * .quantity(y), over: a, b)))
    let model = maker.model(draws: 10)
    #expect(throws: Diagnostics.self) { try Engine(model: model) }
  }

  @Test("An unknown design is refused by name")
  func unknownDesign() throws {
    var maker = ModelMaker()
    maker.output(try maker.uniform("x", 0, 1))
    var model = maker.model(draws: 10)
    model.settings.design = "latin"
    let error = #expect(throws: Diagnostics.self) { try Engine(model: model) }
    #expect(error?.all.first?.message == "unknown sampling design `latin`")
  }

  @Test("As many draws as a number can hold can be asked for, and be cancelled")
  func endlessRuns() throws {
    var maker = ModelMaker()
    maker.output(try maker.uniform("x", 0, 1))
    let engine = try Engine(model: maker.model(draws: .max))
    let asked = Guarded(0)
    #expect(throws: CancellationError.self) {
      try engine.run(options: Engine.Options(isCancelled: { asked.update { $0 + 1 } > 20 }))
    }
    #expect(try engine.draw(number: .max).values[0].cells[0] < 1)
  }
}

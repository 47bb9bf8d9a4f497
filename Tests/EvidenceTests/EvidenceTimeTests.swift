import Foundation
import Modeling
import Simulation
import Testing

@testable import Evidence

@Suite("The time of evidence is estimated where it can be")
struct EvidenceTimeTests {
  private func scenario(_ measured: String) -> String {
    """
    inputs: {x: "normal(0, 1)", y: "normal(0, 1)", u: 1 to 2}
    equations: {z: x + y}
    outputs: {z: {}, u: {}}
    evidence:
      - {observe: z, measured: "\(measured)"}

    """
  }

  private func seconds(_ text: String, draws: Int = 1 << 18) throws -> (model: Model, seconds: Double?) {
    let model = try EvidenceScenario.model(text, draws: draws)
    let evidence = try #require(EvidenceAnalysis(of: model))
    return (model, try evidence.pilotSeconds(draws: draws, options: .init(workers: 1)))
  }

  @Test("by weights and by sequential Monte Carlo, also where no draw is near and weights are even")
  func known() throws {
    for (measured, isWeighted) in [("normal(1, 0.5)", true), ("normal(4, 0.0001)", false), ("normal(9, 0.2)", false)] {
      let (model, seconds) = try seconds(scenario(measured))
      #expect(try #require(seconds, "\(measured)") > 0)
      let method = try #require(try Conditioning(model: model).result(draws: 1 << 18)).method
      if case .weighting = method { #expect(isWeighted, "\(measured)") } else { #expect(!isWeighted, "\(measured)") }
      // The pilot decides as the run does.
      let pilot = try Conditioning(model: model).pilot(
        draws: 1 << 14, of: 1 << 18, options: .init(workers: 1), phases: PilotPhases(times: 16))
      if case .weighting = pilot.method {
        #expect(isWeighted, "\(measured)")
      } else {
        #expect(!isWeighted, "\(measured)")
      }
    }
  }

  @Test("and is not stated where the sampler does not reach the observations")
  func unknown() throws {
    let impossible = """
      inputs: {x: "uniform(0, 1)"}
      outputs: {x: {}}
      evidence:
        - {observe: x, measured: "uniform(2, 3)"}

      """
    #expect(try seconds(impossible).seconds == nil)
  }

  @Test("Phases count once, each so many times as its own says")
  func phases() throws {
    // The processor time of other tests counts too: only lower limits hold.
    func busy() -> Double {
      let start = PilotClock.seconds
      while PilotClock.seconds - start < 0.02 {}
      return PilotClock.seconds - start
    }
    let phases = PilotPhases(times: 0)
    var (outer, inner) = (0.0, 0.0)
    phases.phase(times: 10) {
      outer += busy()
      inner += phases.constant(busy)
      outer += busy()
    }
    let found = phases.seconds
    #expect(found >= 10 * outer + inner - 1e-6, "\(found): \(outer), \(inner)")
    // What is in no phase counts zero times here.
    _ = busy()
    #expect(phases.seconds == found)
  }
}

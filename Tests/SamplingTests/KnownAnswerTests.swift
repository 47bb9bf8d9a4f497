import Sampling
import Testing

@Suite("Streams and designs give what an independent program computed")
struct KnownAnswerTests {
  @Test("a stream's key is the published hash of seed, name and labels", arguments: try KnownAnswer.lines("key"))
  func keys(_ known: KnownAnswer) throws {
    let seed = try #require(UInt64(known.arguments[0]))
    let key = StreamKey(seed: seed, address: known.address(from: 1))
    #expect([key.low, key.high].map { String($0, radix: 16) } == known.answers)
  }

  @Test("Monte Carlo's draws are those of the stream", arguments: try KnownAnswer.lines("mc"))
  func monteCarlo(_ known: KnownAnswer) throws {
    try check(MonteCarlo(seed: 1, coordinates: [known.address(from: 2)]), coordinate: 0, known)
  }

  @Test("a hypercube's draws are strata in permuted order", arguments: try KnownAnswer.lines("lhs"))
  func latinHypercube(_ known: KnownAnswer) throws {
    try check(LatinHypercube(seed: 1, coordinates: [known.address(from: 2)]), coordinate: 0, known)
  }

  @Test("Sobol' draws are scrambled and shifted digit by digit", arguments: try KnownAnswer.lines("sobol"))
  func sobol(_ known: KnownAnswer) throws { try checkNet(Sobol.self, known) }

  @Test("Sobol' draws are permuted tree by tree", arguments: try KnownAnswer.lines("owen"))
  func owen(_ known: KnownAnswer) throws { try checkNet(Owen.self, known) }

  private func checkNet(_ type: (some SamplingDesign).Type, _ known: KnownAnswer) throws {
    let dimension = try #require(Int(known.arguments[0]))
    let others = (0..<dimension).map { CoordinateAddress(name: "x\($0)") }
    let design = type.init(seed: 1, coordinates: others + [CoordinateAddress(name: "pue")])
    let at = KnownAnswer(arguments: Array(known.arguments.dropFirst()), answers: known.answers)
    try check(design, coordinate: dimension, at)
  }

  private func check(_ design: some SamplingDesign, coordinate: Int, _ known: KnownAnswer) throws {
    let block = try #require(Int(known.arguments[0])), draw = try #require(Int(known.arguments[1]))
    #expect(design.block(block, ofCoordinate: coordinate)[draw] == Double(known.answers[0]))
  }
}

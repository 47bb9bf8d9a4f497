import Distributions
import Modeling
import Sampling
import VectorMath

/// Random numbers of a given-data sample that are not the scenario's: errors of published figures, and inert inputs.
struct InputNoise: Sendable {
  private let errors: [(error: Double, stream: UniformStream)?]
  private let inputs: [UniformStream]

  /// The number of inert inputs.
  var inertCount: Int { inputs.count }

  /// The streams for some observed columns, and for a number of inert inputs.
  init(_ problem: SensitivityProblem, _ columns: [ScalarColumn], inert: Int) {
    func stream(_ name: String) -> UniformStream {
      StreamKey(seed: problem.model.settings.seed, address: CoordinateAddress(name: name)).stream
    }
    // Names in scenarios have no colon and no space, so no input has these names.
    errors = columns.map { $0.error > 0 ? ($0.error, stream("error of: \($0.name)")) : nil }
    inputs = (0..<inert).map { stream("inert input \($0)") }
  }

  /// Multiplies a block of a column by its errors of reading.
  func disturb(column: Int, block: Int, _ values: UnsafeMutablePointer<Double>) {
    guard let (error, stream) = errors[column] else { return }
    let uniform = Self.uniform(stream, block: block)
    for draw in uniform.indices { values[draw] *= PortableMath.exp(error * StandardNormal.quantile(uniform[draw])) }
  }

  /// A block of an inert input: independent uniform numbers.
  func inert(_ number: Int, block: Int) -> [Double] { Self.uniform(inputs[number], block: block) }

  private static func uniform(_ stream: UniformStream, block: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: AddressBlock.draws) { buffer, initialised in
      guard let start = buffer.baseAddress else { return }
      stream.fill(block: block, into: start)
      initialised = AddressBlock.draws
    }
  }
}

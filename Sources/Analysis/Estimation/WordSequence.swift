import Sampling
import VectorMath

/// A sequence of whole numbers from a stream.
struct WordSequence {
  private let stream: UniformStream
  private var words = [UInt64](repeating: 0, count: UniformStream.blockCount)
  private var place = UniformStream.blockCount
  private var block = 0

  init(_ stream: UniformStream) { self.stream = stream }

  /// The next number from 0 up to a bound; the bias is below bound / 2^52.
  mutating func next(below bound: Int) -> Int {
    if place == words.count {
      let block = block
      words.withUnsafeMutableBufferPointer { [stream] buffer in
        if let start = buffer.baseAddress { stream.fill(block: block, words: start) }
      }
      place = 0
      self.block += 1
    }
    place += 1
    return Int(words[place - 1].multipliedFullWidth(by: UInt64(bound)).high)
  }
}

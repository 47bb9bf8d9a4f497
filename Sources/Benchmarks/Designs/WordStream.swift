import ArgumentParser
import Foundation
import Sampling
import VectorMath

/// Writes the generator's words to standard output without end, for programs that test random numbers.
///
/// These are the words that plain Monte Carlo turns into probabilities, in the order in which a model reads them: draw
/// by draw, one word of every input per draw, block after block. Adjacent words in the output therefore belong to
/// different inputs in one draw; the words of one input come from its eight generators in rotation; and every 1,024
/// draws all generators are restarted from their address. A word is 64 bits, the lowest byte first.
///
///     Benchmarks words --inputs 24 | dieharder -a -g 200 -k 2
struct WordStream: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "words",
    abstract: "Write the generator's 64-bit words endlessly, in the order in which inputs read them draw by draw.",
    discussion: "For programs that test random numbers: Benchmarks words | dieharder -a -g 200 -k 2",
    shouldDisplay: false)

  @Option(help: ArgumentHelp("Number of inputs, read alternately.", valueName: "n"))
  var inputs = 24

  @Option(help: ArgumentHelp("The seed.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    if !(1...4096).contains(inputs) { throw ValidationError("--inputs must be a number from 1 to 4096") }
  }

  func run() throws {
    // A reader that has enough data closes its end of the pipe.
    signal(SIGPIPE, SIG_IGN)
    // Names and labels that differ by one character, as in real scenarios.
    let streams = (0..<inputs).map { number in
      StreamKey(
        seed: seed,
        address: CoordinateAddress(
          name: "input_\(number / 8)", labels: [.init(index: "year", label: "\(2020 + number % 8)")])
      ).stream
    }
    let size = AddressBlock.draws
    let columns = UnsafeMutablePointer<UInt64>.allocate(capacity: inputs * size)
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: inputs * size)
    defer {
      columns.deallocate()
      words.deallocate()
    }
    var block = 0
    while true {
      for (input, stream) in streams.enumerated() { stream.fill(block: block, words: columns + input * size) }
      for draw in 0..<size {
        for input in 0..<inputs { words[draw * inputs + input] = columns[input * size + draw].littleEndian }
      }
      let bytes = Data(bytesNoCopy: words, count: 8 * inputs * size, deallocator: .none)
      guard (try? FileHandle.standardOutput.write(contentsOf: bytes)) != nil else { return }
      block += 1
    }
  }
}

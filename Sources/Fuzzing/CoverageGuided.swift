#if COVERAGE_GUIDED
import Foundation

/// The functions that libFuzzer calls, instead of the driver with random edits:
///
///     swift build --scratch-path .build/libfuzzer --sanitize fuzzer --sanitize address -Xswiftc -DCOVERAGE_GUIDED --product Fuzzing
///     FUZZ_TARGET=units .build/libfuzzer/debug/Fuzzing .build/fuzzing/units-corpus -max_total_time=60
///
/// Source: LLVM documentation, "libFuzzer – a library for coverage-guided fuzz testing".
enum CoverageGuided {
  /// The target named by the environment variable `FUZZ_TARGET`. libFuzzer calls from one thread.
  nonisolated(unsafe) fileprivate static var target: (any FuzzTarget)?

  /// Prepares the target and writes its seeds into `.build/fuzzing/TARGET-corpus`.
  fileprivate static func prepare() throws {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let type = FuzzTargetCatalogue.target(named: name) else {
      throw FuzzFinding(description: "FUZZ_TARGET names no target: \(name)")
    }
    let folder = ".build/fuzzing/\(name)"
    let corpus = try SeedCorpus(ofRepositoryAt: ".")
    for path in [folder, "\(folder)-corpus"] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    for (number, seed) in type.seeds(from: corpus).enumerated() {
      try Data(seed).write(to: URL(fileURLWithPath: "\(folder)-corpus/seed-\(number)"))
    }
    target = try type.init(folder: folder, corpus: corpus)
  }
}

/// Called once by libFuzzer, before it reads the folder of inputs.
@_cdecl("LLVMFuzzerInitialize")
func initialiseFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  do { try CoverageGuided.prepare() } catch { fatalError("\(error)") }
  return 0
}

/// Called by libFuzzer with each input; a finding ends the process, and libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
func executeInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    _ = try CoverageGuided.target?.execute([UInt8](UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}
#endif

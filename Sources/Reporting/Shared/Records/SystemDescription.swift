import LinearAlgebra
import TextFormats
import VectorMath

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The system on which results were computed, for their records. Results do not depend on it; a record states it so that a
/// difference can be explained.
struct SystemDescription {
  /// `Linux 6.8.0`
  var os: String
  /// `x86_64`, `aarch64`
  var architecture: String
  /// The model of the processor; nil if the system does not say.
  var processor: String?
  /// The instruction path of the kernels.
  var kernels: String
  /// The library of matrix products; nil if the results did not need it.
  var library: String?

  /// The system of this process.
  static var current: SystemDescription {
    var names = utsname()
    uname(&names)
    return SystemDescription(
      os: "\(text(of: &names.sysname)) \(text(of: &names.release))", architecture: text(of: &names.machine),
      processor: processorName, kernels: InstructionPath.current.rawValue, library: LoadedLibrary.name)
  }

  var json: JSON {
    .object([
      ("os", .string(os)), ("architecture", .string(architecture)), ("processor", .optional(processor)),
      ("kernels", .string(kernels)), ("openblas", .optional(library)),
    ])
  }

  /// The text of a fixed array of characters that ends with a NUL.
  private static func text<Characters>(of characters: inout Characters) -> String {
    withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static var processorName: String? {
    #if os(Linux)
    let text = NamedFile.read("/proc/cpuinfo", limit: 1 << 24) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) }
    #else
    var size = 0
    guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0, size > 1 else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return nil }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    #endif
  }
}

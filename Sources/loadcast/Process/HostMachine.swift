import VectorMath

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The machine that runs the program, as parts of a run name it.
enum HostMachine {
  /// The name of the machine; empty if it has none.
  static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  /// The system, its architecture and the kernels: `Linux x86_64, avx512 kernels`.
  static var system: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "" }
    func text<Characters>(_ characters: Characters) -> String {
      withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(names.sysname)) \(text(names.machine)), \(InstructionPath.current) kernels"
  }
}

import COpenBLAS
import Foundation

/// Matrix products by OpenBLAS, on the calling thread alone.
///
/// OpenBLAS has kernels for many kinds of processors. They differ in the order of summation and in the use of fused
/// operations, and change between versions. It therefore receives only products that are exact in every order, see
/// `FactorSlices`; its rounding never affects a result.
///
/// The library is loaded when the first factor of three or more rows is constructed or a product is needed. Most models
/// need neither, and loading it takes 1.7 ms, a tenth of a short run, because it contains named kernels for every
/// processor and starts threads.
///
/// The engine already has one worker per core, with which threads of OpenBLAS would compete (measured: 2.2 against 1.4
/// ns per value). Every x86-64 processor with AVX2 and FMA uses the kernels for Haswell, unless `OPENBLAS_CORETYPE` is
/// set: by default, the library selects its oldest and slowest kernels for processors newer than itself.
struct OpenBLAS {
  /// The matrix product C = alpha A B + beta C.
  let dgemm: openblas_dgemm

  /// The library, loaded once; thread-safe.
  ///
  /// If the library is missing or cannot be loaded, the program exits with a message that says what to do, as the
  /// system's loader would have done at program start.
  static let shared = OpenBLAS()

  /// The names of the library on Linux, and Homebrew's path.
  private static let names = [
    "libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ]

  private init() {
    // Threads would start when the library is loaded, and busy-wait for 30 ms: half of a short run on two cores. A
    // library built on OpenMP may ignore this variable, so the number is also set below.
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    if openblas_haswell_runs() != 0 { setenv("OPENBLAS_CORETYPE", "Haswell", 0) }
    var reasons: [String] = []
    var found: UnsafeMutableRawPointer?
    for name in Self.names where found == nil {
      found = dlopen(name, RTLD_NOW | RTLD_LOCAL)
      if found == nil { reasons.append(dlerror().map { String(cString: $0) } ?? "unknown reason") }
    }
    guard let library = found else {
      let (message, code) = LoadingFailure.of(reasons, name: Self.names[0])
      Self.end(message, code)
    }
    dgemm = unsafeBitCast(Self.symbol("cblas_dgemm", of: library), to: openblas_dgemm.self)
    unsafeBitCast(Self.symbol("openblas_set_num_threads", of: library), to: openblas_thread_setter.self)(1)
  }

  private static func symbol(_ name: String, of library: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    guard let symbol = dlsym(library, name) else {
      end("loadcast needs OpenBLAS, and it has no \(name): \(LoadingFailure.installation)", EX_UNAVAILABLE)
    }
    return symbol
  }

  private static func end(_ message: String, _ code: Int32) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(code)
  }
}

import COpenBLAS
import Foundation

/// The product of matrices by OpenBLAS, on the calling thread alone.
///
/// OpenBLAS has kernels for many kinds of processors, which sum in orders of their own, with or without fused operations,
/// and changes them between versions. It is therefore given products that are exact in every order, see `FactorSlices`;
/// nothing that it rounds reaches a result.
///
/// The library is loaded when the first factor of three rows or more is made, or a product is needed: most models need none,
/// and loading it takes 1.7 ms, a tenth of a short run. It has kernels for every processor, each known by name to the loader,
/// and starts threads.
///
/// The engine has a worker on every core already: threads of OpenBLAS below them would only get in each other's way
/// (measured: 2.2 against 1.4 ns a value). Every x86-64 processor with AVX2 and FMA gets the kernels for Haswell, unless
/// `OPENBLAS_CORETYPE` says otherwise: left to choose, the library takes its oldest, and slowest, for a kind newer than
/// itself.
struct OpenBLAS {
  /// A matrix times another.
  let dgemm: openblas_dgemm

  /// The library, loaded once; any thread may ask.
  ///
  /// A machine without the library that the program was built for ends the program here, with a message that says what
  /// to install: as the system's loader would have ended it at the start.
  static let shared = OpenBLAS()

  /// What the library is called on Linux, and where Homebrew puts it.
  private static let names = [
    "libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ]

  private init() {
    // Threads would start when the library is loaded, and look for work without pause for 30 ms: half of a short run on two
    // cores. A library built on OpenMP may not read this, which is why it is told again below.
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    if openblas_haswell_runs() != 0 { setenv("OPENBLAS_CORETYPE", "Haswell", 0) }
    guard let library = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      Self.end(of: "there is no \(Self.names[0])")
    }
    dgemm = unsafeBitCast(Self.symbol("cblas_dgemm", of: library), to: openblas_dgemm.self)
    unsafeBitCast(Self.symbol("openblas_set_num_threads", of: library), to: openblas_thread_setter.self)(1)
  }

  private static func symbol(_ name: String, of library: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    guard let symbol = dlsym(library, name) else { end(of: "it has no \(name)") }
    return symbol
  }

  private static func end(of reason: String) -> Never {
    let text = "loadcast needs OpenBLAS, and \(reason): install it (Debian, Ubuntu: apt-get install libopenblas0)\n"
    FileHandle.standardError.write(Data(text.utf8))
    exit(EX_UNAVAILABLE)
  }
}

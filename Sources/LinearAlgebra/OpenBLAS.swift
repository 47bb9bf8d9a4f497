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
  private let dgemm: openblas_dgemm
  /// Lets one thread at a time use the library, if the address space of the process is limited.
  private let turn: NSLock?

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
    let space = AddressSpace()
    guard space.hasRoom(for: Self.neededSpace) else {
      let (message, code) = LoadingFailure.ofMemory("\(Self.neededSpace >> 20) MiB of addresses are needed")
      Self.end(message, code)
    }
    turn = space.limit != nil ? NSLock() : nil
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
    LoadedLibrary.note(library)
    if turn != nil { reserveBuffer() }
  }

  /// Bytes of address space for the library, those that it needs, and one of its buffers: with it, the peak of a run
  /// (VmPeak) was 191.8 MiB higher (OpenBLAS 0.3.21 of Debian 12, x86-64, where a buffer has 128 MiB).
  private static let neededSpace = 200 << 20

  /// The matrix product C = A B of row-major matrices.
  ///
  /// The library allocates a buffer for each thread that multiplies at the same time as others. If the system refuses
  /// one, it tries again for ever; therefore only one buffer is used if the address space is limited.
  ///
  /// - Parameters:
  ///   - rows: the rows of A and C.
  ///   - columns: the columns of B and C.
  ///   - inner: the columns of A, which are its row stride too, and the rows of B.
  ///   - a: the entries of A.
  ///   - b: the entries of B.
  ///   - c: the entries of C, which are replaced.
  ///   - stride: the row stride of B and C.
  func multiply(
    rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    into c: UnsafeMutablePointer<Double>, stride: Int
  ) {
    turn?.lock()
    defer { turn?.unlock() }
    dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rows), blasint(columns), blasint(inner), 1, a,
      blasint(inner), b, blasint(stride), 0, c, blasint(stride))
  }

  /// Makes the library allocate its buffer while there is room for it.
  private func reserveBuffer() {
    let one = [1.0]
    var product = [0.0]
    multiply(rows: 1, columns: 1, inner: 1, one, one, into: &product, stride: 1)
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

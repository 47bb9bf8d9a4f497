import COpenBLAS
import Foundation

/// A lower triangular matrix that turns independent normal scores into correlated ones, such as a Cholesky factor.
public struct TriangularFactor: Sendable, Equatable {
  /// The number of rows.
  public let size: Int
  /// The entries, row-major; those above the diagonal are never read.
  public let entries: [Double]

  /// A lower triangular matrix of `size * size` entries, row-major, such as `SymmetricMatrix.choleskyFactor()` gives.
  public init(size: Int, entries: [Double]) {
    precondition(size >= 0 && entries.count == size * size, "A square matrix has as many entries as rows times rows.")
    self.size = size
    self.entries = entries
  }

  /// scores = L scores, in place, by the BLAS routine `dtrmm` on one thread.
  ///
  /// Any number of threads may call it at the same time. The last bits of a draw depend on the kind of processor. That
  /// they do not depend on `count` was seen for sizes up to 200 on one kind, but OpenBLAS does not promise it: results
  /// that are to be the same should come from blocks of the same count.
  ///
  /// - Parameters:
  ///   - scores: `size` rows of `count` draws; row r begins at `scores + r * stride`.
  ///   - stride: the distance of rows, at least `count`; off powers of two it is kinder to the caches.
  ///   - count: draws.
  public func apply(to scores: UnsafeMutablePointer<Double>, stride: Int, count: Int) {
    precondition(stride >= count, "Rows do not overlap.")
    guard size > 0, count > 0 else { return }
    SingleThreadedBLAS.begin()
    cblas_dtrmm(
      CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, blasint(size), blasint(count), 1, entries,
      blasint(size), scores, blasint(stride))
  }
}

/// OpenBLAS restricted to the calling thread.
///
/// The engine has a worker on every core already: threads of OpenBLAS below them would only get in each other's way
/// (measured: 2.2 against 1.4 ns a value), and split products differently, which changes last bits.
public enum SingleThreadedBLAS {
  /// Makes the restriction, once; later calls cost a load. Products make it, too: only a program that wants its cores
  /// from the start calls this first.
  public static func begin() { _ = restricted }

  private static let restricted: Void = {
    openblas_set_num_threads(1)
    // OpenBLAS starts its threads when it is loaded, and they look for work without pause for 30 ms: half of a short
    // run on two cores. What ends them at exit is asked to at once; a library built without threads has no such function.
    if let end = dlsym(dlopen(nil, RTLD_NOW), "blas_thread_shutdown_") {
      _ = unsafeBitCast(end, to: (@convention(c) () -> Int32).self)()
    }
  }()
}

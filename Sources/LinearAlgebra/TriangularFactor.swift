import COpenBLAS

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
    // Before threads work: loading sets variables of the environment. Pairs, which most factors are, may never be applied.
    if size > 2 { _ = OpenBLAS.shared }
  }

  /// scores = L scores, in place, by the BLAS routine `dtrmm` on one thread.
  ///
  /// Any number of threads may call it at the same time. The last bits of a draw may depend on OpenBLAS's version and, where
  /// there is no AVX2, on the kind of processor. That they do not depend on `count` was seen for sizes up to 200 on one
  /// kind, but OpenBLAS does not promise it: results that are to be the same should come from blocks of the same count.
  ///
  /// - Parameters:
  ///   - scores: `size` rows of `count` draws; row r begins at `scores + r * stride`.
  ///   - stride: the distance of rows, at least `count`; off powers of two it is kinder to the caches.
  ///   - count: draws.
  public func apply(to scores: UnsafeMutablePointer<Double>, stride: Int, count: Int) {
    precondition(stride >= count, "Rows do not overlap.")
    guard size > 0, count > 0 else { return }
    OpenBLAS.shared.dtrmm(
      CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, blasint(size), blasint(count), 1, entries,
      blasint(size), scores, blasint(stride))
  }
}

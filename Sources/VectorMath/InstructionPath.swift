import CBlockKernels

/// The instruction set of the block kernels: the best one available on this machine, detected at program start.
///
/// All paths give the same bits (except the sign and payload of a NaN), so that results do not depend on the path.
package enum InstructionPath: String, Sendable, CaseIterable {
  /// The compiler's baseline: SSE2 on x86-64, NEON on aarch64.
  case plain
  /// x86-64 with AVX2 and FMA.
  case avx2
  /// x86-64 with FMA and AVX-512 (F, VL, DQ and BW).
  case avx512

  /// The current path.
  package static var current: InstructionPath {
    allCases.first { $0.code == lc_current_path() } ?? .plain
  }

  /// Selects a path for all threads; for tests and measurements.
  ///
  /// - Returns: whether this machine supports the path; if not, nothing changes.
  @discardableResult
  package static func use(_ path: InstructionPath) -> Bool {
    lc_use_path(path.code) != 0
  }

  /// The kernels' code for the path.
  private var code: lc_path {
    switch self {
    case .plain: LC_PATH_PLAIN
    case .avx2: LC_PATH_AVX2
    case .avx512: LC_PATH_AVX512
    }
  }
}

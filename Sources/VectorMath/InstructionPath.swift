import CBlockKernels

/// The instructions that the block kernels use: the best the machine has, found when the program is loaded.
///
/// Every path gives the same bits (the sign and payload of a NaN apart), so a result never depends on it.
public enum InstructionPath: String, Sendable, CaseIterable {
  /// Whatever the compiler may assume: SSE2 on x86-64, NEON on aarch64.
  case plain
  /// x86-64 with AVX2 and FMA.
  case avx2
  /// x86-64 with FMA and AVX-512 (F, VL, DQ and BW).
  case avx512

  /// The path in use.
  public static var current: InstructionPath {
    allCases.first { $0.code == lc_current_path() } ?? .plain
  }

  /// Puts a path into use, on all threads; for tests and measurements.
  ///
  /// - Returns: whether this machine can run it; if not, nothing changes.
  @discardableResult
  public static func use(_ path: InstructionPath) -> Bool {
    lc_use_path(path.code) != 0
  }

  /// The path as the kernels call it.
  private var code: lc_path {
    switch self {
    case .plain: LC_PATH_PLAIN
    case .avx2: LC_PATH_AVX2
    case .avx512: LC_PATH_AVX512
    }
  }
}

import Diagnostics
import Modeling

/// The memory that a command may use.
package struct MemoryLimit: Sendable {
  /// The number of bytes.
  package var bytes: Int
  /// Where the limit comes from: `--memory`, or a description of the default.
  package var origin: String
  /// The place that a refusal names: the flag.
  package var place: SourcePlace

  /// Creates a limit.
  package init(bytes: Int, origin: String, place: SourcePlace) {
    self.bytes = bytes
    self.origin = origin
    self.place = place
  }

  /// Bytes left free by the work that fits, since the memory that a process uses at its start varies.
  private static let margin = 4.0 * 0x1p20

  /// The bytes that are left besides those that the process uses now.
  package var free: Double { Double(bytes) - Double(RunCost.residentBytes) }

  /// Refuses work that needs more memory than is left, before it starts, with the largest work that fits or, if none does,
  /// the limit that the work needs.
  ///
  /// - Parameters:
  ///   - needed: the bytes that the work needs in addition to those that the process uses now.
  ///   - size: the size of the work, such as `131072 draws of 20 columns`.
  ///   - fitting: the largest work that fits into some bytes, such as `at most --draws 65536`; nil if none does.
  /// - Throws: `Diagnostics` with the needed memory, the limit and the largest work that fits.
  package func require(
    _ needed: Double, for size: String, fitting: (Double) -> String?
  ) throws(Diagnostics) {
    let free = self.free
    guard needed > free else { return }
    let all = Int(min(needed + Double(bytes) - free, 0x1p62))
    throw Diagnostics(
      .tooMuchAnalysisMemory(
        MemorySize(all).text, limit: MemorySize(bytes).text, origin: origin, fitting: fitting(free - Self.margin),
        least: MemorySize.limit(above: all + Int(Self.margin)), size: size),
      at: place)
  }
}

/// A number of bytes, written with a power of 1024.
package struct MemorySize: Sendable {
  /// The units, the largest first.
  package static let units: [(suffix: Character, bytes: Int)] = [
    ("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10),
  ]

  /// The number.
  package var bytes: Int

  /// Creates a number of bytes.
  package init(_ bytes: Int) { self.bytes = bytes }

  /// A limit for work that needs some bytes, as `--memory` takes it: in whole mebibytes, and one more, since the memory that
  /// a process uses at its start varies.
  package static func limit(above bytes: Int) -> String { "\(bytes >> 20 + 2)M" }

  /// `2.1 GiB`, `512 MiB`, `3 KiB`, `12 bytes`.
  package var text: String {
    guard let unit = Self.units.first(where: { bytes >= $0.bytes }) else {
      return bytes == 1 ? "1 byte" : "\(bytes) bytes"
    }
    let tenths = (Double(bytes) / Double(unit.bytes) * 10).rounded() / 10
    let number = tenths < 10 && tenths != tenths.rounded() ? "\(tenths)" : "\(Int(tenths.rounded()))"
    return "\(number) \(unit.suffix)iB"
  }
}

/// Register allocation, the rule `registers`: a value's column is reused as soon as its last reader has run, so that a
/// block's columns stay in the cache.
struct Registers {
  /// The first register number, until the number of wide columns, which come first, is known.
  static let base: Int32 = 1 << 24

  /// The number of registers.
  private(set) var count = 0
  private var free: [Int32] = []
  /// The last step that reads each value.
  private let lastReader: [ValueID: Int]
  private let reuses: Bool

  /// The registers of a program, all free.
  ///
  /// - Parameter reuses: false if every value has its own column.
  init(_ schedule: Schedule, reuses: Bool) {
    self.reuses = reuses
    var last: [ValueID: Int] = [:]
    for (number, step) in schedule.steps.enumerated() {
      step.node.forEachOperand { last[$0] = number }
    }
    // Columns of constants are filled once and never released.
    for (value, _) in schedule.constants { last[value] = .max }
    lastReader = last
  }

  /// Whether a value has no reader after a step; without a step, whether it has no reader at all.
  func isDead(_ value: ValueID, after step: Int?) -> Bool { lastReader[value] == step }

  /// Allocates a free register.
  mutating func take() -> Int32 {
    if let column = free.popLast() { return column }
    count += 1
    return Self.base + Int32(count - 1)
  }

  /// Frees registers; other columns are ignored.
  mutating func release(_ columns: [Int32]) {
    if reuses { free += columns.filter { $0 >= Self.base } }
  }
}

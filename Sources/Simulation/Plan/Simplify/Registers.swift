/// Register allocation: a value's column is given to the next value as soon as its last reader has run, so that a block's
/// columns stay in the cache.
struct Registers {
  /// Registers are numbered from here until the number of wide columns, which come first, is known.
  static let base: Int32 = 1 << 24

  /// How many there are.
  private(set) var count = 0
  private var free: [Int32] = []
  /// The step that reads each value last.
  private let lastReader: [ValueID: Int]

  /// The registers of a program, all free.
  init(_ schedule: Schedule) {
    var last: [ValueID: Int] = [:]
    for (number, step) in schedule.steps.enumerated() {
      step.node.forEachOperand { last[$0] = number }
    }
    // Columns of constants are filled once and never given away.
    for (value, _) in schedule.constants { last[value] = .max }
    lastReader = last
  }

  /// Whether a value has no reader after a step; without a step, no reader at all.
  func isDead(_ value: ValueID, after step: Int?) -> Bool { lastReader[value] == step }

  /// A register that nothing uses.
  mutating func take() -> Int32 {
    if let column = free.popLast() { return column }
    count += 1
    return Self.base + Int32(count - 1)
  }

  /// Gives registers back; of other columns among these nothing becomes.
  mutating func release(_ columns: [Int32]) { free += columns.filter { $0 >= Self.base } }
}

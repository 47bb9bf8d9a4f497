import Sampling

/// Values whose columns are kept, with one slot per value.
struct KeptValues {
  private(set) var sinks: [(value: ValueID, sink: Sink)] = []
  private(set) var constants: [Int: Double] = [:]
  private var slots: [ValueID: Int] = [:]

  /// The number of distinct values.
  var count: Int { slots.count }

  /// The slot of a value.
  mutating func slot(of value: ValueID, _ graph: Graph) -> Int {
    if let slot = slots[value] { return slot }
    let slot = slots.count
    slots[value] = slot
    if let number = graph.constant(value) {
      constants[slot] = number
    } else {
      sinks.append((value, .keep(slot: slot)))
    }
    return slot
  }
}

/// A worker's memory for kept columns: one address block per slot.
final class KeptColumns {
  let start: UnsafeMutablePointer<Double>

  /// Memory for the columns of some values; those of constants are filled here.
  init(_ values: KeptValues) {
    let count = max(1, values.count * AddressBlock.draws)
    start = .allocate(capacity: count)
    start.initialize(repeating: .nan, count: count)
    for (slot, number) in values.constants {
      (start + slot * AddressBlock.draws).update(repeating: number, count: AddressBlock.draws)
    }
  }

  deinit { start.deallocate() }

  func value(_ slot: Int, _ draw: Int) -> Double { start[slot * AddressBlock.draws + draw] }

  /// The first `count` draws of a slot's column.
  func column(_ slot: Int, count: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: start + slot * AddressBlock.draws, count: count)
  }
}

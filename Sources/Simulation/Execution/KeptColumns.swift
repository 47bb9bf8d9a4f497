import Sampling

/// Values whose columns are to be kept, each in one slot.
struct KeptValues {
  private(set) var sinks: [(value: ValueID, sink: Sink)] = []
  private(set) var constants: [Int: Double] = [:]
  private var slots: [ValueID: Int] = [:]

  /// The number of different values.
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

/// A worker's memory of kept columns: an address block a slot.
final class KeptColumns {
  let start: UnsafeMutablePointer<Double>

  /// Room for the columns of some values; those of constants are filled at once.
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

  /// The first draws of a slot's column.
  func column(_ slot: Int, count: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: start + slot * AddressBlock.draws, count: count)
  }
}

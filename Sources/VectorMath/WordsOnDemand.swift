import CBlockKernels
import Foundation

/// Lists of words of one length, each of which is made when it is first asked for, once for all threads.
package final class WordsOnDemand: @unchecked Sendable {
  private let count: Int
  private let length: Int
  private let words: UnsafeMutablePointer<UInt64>
  /// Whether each list is complete: written under the lock, read without it.
  private let isComplete: UnsafeMutablePointer<UInt8>
  private let lock = NSLock()
  private let make: @Sendable (_ list: Int, _ words: UnsafeMutablePointer<UInt64>) -> Void

  /// A number of lists, none of which is made yet.
  ///
  /// - Parameters:
  ///   - count: the number of lists.
  ///   - length: the words of each.
  ///   - make: writes all words of a list; it depends on nothing but its number.
  package init(
    count: Int, length: Int, make: @escaping @Sendable (_ list: Int, _ words: UnsafeMutablePointer<UInt64>) -> Void
  ) {
    self.count = count
    self.length = length
    self.make = make
    words = .allocate(capacity: max(1, count * length))
    isComplete = .allocate(capacity: max(1, count))
    isComplete.initialize(repeating: 0, count: max(1, count))
  }

  deinit {
    words.deallocate()
    isComplete.deallocate()
  }

  /// The words of a list, which live as long as this object.
  package subscript(list: Int) -> UnsafePointer<UInt64> {
    precondition((0..<count).contains(list), "A list is asked for by its number.")
    let start = words + list * length
    if lc_is_complete(isComplete + list) == 0 { complete(list, start) }
    return UnsafePointer(start)
  }

  private func complete(_ list: Int, _ start: UnsafeMutablePointer<UInt64>) {
    lock.withLock {
      // Another thread may have made it meanwhile.
      if lc_is_complete(isComplete + list) != 0 { return }
      make(list, start)
      lc_complete(isComplete + list)
    }
  }
}

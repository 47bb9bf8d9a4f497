import Foundation
import Reporting
import TextFormats

/// A progress bar with the remaining time, on standard error, for work longer than a second if standard error is a
/// terminal.
final class Progress: @unchecked Sendable {
  /// Shorter work shows no bar.
  private static let delay: Duration = .seconds(1)
  /// The minimum time between redraws of the bar.
  private static let interval: Duration = .milliseconds(100)
  private static let width = 30

  private let start = ContinuousClock.now
  private let lock = NSLock()
  private var last: ContinuousClock.Instant?

  /// Runs some work with a progress bar, or without one if standard error is not a terminal.
  static func shown<Result>(unless isQuiet: Bool, _ work: (Progress?) throws -> Result) rethrows -> Result {
    guard !isQuiet, StandardStream.error.isTerminal, !StandardStream.error.isDumb else { return try work(nil) }
    let bar = Progress()
    defer { bar.clear() }
    return try work(bar)
  }

  /// Shows the completed share; may be called from any thread, and from several at once.
  func update(_ share: Double) {
    guard lock.try() else { return }
    defer { lock.unlock() }
    let now = ContinuousClock.now
    guard now - start >= Self.delay, last.map({ now - $0 >= Self.interval }) ?? true else { return }
    last = now
    try? StandardStream.error.write(
      TerminalText(trusted: "\r\u{1B}[K" + Self.line(share: share, elapsed: (now - start) / .seconds(1))))
  }

  /// `[============                  ]  40 %, 12 s left`
  static func line(share: Double, elapsed: Double) -> String {
    let share = share.isFinite ? min(max(share, 0), 1) : 0
    let full = Int(share * Double(width))
    let bar = String(repeating: "=", count: full) + String(repeating: " ", count: width - full)
    let percent = String(Int(share * 100))
    let left = share > 0 ? ", \(NumberText.duration((elapsed * (1 - share) / share).rounded(.up))) left" : ""
    return "[\(bar)] \(String(repeating: " ", count: 3 - percent.count))\(percent) %\(left)"
  }

  private func clear() {
    lock.lock()
    defer { lock.unlock() }
    if last != nil { try? StandardStream.error.write(TerminalText(trusted: "\r\u{1B}[K")) }
  }
}

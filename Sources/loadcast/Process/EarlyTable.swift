import Foundation
import Reporting
import Simulation
import TextFormats

/// A table of the first draws on the terminal while a run goes on, replaced by each later one and, in the end, by the
/// results. Nothing of it is written to a file.
final class EarlyTable: @unchecked Sendable {
  /// Lines of a terminal that does not say how many it has, as a VT100.
  private static let usualHeight = 24

  private let lock = NSLock()
  /// The lines of the table on the terminal.
  private var height = 0

  /// The table of a command, unless it prints nothing, or something else than a table, or not to a terminal.
  init?(unless isQuiet: Bool) {
    let stream = StandardStream.output
    guard !isQuiet, stream.isTerminal, !stream.isDumb else { return nil }
  }

  /// Shows lines, as many as fit the terminal, in place of those before.
  func show(_ lines: [String]) {
    lock.withLock {
      // Two lines are left for the progress bar and the cursor.
      let most = max(1, Self.terminalHeight - 2)
      var shown = lines
      if shown.count > most { shown.removeSubrange((most - 1)..<(shown.count - 1)) }
      // Without automatic line breaks (DECAWM of the VT100), so that each line takes one of the terminal's.
      let text = shown.map { "\u{1B}[K" + $0 + "\n" }.joined()
      write(erasing + "\u{1B}[?7l" + text + "\u{1B}[?7h")
      height = shown.count
    }
  }

  /// Removes the table.
  func clear() {
    lock.withLock {
      if height > 0 { write(erasing) }
      height = 0
    }
  }

  /// Moves the cursor to the table's first line and erases from there (ECMA-48: CUU, ED); also a progress bar's line.
  private var erasing: String { height > 0 ? "\r\u{1B}[\(height)A\u{1B}[J" : "" }

  private func write(_ text: String) { try? StandardStream.output.write(TerminalText(trusted: text)) }

  private static var terminalHeight: Int {
    var size = winsize()
    guard ioctl(StandardStream.output.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else {
      return usualHeight
    }
    return Int(size.ws_row)
  }
}

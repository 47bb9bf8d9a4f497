import Foundation

/// The fenced blocks of a Markdown page, in order.
struct DocumentBlocks {
  /// A fenced block.
  struct Block {
    /// The words after the fence: the language, then anything else.
    var info: [String]
    /// The lines between the fences.
    var text: String
    /// The line of the opening fence, counted from 1.
    var line: Int
  }

  /// The blocks.
  var blocks: [Block] = []

  /// The root of the repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The blocks of a page of the repository.
  init(ofPageAt path: String) throws {
    let page = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    var open: Block?
    for (number, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = Block(info: line.dropFirst(3).split(separator: " ").map(String.init), text: "", line: number + 1)
        }
      } else {
        open?.text += line + "\n"
      }
    }
  }
}

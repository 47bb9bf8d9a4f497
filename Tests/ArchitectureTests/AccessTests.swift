import Testing

/// The program is the only product, so no declaration has to be visible outside the package.
@Suite("Access")
struct AccessTests {
  @Test("Declarations have package access or less, so that documentation and optimiser know all their users")
  func nothingIsPublic() throws {
    let pattern = try Regex(#"^(?:@\w+(?:\([^)\n]*\))? |\w+ )*public(?:\(set\))? "#)
    #expect("  @inlinable public func f() {}".trimmingPrefix(while: \.isWhitespace).contains(pattern))
    #expect("package public(set) var x: Int".contains(pattern))
    #expect(!"package let text = \"is public \"".contains(pattern))
    var checked = 0
    for file in try SingleDeclarationTests.all() where file.path.hasSuffix(".swift") {
      for line in file.text.split(separator: "\n").map({ $0.trimmingPrefix(while: \.isWhitespace) })
      where !line.hasPrefix("//") {
        checked += 1
        if line.contains(pattern) { Issue.record("\(file.path): \(line)") }
      }
    }
    #expect(checked > 10_000)
  }
}

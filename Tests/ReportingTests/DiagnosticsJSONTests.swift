import Diagnostics
import Foundation
import Testing

@testable import Reporting

@Suite("The number of diagnostics in JSON is bounded")
struct DiagnosticsJSONTests {
  private enum Code: String, DiagnosticSection {
    static let section = "test"
    case many
  }

  private func answer(_ warnings: Int, _ errors: Int) throws -> [String: Any] {
    let all =
      (0..<warnings).map { Diagnostic(Problem(Code.many, severity: .warning, "warning \($0)"), at: nil) }
      + (0..<errors).map { Diagnostic(Problem(Code.many, "error \($0)"), at: nil) }
    let text = DiagnosticsJSON.text(of: all, counts: nil)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("Beyond the limit, errors are listed before warnings, and the others counted")
  func limit() throws {
    let many = try answer(700, 800)
    let listed = try #require(many["diagnostics"] as? [[String: Any]])
    #expect(listed.count == 1_000 && many["omitted"] as? Int == 500 && many["valid"] as? Bool == false)
    #expect(listed.filter { $0["severity"] as? String == "error" }.count == 800)
    #expect(listed.last?["message"] as? String == "warning 199")
  }

  @Test("Up to the limit all are listed in their order")
  func few() throws {
    let few = try answer(999, 1)
    let listed = try #require(few["diagnostics"] as? [[String: Any]])
    #expect(listed.count == 1_000 && few["omitted"] == nil && listed.last?["message"] as? String == "error 0")
  }
}

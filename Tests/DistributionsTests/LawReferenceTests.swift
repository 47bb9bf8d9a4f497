import Distributions
import Foundation
import Testing

@Suite("Laws against mpmath")
struct LawReferenceTests {
  /// Errors in ulps over condition numbers, by what was computed.
  struct Errors {
    var worst = 0.0
    var sum = 0.0
    var count = 0
    var where_ = ""
  }

  @Test("quantile, cdf, survival, density, mean and sd are within a few ulp times the condition number")
  func values() throws {
    let table = try ReferenceTable("laws.csv")
    #expect(table.rows.count > 3000)
    var errors: [String: Errors] = [:]
    for row in table.rows {
      let name = try #require(row["law"])
      let arguments = try #require(row["arguments"]).split(separator: " ").compactMap { Double($0) }
      let law = try LawCatalogue.law(named: name, arguments: arguments)
      let at = try #require(row["at"].flatMap(Double.init))
      let value = try #require(row["value"].flatMap(Double.init))
      let condition = try #require(row["condition"].flatMap(Double.init))
      let what = try #require(row["what"])
      let computed =
        switch what {
        case "quantile": law.quantile(at)
        case "quantile_survival": law.quantile(survival: at)
        case "cdf": law.cdf(at)
        case "survival": law.survival(at)
        case "density": law.density(at)
        case "mean": law.mean
        default: law.sd
        }
      let error = ulps(computed, from: value) / condition
      var sum = errors["\(name) \(what)"] ?? Errors()
      if error > sum.worst { sum.where_ = "\(law) at \(at): \(computed), not \(value), condition \(condition)" }
      sum.worst = max(sum.worst, error)
      sum.sum += error
      sum.count += 1
      errors["\(name) \(what)"] = sum
      let allowed = what.hasPrefix("quantile") ? 4.0 : 16.0
      #expect(error <= allowed, "\(what) of \(law) at \(at): \(computed), not \(value); \(error) ulp x condition")
    }
    if ProcessInfo.processInfo.environment["SHOW_ACCURACY"] != nil {
      for (key, error) in errors.sorted(by: { $0.key < $1.key }) {
        print("accuracy: \(key): worst \(error.worst), mean \(error.sum / Double(error.count)); \(error.where_)")
      }
    }
  }
}

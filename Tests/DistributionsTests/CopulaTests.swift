import Distributions
import Foundation
import Testing

@Suite("Copulas")
struct CopulaTests {
  @Test("The catalogue has a line for every file of the folder, in the order of names")
  func everyFileIsListed() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Distributions/Copulas/Families")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .filter { $0.hasSuffix(".swift") }
    let declared = try files.map { file in
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      return String(try #require(text.firstMatch(of: /static let name = "([a-z_]+)"/), "\(file)").1)
    }
    #expect(declared.sorted() == CopulaCatalogue.pairs.map { $0.name })
    #expect(CopulaCatalogue.names == ["clayton", "frank", "gaussian", "gumbel", "student"])
  }

  @Test("Kendall's correlation and the parameter belong together")
  func kendall() throws {
    for family in CopulaCatalogue.pairs {
      for kendall in [0.001, 0.02, 0.3, 0.5, 0.8, 0.98] {
        let copula = family.init(theta: family.theta(kendall: kendall))
        #expect(abs(copula.kendall - kendall) < 1e-13, "\(family.name) \(kendall)")
      }
    }
    for row in try ReferenceTable("copulas.csv").rows where row["what"] == "frank" {
      let theta = try #require(row["a"].flatMap(Double.init)), value = try #require(row["value"].flatMap(Double.init))
      #expect(abs(FrankCopula(theta: theta).kendall - value) < 1e-13, "\(theta)")
    }
  }

  /// Kendall's correlation is 4 E C(U, V) - 1: a sum over a grid of conditional quantiles.
  @Test("Kendall's correlation is that of the copula itself, however it is turned", arguments: RotatedCopula.turns)
  func kendallOfCdf(_ turn: Int) {
    for family in CopulaCatalogue.pairs {
      let copula = RotatedCopula(family.init(theta: family.theta(kendall: 0.45)), turn: turn)
      for keepsFirst in [true, false] {
        let quantile = copula.conditionalQuantile(keepsFirst: keepsFirst)
        let count = 300
        var sum = 0.0
        for i in 0..<count {
          for j in 0..<count {
            let (u, w) = ((Double(i) + 0.5) / Double(count), (Double(j) + 0.5) / Double(count))
            let v = quantile.value(given: u, at: w)
            sum += keepsFirst ? copula.cdf(u, v) : copula.cdf(v, u)
          }
        }
        // The midpoint rule, with kinks at the corners: an error of some thousandths.
        #expect(abs(4 * sum / Double(count * count) - 1 - copula.kendall) < 3e-3, "\(family.name) \(turn)")
      }
    }
  }

  @Test("Tail dependence is the limit of the copula at its corners")
  func tails() {
    for family in CopulaCatalogue.pairs {
      let copula = family.init(theta: family.theta(kendall: 0.4))
      // From 1 on a double loses what cancels; Gumbel's lower tail ends as slowly as t^0.5.
      let (t, s) = (1e-7, 1e-12)
      let lower = copula.cdf(s, s) / s
      let upper = (2 * t - 1 + copula.cdf(1 - t, 1 - t)) / t
      #expect(abs(lower - copula.tailDependence.lower) < 1e-4, "\(family.name): \(lower)")
      #expect(abs(upper - copula.tailDependence.upper) < 1e-4, "\(family.name): \(upper)")
    }
    #expect(ClaytonCopula(theta: 2).tailDependence.lower == 0.5.squareRoot())
    let turned = RotatedCopula(ClaytonCopula(theta: 2), turn: 90).tails
    #expect(turned.map { "\($0.first) \($0.second)" } == ["high low"])
  }

  @Test("Student copulas have the rank correlations and tails of the reference")
  func student() throws {
    for row in try ReferenceTable("copulas.csv").rows where row["what"]?.hasPrefix("student") == true {
      let numbers = ["a", "b", "value"].compactMap { row[$0].flatMap(Double.init) }
      let copula = StudentCopula(df: numbers[0])
      switch row["what"] {
      case "student_rank":
        #expect(abs(copula.spearman(score: numbers[1]) - numbers[2]) < 1e-7, "\(numbers)")
        #expect(abs(copula.score(spearman: numbers[2]) - numbers[1]) < 1e-6, "\(numbers)")
      case "student_tail":
        #expect(abs(copula.tailDependence(score: numbers[1]) - numbers[2]) <= 1e-12 * numbers[2], "\(numbers)")
      default: break
      }
    }
  }

  @Test("The tables of Student scores keep both tails", arguments: [1.0, 2.5, 4, 30, 1000])
  func studentScores(_ df: Double) {
    let copula = StudentCopula(df: df)
    let student = try? DistributionCatalogue.distribution(named: "student", arguments: [df, 0, 1])
    let (outer, inner) = (QuantileTable(copula.outer), QuantileTable(copula.inner))
    for t in [1e-6, 0.01, 0.3, 1, 2, 5, 20, 300] {
      let x = df / (df + t * t), y = t * t / (df + t * t)
      let tail = student?.survival(t) ?? .nan
      guard tail > 1e-15 else { continue }
      let exact = -StandardNormal.quantile(tail)
      var found = 0.0
      let (table, at, sign) = x < y ? (outer, x, -1.0) : (inner, y, 1.0)
      withUnsafePointer(to: at) { table.fill(&found, at: $0, count: 1) }
      #expect(abs(sign * found - exact) <= 1e-9 * max(exact, 1e-3), "df \(df) at \(t): \(sign * found), not \(exact)")
    }
  }
}

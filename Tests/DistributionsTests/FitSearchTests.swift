import Distributions
import Foundation
import Testing

/// Fits of quantiles that a distribution of the family has: its own, of random arguments.
///
/// None is refused of those targets whose values determine the probabilities in double precision; the others are counted
/// by the reasons in `FitSearchTarget.Unsuitable`. The suite takes 60 targets a family; `LOADCAST_FITS=10000` asks for
/// more and prints the counts, `LOADCAST_FITS_FAMILIES=beta,kumaraswamy` asks for some families only.
@Suite("Fits of random feasible quantiles")
struct FitSearchTests {
  static let targets = ProcessInfo.processInfo.environment["LOADCAST_FITS"].flatMap { Int($0) } ?? 60

  /// The families that are fitted: all but those of counts, or those that the environment names.
  static let families: [String] = {
    let all = DistributionCatalogue.families.filter { !($0 is any CountDistribution.Type) && !($0 is Bernoulli.Type) }
      .map { $0.name }
    guard let wanted = ProcessInfo.processInfo.environment["LOADCAST_FITS_FAMILIES"] else { return all }
    return wanted.split(separator: ",").map(String.init)
  }()

  @Test("finds one that has them, or several", arguments: FitSearchTests.families)
  func found(name: String) throws {
    let family = try #require(DistributionCatalogue.family(named: name))
    var random = RandomNumbers(name)
    var (made, found, several, unknown, refused, missed) = (0, 0, 0, 0, 0, 0)
    var unsuitable: [FitSearchTarget.Unsuitable: Int] = [:]
    while made < Self.targets {
      try #require(
        unsuitable.values.reduce(unknown + made, +) < 100 * Self.targets, "hardly any target of \(name) is feasible")
      let target: FitSearchTarget
      do throws(FitSearchTarget.Unsuitable) {
        target = try FitSearchTarget(family, &random)
      } catch {
        unsuitable[error, default: 0] += 1
        continue
      }
      do throws(DistributionError) {
        let distribution = try DistributionCatalogue.fit(family, fixed: target.fixed, points: target.points)
        let isMissed = target.isMissed(by: distribution)
        #expect(!isMissed, "\(distribution) for \(target)")
        if isMissed { missed += 1 } else { found += 1 }
      } catch {
        // Three points for a parameterisation without a method, and one or two for the same: the error says so, and not
        // that there is no such distribution.
        if case .notFittable = error {
          unknown += 1
          continue
        }
        if error == .ambiguous(distribution: name) {
          several += 1
          // Searching for a second one takes as long as a hundred fits.
          #expect(several > 5 && Self.targets < 1000 || Self.areSeveral(target), "only one for \(target)")
        } else {
          refused += 1
          Issue.record("\(name): \(error) for \(target)")
        }
      }
      made += 1
    }
    guard Self.targets >= 1000 else { return }
    print("\(name): \(made) targets, \(found) found, \(several) of several, \(refused) refused, \(missed) missed")
    if unknown > 0 { print("  not asked: \(unknown), no method for these arguments") }
    for reason in FitSearchTarget.Unsuitable.allCases {
      if let count = unsuitable[reason] { print("  not asked: \(count), \(reason.rawValue)") }
    }
  }

  /// Whether more than one distribution has all the points, or has them to rounding: along one argument, the others being
  /// found for each of its values, the last condition is met more than once, its own value being one of them.
  private static func areSeveral(_ target: FitSearchTarget) -> Bool {
    let parameters = target.family.parameterisations[0].parameters
    let free = DistributionCatalogue.freeParameters(target.family, fixed: target.fixed)
    let x = target.points.map(\.value)
    let places = parameters.indices.filter { parameters[$0].role == .location }
    // A lower end, a mode and an upper end, of which the mode's share of the width decides.
    if free.count > 1, places.count == 3, let ends = Ends(target, places) {
      var shares: [Double] = (0...1000).map { 1e-3 * Double($0) }
      for k in 11...40 {
        let end: Double = pow(2, Double(-k))
        shares += [end, 1 - end]
      }
      shares += near(ends.share)
      let inside = Set(shares).sorted().filter { $0 >= 0 && $0 <= 1 }
      return isRepeated(inside) { ends.miss(x, $0) }
    }
    guard let position = free.count == 1 ? free[0] : free.first(where: { parameters[$0].role == .shape }),
      let last = target.points.last
    else { return false }
    let own = target.arguments[position]
    var values = near(own)
    if parameters[position].role == .location {
      // Between the other places and the point, and far out on both sides.
      let all = places.map { target.arguments[$0] } + x
      let (low, high) = (all.min() ?? own, all.max() ?? own)
      let width = high - low
      for k in 0...400 { values.append(low + width * (Double(k) / 400)) }
      for k in -40...80 {
        let step: Double = pow(2, 0.5 * Double(k)) * (high - low)
        values += [low - step, low + step, high - step, high + step]
      }
    } else {
      let size = parameters[position].role == .shape ? 1 : last.value.magnitude
      for k in -400...400 { values.append(size * pow(2, 0.1 * Double(k))) }
      if parameters[position].domain.low < 0 { values += values.map { -$0 } }
    }
    return isRepeated(Set(values).sorted().filter(parameters[position].domain.contains)) { value in
      var (fixed, arguments) = (target.fixed, target.arguments)
      (fixed[parameters[position].name], arguments[position]) = (value, value)
      let distribution =
        free.count == 1
        ? try? target.family.distribution(arguments)
        : try? DistributionCatalogue.fit(target.family, fixed: fixed, points: Array(target.points.dropLast()))
      return distribution.map { (FitSearchTarget.quantile($0, last.probability) - last.value) / target.width }
    }
  }

  /// Values close to one, on both sides.
  private static func near(_ value: Double) -> [Double] {
    let steps: [Double] = [0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7]
    return steps.map { value - $0 * value } + steps.map { value + $0 * value }
  }

  /// Whether a miss, relative to what matters, is 0 at more than one place.
  private static func isRepeated(_ places: [Double], _ miss: (Double) -> Double?) -> Bool {
    var (roots, lastSign) = (0, 0.0)
    for place in places {
      guard let miss = miss(place), miss.isFinite else { continue }
      if miss.magnitude <= 1e-9 {
        roots += 1
        lastSign = 0
      } else {
        if lastSign * miss < 0 { roots += 1 }
        lastSign = miss < 0 ? -1 : 1
      }
    }
    return roots > 1
  }

  /// Distributions between two ends with a mode, of which one place or none is given.
  private struct Ends {
    let target: FitSearchTarget
    let places: [Int]
    /// Where the given one of the three stands among them, and its value.
    let given: (index: Int, value: Double)?
    /// The mode's share of the target's own width.
    let share: Double

    init?(_ target: FitSearchTarget, _ places: [Int]) {
      let arguments = places.map { target.arguments[$0] }
      let names = places.map { target.family.parameterisations[0].parameters[$0].name }
      guard places.count == 3 else { return nil }
      self.target = target
      self.places = places
      given = names.firstIndex { target.fixed[$0] != nil }.map { ($0, arguments[$0]) }
      share = (arguments[1] - arguments[0]) / (arguments[2] - arguments[0])
    }

    /// How far the distribution with the mode at a share of the width is from all points when it is put through two of
    /// them, or through one and the given place.
    func miss(_ x: [Double], _ share: Double) -> Double? {
      var arguments = target.arguments
      for (place, value) in zip(places, [0, share, 1]) { arguments[place] = value }
      guard let distribution = try? target.family.distribution(arguments) else { return nil }
      let z = target.points.map { FitSearchTarget.quantile(distribution, $0.probability) }
      let (step, wanted) = (z[1] - z[0], x[1] - x[0])
      guard let given else {
        guard z.count == 3 else { return nil }
        let (place, wantedPlace) = (step / (z[2] - z[0]), wanted / (x[2] - x[0]))
        return place - wantedPlace
      }
      let origins: [Double] = [0, share, 1]
      let (place, wantedPlace) = ((z[0] - origins[given.index]) / step, (x[0] - given.value) / wanted)
      return place - wantedPlace
    }
  }

  /// mpmath 1.3: Tests/DistributionsTests/Reference/beta_fits.py
  @Test("of beta near 0 and 1 gives the shapes that mpmath finds")
  func betaNearEnds() throws {
    let cases: [(low: (Double, Double), high: (Double, Double), shapes: (Double, Double))] = [
      ((0.05, 0.999), (0.95, 0.9999), (5433.176465333411, 2.436464050565904)),
      ((0.05, 1e-4), (0.95, 1e-3), (2.436464050566104, 5433.176465333726)),
      ((0.05, 0.9999), (0.95, 0.99999999), (15342.42944794609, 0.3542810294962707)),
      ((0.5, 1e-5), (0.95, 1e-4), (0.439509749992808, 17671.05089275096)),
      ((0.05, 1e-12), (0.95, 1e-3), (0.1463422738755888, 809.286282624095)),
      ((0.1, 0.49), (0.9, 0.51), (2052.807374395188, 2052.807374395188)),
    ]
    for (low, high, shapes) in cases {
      let distribution = try DistributionCatalogue.fit(
        Beta.self, low: QuantilePoint(probability: low.0, value: low.1),
        high: QuantilePoint(probability: high.0, value: high.1))
      #expect((distribution.arguments[0] / shapes.0 - 1).magnitude < 1e-9, "\(distribution)")
      #expect((distribution.arguments[1] / shapes.1 - 1).magnitude < 1e-9, "\(distribution)")
    }
  }

  /// The arguments behind the points; SciPy 1.17's stats.beta.cdf and sf give the points' probabilities to 1e-12.
  @Test("of beta and kumaraswamy that are narrow, or have an end far away, gives the arguments")
  func narrowOrFar() throws {
    let cases: [(family: String, fixed: [String: Double], points: [(Double, Double)], arguments: [Double])] = [
      (
        "beta", ["low": 0, "high": 1.0523773975915184e-59],
        [(0.1752616653680626, 9.668216916269724e-60), (0.8537981116877993, 9.669925277688833e-60)],
        [10265809.62998646, 907511.1911018953, 0, 1.0523773975915184e-59]
      ),
      (
        "beta", ["low": 0, "high": 2.5978610081178414e87],
        [(0.05, 2.42303998194296e87), (0.95, 2.423672039981787e87)],
        [10686281.373184377, 769514.7612195122, 0, 2.5978610081178414e87]
      ),
      (
        "beta", [:], [(0.05, 0.9179389378838998), (0.95, 0.9181233670032029)],
        [21979562.55997797, 1962503.0509337627, 0, 1]
      ),
      (
        "beta", ["alpha": 0.20279703699331103, "beta": 789266.9689404353, "high": 7.602089412965633e-98],
        [(0.9942398113419305, -8.841296802695726e-103)],
        [0.20279703699331103, 789266.9689404353, -1.1398438130357244e-102, 7.602089412965633e-98]
      ),
      (
        "kumaraswamy", ["a": 0.023625396851461915, "b": 0.008447870315076291, "high": 1.8824716007217357e47],
        [(0.010446163841648846, 5.603481455611797e42)],
        [0.023625396851461915, 0.008447870315076291, 5.49934979738414e42, 1.8824716007217357e47]
      ),
    ]
    for (name, fixed, points, arguments) in cases {
      let family = try #require(DistributionCatalogue.family(named: name))
      let points = points.map { QuantilePoint(probability: $0.0, value: $0.1) }
      let distribution = try DistributionCatalogue.fit(family, fixed: fixed, points: points)
      for (found, wanted) in zip(distribution.arguments, arguments) {
        // The values' last digits determine the shapes to 1e-12 times value over width, the ends to rounding.
        let tolerance = points.count == 2 ? 1e-9 : 1e-15
        #expect((found - wanted).magnitude <= tolerance * wanted.magnitude, "\(distribution)")
      }
      for point in points {
        let found = FitSearchTarget.quantile(distribution, point.probability)
        #expect((found / point.value - 1).magnitude < 1e-15, "\(distribution) at \(point)")
      }
    }
  }

  @Test("of a one-sided skew_normal of given scale is ambiguous, not impossible", arguments: [1.0, -1])
  func oneSided(sign: Double) throws {
    // Both points are 0.08 scales or more from the location, so that from a shape of 80 on no shape moves them by as much
    // as 1e-10 of a scale: less than a last digit of the values, which are 2e5 scales from 0.
    let family = try #require(DistributionCatalogue.family(named: "skew_normal"))
    let distribution = try family.distribution([6.231e-68 * sign, 2.551e-73, 400 * sign])
    let points = [0.07, 0.9].map {
      QuantilePoint(probability: $0, value: FitSearchTarget.quantile(distribution, $0))
    }
    #expect(throws: DistributionError.ambiguous(distribution: "skew_normal")) {
      try DistributionCatalogue.fit(family, fixed: ["scale": 2.551e-73], points: points)
    }
  }

  @Test("is refused only beyond what the family has, and then names an interval that it has")
  func refusals() throws {
    // An inverse Gaussian's 95th percentile is less than 976 times its 5th: that of a Levy distribution, here by
    // SciPy's stats.levy.ppf(.95) / stats.levy.ppf(.05).
    let greatest = 976.9384662486706
    for ratio in [0.9999 * greatest, 1.0001 * greatest, 1e9] {
      let points = try Interval.points(low: 2, high: 2 * ratio)
      if ratio < greatest {
        #expect(throws: Never.self) {
          try DistributionCatalogue.fit(InverseGaussian.self, low: points.low, high: points.high)
        }
        continue
      }
      let error = #expect(throws: DistributionError.self) {
        try DistributionCatalogue.fit(InverseGaussian.self, low: points.low, high: points.high)
      }
      guard case .noFit(_, _, _, let nearest)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      // Far from all of them none is named.
      guard ratio < 60 * greatest else { continue }
      let near = try #require(nearest)
      #expect(near.upperBound / near.lowerBound > 0.98 * greatest)
    }
    // A beta distribution as narrow as this has shapes of 1e11.
    let narrow = try Interval.points(low: 0.5 - 2e-6, high: 0.5 + 2e-6)
    #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(Beta.self, low: narrow.low, high: narrow.high)
    }
  }
}

import Distributions
import Foundation
import Testing

/// Fits of quantiles that a distribution of the family has: its own, of random arguments.
///
/// That none is refused is claimed of targets whose probabilities can be told from their values in double precision; see
/// `Target`. `LOADCAST_FITS=10000` asks for so many targets a family; the suite takes 60.
@Suite("Fits of random feasible quantiles")
struct FitSearchTests {
  static let targets = ProcessInfo.processInfo.environment["LOADCAST_FITS"].flatMap { Int($0) } ?? 60

  /// The families that are fitted: all but those of counts.
  static let families = DistributionCatalogue.families.filter {
    !($0 is any CountDistribution.Type) && !($0 is Bernoulli.Type)
  }
  .map { $0.name }

  /// What is asked of a fit: quantiles of random arguments, some of which are given.
  struct Target {
    let family: any DistributionFamily.Type
    let arguments: [Double]
    let fixed: [String: Double]
    let points: [QuantilePoint]
    /// The distance of the outer points; at least a thousandth of that of the quartiles.
    let width: Double

    /// Nil where the quantiles are no quantiles of one distribution alone: not apart in double precision, or at the ends
    /// of what a double holds; and where the last digit of a value, or of a place that is given or found with it, changes
    /// a probability by more than 1e-9 of itself: the point then says too little of the distribution, and the rounding
    /// of any fit may miss it. So do points whose distance, seen from a place that is given, has fewer than nine digits.
    /// What a fit says of such points is not covered.
    init?(_ family: any DistributionFamily.Type, _ random: inout RandomNumbers) {
      let parameters = family.parameterisations[0].parameters
      var arguments = RandomArguments(family: family).next(&random)
      let given = parameters.indices.filter { _ in random.uniform() < 0.4 }
      var fixed = Dictionary(uniqueKeysWithValues: given.map { (parameters[$0].name, arguments[$0]) })
      let free = DistributionCatalogue.freeParameters(family, fixed: fixed)
      // What is neither given nor found stands at its default.
      for (i, parameter) in parameters.enumerated() where !given.contains(i) && !free.contains(i) {
        if let value = parameter.defaultValue { arguments[i] = value }
      }
      guard let distribution = try? family.distribution(arguments), (1...3).contains(free.count) else { return nil }
      fixed = Dictionary(uniqueKeysWithValues: given.map { (parameters[$0].name, distribution.arguments[$0]) })
      let probabilities: [Double]
      switch random.element([0, 1, 2]) {
      case 0: probabilities = [[0.5], [0.05, 0.95], [0.05, 0.5, 0.95]][free.count - 1]
      case 1: probabilities = (0..<free.count).map { _ in random.uniform() }.sorted()
      default:
        probabilities = (0..<free.count).map { _ in
          let tail = random.power(-4, -0.35)
          return random.uniform() < 0.5 ? tail : 1 - tail
        }.sorted()
      }
      let points = probabilities.map {
        QuantilePoint(probability: $0, value: FitSearchTests.quantile(distribution, $0))
      }
      let values = points.map(\.value)
      guard zip(values, values.dropFirst()).allSatisfy({ $1 - $0 > 1e-9 * max($0.magnitude, $1.magnitude) }),
        zip(probabilities, probabilities.dropFirst()).allSatisfy({ $1 - $0 > 1e-4 }),
        values.allSatisfy({ (1e-290...1e290).contains($0.magnitude) && distribution.density($0) > 0 }),
        values.allSatisfy({ $0 > distribution.support.lowerBound && $0 < distribution.support.upperBound })
      else { return nil }
      let places = parameters.indices.filter { parameters[$0].role == .location }
      let sizes = places.map { distribution.arguments[$0].magnitude }
      guard
        points.allSatisfy({ point in
          let digit = sizes.reduce(point.value.magnitude, max).ulp
          return distribution.density(point.value) * digit <= 1e-9 * min(point.probability, 1 - point.probability)
        })
      else { return nil }
      let givenPlaces = places.filter(given.contains).map { distribution.arguments[$0] }
      for (low, high) in zip(values, values.dropFirst()) {
        let farthest = givenPlaces.map { ($0 - low).magnitude }.reduce(0, max)
        let digit = sizes.reduce(max(low.magnitude, high.magnitude), max).ulp
        guard digit / (high - low) * (1 + farthest / (high - low)) <= 1e-9 else { return nil }
      }
      self.family = family
      self.arguments = arguments
      self.fixed = fixed
      self.points = points
      width = max(
        values[values.count - 1] - values[0], 1e-3 * (distribution.quantile(0.75) - distribution.quantile(0.25)))
    }

    /// Whether a distribution misses a point by more than 1e-8 of the width and 1e-12 of the value.
    func isMissed(by distribution: any Distribution) -> Bool {
      !points.allSatisfy {
        (FitSearchTests.quantile(distribution, $0.probability) - $0.value).magnitude <= 1e-8 * width + 1e-12
          * $0.value.magnitude
      }
    }
  }

  static func quantile(_ distribution: any Distribution, _ p: Double) -> Double {
    p <= 0.5 ? distribution.quantile(p) : distribution.quantile(survival: 1 - p)
  }

  @Test("finds one that has them, or several", arguments: FitSearchTests.families)
  func found(name: String) throws {
    let family = try #require(DistributionCatalogue.family(named: name))
    var random = RandomNumbers(name)
    var (made, tried, several) = (0, 0, 0)
    while made < Self.targets {
      tried += 1
      try #require(tried < 100 * Self.targets, "hardly any target of \(name) is feasible")
      guard let target = Target(family, &random) else { continue }
      do throws(DistributionError) {
        let distribution = try DistributionCatalogue.fit(family, fixed: target.fixed, points: target.points)
        #expect(!target.isMissed(by: distribution), "\(distribution) for \(target)")
      } catch {
        // Three points for a way that is not known, and one or two for the same: said so, and not that there is none.
        if case .notFittable = error { continue }
        guard error == .ambiguous(distribution: name) else {
          Issue.record("\(name): \(error) for \(target)")
          made += 1
          continue
        }
        several += 1
        // To look for a second one takes as long as a hundred fits.
        #expect(several > 5 && Self.targets < 1000 || Self.areSeveral(target), "only one for \(target)")
      }
      made += 1
    }
  }

  /// Whether more than one distribution has all the points, or has them to rounding: along one argument, the others being
  /// found for each of its values, the last condition is met more than once, its own value being one of them.
  private static func areSeveral(_ target: Target) -> Bool {
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
      return distribution.map { (quantile($0, last.probability) - last.value) / target.width }
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
    let target: Target
    let places: [Int]
    /// Where the given one of the three stands among them, and its value.
    let given: (index: Int, value: Double)?
    /// The mode's share of the target's own width.
    let share: Double

    init?(_ target: Target, _ places: [Int]) {
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
      let z = target.points.map { FitSearchTests.quantile(distribution, $0.probability) }
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

import Modeling
import ScenarioFiles
import Testing

/// Mutated scenarios are either models or have problems with places; nothing traps, hangs or fills memory.
@Suite("Checking mutated scenarios")
struct CheckingFuzz {
  @Test(
    "Four times five hundred mutations of valid scenarios give a model or diagnostics", .timeLimit(.minutes(5)),
    arguments: 0..<4)
  func mutations(part: Int) throws {
    var generator = MutationSource(state: 20_231_123 + UInt64(part))
    let sources = [CheckingWorkloads.flatSector, Self.rich]
    for source in sources { #expect(try Checking.screen(source) == "") }
    var models = 0
    for round in 0..<500 {
      var words = Self.words(sources[round % 2])
      // Mostly a single slip, as most breaks are noticed at once and hide what comes later.
      for _ in 0...Int(generator.next() % 8 / 6) { Self.mutate(&words, &generator) }
      switch try Checking.outcome(words.joined()) {
      case .model: models += 1
      case .problems(let problems): #expect(problems.contains { $0.severity == .error })
      }
    }
    // Some mutations, as of a number, are harmless.
    #expect(models > 0)
    #expect(models < 250)
  }

  /// Words, numbers and signs, with the space between them.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isWord = false
    for character in text {
      let continues = character.isLetter || character.isNumber || character == "_" || character == "."
      if continues, isWord { words[words.count - 1].append(character) } else { words.append(String(character)) }
      isWord = continues
    }
    return words
  }

  private static func mutate(_ words: inout [String], _ generator: inout MutationSource) {
    let visible = words.indices.filter { !words[$0].allSatisfy(\.isWhitespace) }
    func any() -> Int { visible[Int(generator.next() % UInt64(visible.count))] }
    let (one, other) = (any(), any())
    switch generator.next() % 6 {
    case 0: words.remove(at: one)
    case 1: words.insert(words[one] + " ", at: one)
    case 2: words[one] = words[other]
    case 3: words.swapAt(one, other)
    case 4: words[one] = strange[Int(generator.next() % UInt64(strange.count))]
    default: words[one].append(words[other])
    }
  }

  private static let strange = [
    "0", "-1", "1e308", "1e-320", "99999999999999999999", "inf", "nan", "previous", "sum", "over", "(", ")", "[", "]",
    "{", "}", "..", "to", "within", "^", "/", "=", "==", "%", "year", "source", "W", "kWh/year", "\"", "if", "then",
    "shared", "dirichlet", "beta", "normal", "x[year=2019]", "0..1000000000", "1..9999", "over=[year, source]",
  ]

  /// A scenario with most constructs of the language.
  private static let rich = """
    indexes: {year: 2019..2024, vintage: 2017..2024, age: 0..8, source: [coal, gas], route: [fleet, models]}
    units: [gpu]
    inputs:
      shipments: {over: vintage, value: {2017: 1k gpu/year to 2k gpu/year, 2024: 5k gpu/year}, interpolate: log, dependence: 0.5}
      survival: {over: age, value: {0: 1, 5: 0.9 to 0.98, 8: 0}, interpolate: linear, dependence: shared}
      power: {over: [vintage, source], value: {coal: 300 W/gpu to 400 W/gpu, gas: "normal(mu, 5)"}, unit: W/gpu,
        dependence: {vintage: shared, source: independent}}
      mu: {value: "400 * beta(4, 6)", unit: W/gpu}
      mix: {over: [year, source], value: "shares(coal=60%, gas=40%, concentration=10)", dependence: independent}
      choice: discrete(coal=30%, gas=70%)
      pue: truncate(normal(1.2, 0.1), low=1)
    equations:
      alive: if vintage <= year then survival[age=year - vintage] else 0
      fleet: sum(shipments * 1 year * alive, over=vintage)
      load: sum(shipments * 1 year * alive * power[source=choice], over=vintage) * pue
      ends: previous(ends * 0.9, initial=0 gpu) + fleet
      lag: if year == 2019 then load else load[year=year - 1]
      total: stack(route, fleet=load, models=cumulative(lag) / 3)
      part: sum(share(mix, over=source), over=[source, year])
      worst: max(load[year=2020..2022], over=year)
    correlations: [[mu, pue, normal 0.4]]
    references: {bitcoin: {over: year, value: 10 kW to 20 kW, dependence: shared}}
    outputs:
      total: {unit: kW, compare: [bitcoin]}
      part: {}
      worst: {unit: kW}
      ends: {unit: gpu}
    run: {draws: 10k, seed: 3}

    """
}

/// Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", doi:10.1145/2660193.2660195.
private struct MutationSource {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

import Testing
import Units

@Suite("What is not a unit is named, with its place")
struct UnitErrorTests {
  let units: UnitTable

  init() throws {
    var units = UnitTable.standard
    for name in ["gpu", "token", "model", "query"] { try units.declare(name) }
    self.units = units
  }

  /// A mistake in a text, whose offending part is enclosed in « and ».
  struct Mistake: Sendable {
    var marked: String
    var problem: UnitError.Reason

    init(_ marked: String, _ problem: UnitError.Reason) {
      self.marked = marked
      self.problem = problem
    }
  }

  @Test(
    "Each problem is found at the part that causes it",
    arguments: [
      Mistake("«»", .empty),
      Mistake("kWh« »/ year", .space),
      Mistake("W/« »gpu", .space),
      Mistake("« »W", .space),
      Mistake("W«\n»", .space),
      Mistake("W«\r\n»", .space),
      Mistake("TWh« »per year", .space),
      Mistake("W/«gpuu»", .unknown("gpuu", nearest: ["gpu"])),
      Mistake("«foobar»/year", .unknown("foobar", nearest: [])),
      Mistake("W/gpu*«x»", .unknown("x", nearest: [])),
      Mistake("«kgpu»", .prefix("k", of: "gpu")),
      Mistake("W/«kyear»", .prefix("k", of: "year")),
      Mistake("«hW»", .prefix("h", of: "W")),
      Mistake("«daJ»", .prefix("da", of: "J")),
      Mistake("W/«to»", .reservedWord("to")),
      Mistake("«if»", .reservedWord("if")),
      Mistake("«2»*W", .number("2")),
      Mistake("W/«1000»", .number("1000")),
      Mistake("W*«1.5»", .number("1.5")),
      Mistake("m^1/«2»", .number("2")),
      Mistake("1«W»", .unexpected("W")),
      Mistake("W«+»J", .unexpected("+")),
      Mistake("W«-»J", .unexpected("-")),
      Mistake("«-»W", .unexpected("-")),
      Mistake("m«²»", .unexpected("²")),
      Mistake("W«·»h", .unexpected("·")),
      Mistake("«$»/kWh", .unexpected("$")),
      Mistake("«°»C", .unexpected("°")),
      Mistake("«_»W", .unexpected("_")),
      Mistake("W«)»", .unexpected(")")),
      Mistake("«)»", .unexpected(")")),
      Mistake("W«(»h)", .unexpected("(")),
      Mistake("m^2«^»3", .unexpected("^")),
      Mistake("«^»2", .unexpected("^")),
      Mistake("«*»W", .unexpected("*")),
      Mistake("m*«*»2", .unexpected("*")),
      Mistake("(W«,»h)", .unexpected(",")),
      Mistake("%«%»", .unexpected("%")),
      Mistake("gpu/«👩‍👩‍👧»", .unexpected("👩‍👩‍👧")),
      Mistake("gpu/query«/»", .missingOperand(after: "/")),
      Mistake("W«*»", .missingOperand(after: "*")),
      Mistake("(W«*»)", .missingOperand(after: "*")),
      Mistake("W*«(»)", .missingOperand(after: "(")),
      Mistake("W/«(»", .unclosedParenthesis),
      Mistake("gpu/«(»year*model", .unclosedParenthesis),
      Mistake("(gpu/«(»year*model", .unclosedParenthesis),
      Mistake("m^«(»1/2", .unclosedParenthesis),
      Mistake("m«^»", .exponent("")),
      Mistake("m«^»*W", .exponent("")),
      Mistake("m^«x»", .exponent("x")),
      Mistake("m^«1.5»", .exponent("1.5")),
      Mistake("m^«+2»", .exponent("+2")),
      Mistake("m^«--2»", .exponent("--2")),
      Mistake("m^«-»", .exponent("-")),
      Mistake("m^«()»", .exponent("()")),
      Mistake("m^«(1/0)»", .exponent("(1/0)")),
      Mistake("m^«(1/2/3)»", .exponent("(1/2/3)")),
      Mistake("m^«(1/-2)»", .exponent("(1/-2)")),
      Mistake("m^«((2)»)", .exponent("((2)")),
      Mistake("m^«٣»", .exponent("٣")),
      Mistake("m^«²»", .exponent("²")),
      Mistake("m^«2e3»*W", .exponent("2e3")),
      Mistake("m^«2147483648»", .exponentOutOfRange),
      Mistake("m^«99999999999999999999»", .exponentOutOfRange),
      Mistake("m^«(1/99999999999)»", .exponentOutOfRange),
      Mistake("«(m^65536)^65536»", .exponentOutOfRange),
      Mistake("m^2147483647*«m»", .exponentOutOfRange),
      Mistake("1/m^2147483647/«m^2»", .exponentOutOfRange),
      Mistake("«km^200»", .scaleOutOfRange),
      Mistake("«1/km^200»", .scaleOutOfRange),
      Mistake("«km^2147483647»", .exponentOutOfRange),
      Mistake("«h^1000/day^1000»", .scaleOutOfRange),
    ])
  func places(mistake: Mistake) throws {
    let parts = mistake.marked.split(separator: /[«»]/, omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    let error = #expect(throws: UnitError.self) { try units.parse(parts.joined()) }
    #expect(error?.problem == mistake.problem)
    #expect(error?.offset == parts[0].count)
    #expect(error?.length == parts[1].count)
  }

  @Test("Length and nesting are bounded")
  func bounds() throws {
    let long = String(repeating: "W*", count: 499) + "W"
    #expect(long.utf8.count == 999)
    #expect(throws: UnitError.self) { try units.parse("W" + long + "*W") }
    let tooLong = #expect(throws: UnitError.self) { try units.parse(String(repeating: "g", count: 1001)) }
    #expect(tooLong?.problem == .tooLong(limit: 1000))
    #expect(tooLong?.length == 1001)
    #expect(try units.parse(long).dimension == Dimension.power.raised(to: 500))

    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "W" + String(repeating: ")", count: depth)
    }
    #expect(try units.parse(nested(32)).scale == 1)
    let tooDeep = #expect(throws: UnitError.self) { try units.parse(nested(33)) }
    #expect(tooDeep?.problem == .tooDeep(limit: 32))
    #expect(tooDeep?.offset == 32)
    #expect(tooDeep?.length == 1)
  }

  @Test("Words of the grammar are never units", arguments: UnitTable.reservedWords.sorted())
  func reservedWords(word: String) {
    let error = #expect(throws: UnitError.self) { try units.parse(word) }
    #expect(error?.problem == .reservedWord(word))
  }

  @Test(
    "The nearest names are offered, a difference of case alone first",
    arguments: [
      ("kw", ["kW"]), ("Twh", ["TWh"]), ("gpus", ["gpu"]), ("GPU", ["gpu"]), ("years", ["year"]), ("Year", ["year"]),
      ("yaer", ["year"]), ("tokens", ["token"]), ("toekn", ["token"]), ("queries", ["query"]), ("twh", ["TWh"]),
      ("mw", ["mW", "MW"]), ("kwh", ["kWh"]), ("KWH", ["kWh"]), ("kWhr", ["kWh"]), ("mtco2e", ["MtCO2e", "tCO2e"]),
      ("MTCO2e", ["MtCO2e", "tCO2e"]),
      ("MWH", ["MWh"]), ("Mwh", ["MWh"]), ("mwh", ["mWh", "MWh"]), ("mWH", ["mWh", "MWh"]), ("MT", ["Mt", "t"]),
      ("MMTCO2e", ["MtCO2e"]),
      ("MWe", ["MW"]), ("kWp", ["kW"]), ("GWyr", ["GW*year"]), ("MWhh", ["MWh"]), ("TWha", ["TWh"]),
      ("kgCO2", ["kgCO2e"]), ("gCO2", ["gCO2e"]), ("gCO2eq", ["gCO2e"]), ("CO2", ["kgCO2e"]), ("hours", ["hour"]),
      ("hr", ["h"]), ("yr", ["year"]), ("yrs", ["year"]), ("d", ["day"]), ("days", ["day"]),
      ("FLOPS", ["FLOP/s", "FLOP"]), ("PFLOPS", ["PFLOP/s", "PFLOP"]), ("TFLOPs", ["TFLOP/s", "TFLOP"]),
      ("tonnes", ["t"]), ("usd", ["USD"]), ("µs", ["us"]), ("μm", ["um"]), ("l", ["L"]),
      ("percents", ["percent"]), ("watt", ["W"]), ("x", []), ("é", []), ("zzzzzzzz", []),
    ] as [(String, [String])])
  func nearestNames(name: String, nearest: [String]) {
    let error = #expect(throws: UnitError.self) { try units.parse(name) }
    #expect(error?.problem == .unknown(name, nearest: nearest))
    #expect(error?.suggestions == nearest)
  }

  @Test("Every suggestion is a unit")
  func suggestionsParse() throws {
    var random = SplitMix(seed: 8)
    var seen = 0
    let letters = Array("kMGTWhJgtCO2eFLPUSDmsyeardu")
    for _ in 0..<300 {
      var name = random.element(units.names)
      for _ in 0...random.below(2) {
        let place = name.index(name.startIndex, offsetBy: random.below(name.count))
        name.insert(random.element(letters), at: place)
      }
      do throws(UnitError) {
        _ = try units.parse(name)
      } catch {
        for suggestion in error.suggestions { #expect(throws: Never.self) { try units.parse(suggestion) } }
        seen += error.suggestions.count
      }
    }
    #expect(seen > 100)
  }

  @Test("Sentences name the part and the nearest right thing")
  func sentences() throws {
    func sentence(_ text: String) -> String {
      do throws(UnitError) { return try units.parse(text).text } catch { return error.description }
    }
    #expect(sentence("kw") == "unknown unit `kw`; nearest: `kW`")
    #expect(sentence("mw") == "unknown unit `mw`; nearest: `mW`, `MW`")
    #expect(sentence("xyzzy") == "unknown unit `xyzzy`")
    #expect(sentence("lb") == "unknown unit `lb`; 1 lb is 0.45359237 kg")
    #expect(sentence("million") == "`million` is not a unit; write `M` directly after the number")
    #expect(sentence("kyear") == "the unit `year` does not take the prefix `k`")
    #expect(sentence("W/") == "a unit is missing after `/`")
    #expect(sentence("W /gpu").contains("contains no spaces"))
    #expect(sentence("m^x") == "`x` is not an exponent; exponents are written `^2`, `^-2` or `^(1/2)`")
    #expect(sentence("m^") == "an exponent is missing; exponents are written `^2`, `^-2` or `^(1/2)`")
  }
}

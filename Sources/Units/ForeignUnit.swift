/// The equivalent of one unsupported unit in a supported one.
package struct UnitEquivalent: Hashable, Sendable {
  /// The number of `unit`s, exactly.
  package let factor: DecimalNumber
  /// A unit that `UnitTable.parse` accepts.
  package let unit: String
  /// The meaning, if the name has several; otherwise nil.
  package let meaning: String?

  init(_ factor: String, _ unit: String, _ meaning: String? = nil) {
    self.factor = DecimalNumber(factor) ?? DecimalNumber(1)
    self.unit = unit
    self.meaning = meaning
  }
}

/// Units of other systems, which the language does not support: the error message for one gives the factor to a
/// supported unit.
///
/// Unless another source is named, factors are those of NIST Special Publication 811 (2008), appendix B.8. The pound,
/// the yard and the gallon are exact by definition (the yard is 0.9144 m, the pound 0.45359237 kg, the gallon 231 cubic
/// inches), as are all products of them. A name with several meanings has all of them.
enum ForeignUnit {
  /// The equivalents of a name, in the given case or, where it is unambiguous, in any letter case.
  static func equivalents(of name: String) -> [UnitEquivalent]? { table[name] ?? table[name.lowercased()] }

  private static let table: [String: [UnitEquivalent]] = {
    var table: [String: [UnitEquivalent]] = [:]
    for (names, equivalents) in entries {
      for name in names { table[name] = equivalents }
    }
    return table
  }()

  private typealias E = UnitEquivalent

  private static let entries: [(names: [String], equivalents: [UnitEquivalent])] = energy + mass + extent + others

  private static let energy: [(names: [String], equivalents: [UnitEquivalent])] = [
    // The International Table Btu; others differ by at most 0.2 %.
    (["btu", "btus"], [E("1.05505585262", "kJ")]),
    (["mmbtu"], [E("1.05505585262", "GJ", "a million Btu")]),
    (["mbtu"], [E("1.05505585262", "MJ", "a thousand Btu"), E("1.05505585262", "GJ", "a million Btu")]),
    (["quad", "quads"], [E("1.05505585262", "EJ", "10^15 Btu")]),
    (["therm", "therms", "thm"], [E("105.505585262", "MJ", "EC therm"), E("105.4804", "MJ", "US therm")]),
    (["cal", "calorie", "calories"], [E("4.184", "J", "thermochemical"), E("4.1868", "J", "International Table")]),
    (["kcal"], [E("4.184", "kJ", "thermochemical"), E("4.1868", "kJ", "International Table")]),
    (["ev"], [E("1.602176634e-10", "nJ")]),
    (["erg", "ergs"], [E("100", "nJ")]),
    // Energy Statistics Manual (OECD/IEA/Eurostat 2005), annex 3: 10^7 and 7 * 10^6 International Table kilocalories.
    (["toe"], [E("41.868", "GJ")]), (["ktoe"], [E("41.868", "TJ")]), (["mtoe"], [E("41.868", "PJ")]),
    (["tce"], [E("29.3076", "GJ")]), (["mtce"], [E("29.3076", "PJ")]),
    // 26 U.S.C. 29: 5.8 million Btu.
    (["boe"], [E("6.119323945196", "GJ")]),
    (
      ["hp", "horsepower"],
      [E("745.69987158227022", "W", "mechanical"), E("735.49875", "W", "metric"), E("746", "W", "electric")]
    ),
    (["va"], [E("1", "W", "at power factor 1")]), (["kva"], [E("1", "kW", "at power factor 1")]),
    (["MVA"], [E("1", "MW", "at power factor 1")]), (["GVA"], [E("1", "GW", "at power factor 1")]),
  ]

  private static let mass: [(names: [String], equivalents: [UnitEquivalent])] = [
    (["lb", "lbs", "pound", "pounds"], [E("0.45359237", "kg")]),
    (["oz", "ounce", "ounces"], [E("28.349523125", "g")]),
    (
      ["ton", "tons"],
      [E("1", "t", "tonne"), E("907.18474", "kg", "short ton"), E("1016.0469088", "kg", "long ton")]
    ),
    (["shortton", "short_ton"], [E("907.18474", "kg")]),
    (["longton", "long_ton"], [E("1016.0469088", "kg")]),
  ]

  private static let extent: [(names: [String], equivalents: [UnitEquivalent])] = [
    (["inch", "inches"], [E("2.54", "cm")]), (["ft", "foot", "feet"], [E("0.3048", "m")]),
    (["yd", "yard", "yards"], [E("0.9144", "m")]), (["mi", "mile", "miles"], [E("1.609344", "km")]),
    (["nmi"], [E("1.852", "km")]), (["dm"], [E("0.1", "m")]),
    (["ha", "hectare", "hectares"], [E("10000", "m2")]), (["acre", "acres"], [E("4046.8564224", "m2")]),
    (["ft2", "sqft", "sq_ft"], [E("0.09290304", "m2")]), (["mi2", "sqmi"], [E("2.589988110336", "km2")]),
    (["ft3", "cf", "cuft"], [E("28.316846592", "L")]), (["mcf"], [E("28.316846592", "m3", "a thousand cubic feet")]),
    (
      ["gal", "gals", "gallon", "gallons"],
      [E("3.785411784", "L", "US gallon"), E("4.54609", "L", "imperial gallon")]
    ),
    (["mgal"], [E("3.785411784", "ML", "a million US gallons"), E("4.54609", "ML", "a million imperial gallons")]),
    (["qt", "quart", "quarts"], [E("0.946352946", "L", "US quart"), E("1.1365225", "L", "imperial quart")]),
    (["bbl", "bbls", "barrel", "barrels"], [E("158.987294928", "L")]), (["cm3", "cc"], [E("1", "mL")]),
    (["acreft", "acre_ft"], [E("1233.48183754752", "m3")]),
  ]

  // Months and quarters are fractions of the language's year of 365 days.
  private static let others: [(names: [String], equivalents: [UnitEquivalent])] = [
    (["month", "months", "mo"], [E("730", "h", "a twelfth of a year")]),
    (["quarter", "quarters"], [E("2190", "h", "a quarter of a year")]),
    (["fortnight"], [E("14", "day")]), (["decade", "decades"], [E("10", "year")]),
    (["century", "centuries"], [E("100", "year")]),
    (["ppm"], [E("0.0001", "percent")]),
  ]
}

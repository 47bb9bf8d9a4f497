import Modeling

/// What a stated value rests on, as far as its own words tell.
public enum EvidenceBasis: String, Sendable, CaseIterable {
  /// Somebody's judgement, wholly or in part.
  case judgement
  /// A source that says nothing of judgement.
  case source
  /// Nothing is said.
  case unstated

  /// The grounds of what is said about a value.
  ///
  /// Where a source or the quality has the word judgement (or judgment), the value rests on judgement, whatever else is
  /// cited with it: the weakest part decides.
  init(_ provenance: Provenance) {
    let words = [provenance.source, provenance.quality].compactMap { $0?.lowercased() }
    if words.contains(where: { $0.contains("judgement") || $0.contains("judgment") }) {
      self = .judgement
    } else {
      self = provenance.source == nil ? .unstated : .source
    }
  }

  /// The year of a source: the latest that its text names, 1900 to 2099; nil where it names none.
  ///
  /// Years in parentheses are mostly what a source speaks of, as in `IEA 2025 (945 in 2030)`: they count only where
  /// there is no other.
  static func year(ofSource text: String) -> Int? {
    var depth = 0
    let outside = String(
      text.map { character in
        if character == "(" { depth += 1 }
        defer { if character == ")" { depth -= 1 } }
        return depth > 0 ? " " : character
      })
    return latestYear(in: outside) ?? latestYear(in: text)
  }

  private static func latestYear(in text: String) -> Int? {
    text.split { !($0.isASCII && $0.isNumber) }.compactMap { $0.count == 4 ? Int($0) : nil }
      .filter { (1900...2099).contains($0) }.max()
  }
}

/// The sources of a register, each with what it serves: the oldest first, since those are the ones to look up again.
public struct SourceList: Sendable {
  /// A source, or judgement.
  public struct Entry: Sendable, Equatable {
    /// Its text.
    public var text: String
    /// Its year, where it names one.
    public var year: Int?
    /// What a value with this source rests on.
    public var evidenceBasis: EvidenceBasis
    /// The inputs and references whose values it serves, in the register's order.
    public var names: [String]
  }

  /// Those with a year by year, then those without; within a year in the register's order.
  public var entries: [Entry]
  /// The inputs and references of which nothing is said, whole or for some of their values.
  public var unstated: [String]

  /// The sources of a register. Values of a table whose row has no source of its own have that of their input.
  public init(of register: AssumptionRegister) {
    var entries: [Entry] = []
    var positions: [String: Int] = [:]
    var unstated: [String] = []
    for assumption in register.assumptions {
      for statement in assumption.statements {
        guard let text = statement.source ?? statement.quality else {
          unstated.append(assumption.name)
          continue
        }
        let evidenceBasis = EvidenceBasis(statement)
        if evidenceBasis == .unstated {
          unstated.append(assumption.name)
          continue
        }
        let key = "\(evidenceBasis.rawValue) \(text)"
        let position = positions[key] ?? entries.count
        if position == entries.count {
          positions[key] = position
          let year = statement.source.flatMap(EvidenceBasis.year)
          entries.append(Entry(text: text, year: year, evidenceBasis: evidenceBasis, names: []))
        }
        if entries[position].names.last != assumption.name { entries[position].names.append(assumption.name) }
      }
    }
    let order = entries.indices.sorted {
      (entries[$0].year ?? .max, $0) < (entries[$1].year ?? .max, $1)
    }
    self.entries = order.map { entries[$0] }
    var seen: Set<String> = []
    self.unstated = unstated.filter { seen.insert($0).inserted }
  }
}

extension AssumptionRegister.Assumption {
  /// What is said of each of its values, each statement once: that of a table's row, else that of the whole.
  var statements: [Provenance] {
    var seen: Set<String> = []
    return values.map { statement(for: $0) }
      .filter { seen.insert("\($0.source ?? "")\u{0}\($0.quality ?? "")").inserted }
  }

  /// What is said of a value.
  func statement(for value: AssumptionRegister.Value) -> Provenance {
    var whole = value.provenance
    whole.source = whole.source ?? provenance.source
    whole.note = whole.note ?? provenance.note
    whole.quality = whole.quality ?? provenance.quality
    whole.disclosableBy = whole.disclosableBy ?? provenance.disclosableBy
    return whole
  }
}

import Modeling

/// The basis of a stated value, as far as its source and quality state it.
package enum EvidenceBasis: String, Sendable, CaseIterable {
  /// Expert judgement, wholly or in part.
  case judgement
  /// A source that does not mention judgement.
  case source
  /// No source is given.
  case unstated

  /// The basis according to a value's source and quality.
  ///
  /// If either contains the word judgement (or judgment), the basis is judgement, even if other sources are cited: the
  /// weakest part decides.
  init(_ provenance: Provenance) {
    let words = [provenance.source, provenance.quality].compactMap { $0?.lowercased() }
    if words.contains(where: { $0.contains("judgement") || $0.contains("judgment") }) {
      self = .judgement
    } else {
      self = provenance.source == nil ? .unstated : .source
    }
  }

  /// The year of a source: the latest year from 1900 to 2099 in its text; nil if there is none.
  ///
  /// Years in parentheses usually refer to the subject of the source, as in `IEA 2025 (945 in 2030)`: they are used
  /// only if there is no other year.
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

/// The sources of a register with the names that use them, the oldest first, since those need updating first.
package struct SourceList: Sendable {
  /// A source, or judgement.
  package struct Entry: Sendable, Equatable {
    /// Its text.
    package var text: String
    /// Its year, if the text has one.
    package var year: Int?
    /// The basis of values with this source.
    package var evidenceBasis: EvidenceBasis
    /// The inputs and references with values from this source, in the register's order.
    package var names: [String]
  }

  /// Entries with a year in ascending order, then those without; within a year in the register's order.
  package var entries: [Entry]
  /// The inputs and references without a source, for all or some of their values.
  package var unstated: [String]

  /// The sources of a register. Values from a table row without a source have the source of their input.
  package init(of register: AssumptionRegister) {
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
  /// The provenance of each of its values, each once: that of a table's row, or else that of the whole input.
  var statements: [Provenance] {
    var seen: Set<String> = []
    return values.map { statement(for: $0) }
      .filter { seen.insert("\($0.source ?? "")\u{0}\($0.quality ?? "")").inserted }
  }

  /// The provenance of a value.
  func statement(for value: AssumptionRegister.Value) -> Provenance {
    var whole = value.provenance
    whole.source = whole.source ?? provenance.source
    whole.note = whole.note ?? provenance.note
    whole.quality = whole.quality ?? provenance.quality
    whole.disclosableBy = whole.disclosableBy ?? provenance.disclosableBy
    return whole
  }
}

import Diagnostics
import Modeling

/// Reads the section `sweeps`.
struct SweepReader {
  let context: CheckContext

  /// The valid sweeps; problems of the others are reported.
  func sweeps() -> [NamedSweep] {
    var sweeps: [NamedSweep] = []
    for (node, folder) in context.parsed.sweeps {
      guard case .mapping(let entries) = node.kind else {
        context.report(.notNamedEntries("sweeps", found: node.kindInWords), at: node.place)
        continue
      }
      for entry in entries {
        if sweeps.contains(where: { $0.name == entry.key }) {
          context.report(.repeatedSweep(entry.key), at: entry.keyPlace)
        } else if let sweep = sweep(entry, folder) {
          sweeps.append(sweep)
        }
      }
    }
    return sweeps
  }

  private func sweep(_ entry: Node.Entry, _ folder: String) -> NamedSweep? {
    guard case .mapping(let entries) = entry.value.kind else {
      context.report(
        .sweepWithoutKeys(entry.key, keys: ScenarioSchema.sweep.names, found: entry.value.kindInWords),
        at: entry.value.span)
      return nil
    }
    let fields = Fields(entries, ScenarioSchema.sweep, context)
    let about = fields.text("about")
    do throws(Diagnostics) {
      if let table = fields["table"] {
        if let other = fields["vary"] ?? fields["pairing"] {
          context.report(.keyBesideSweepTable(other.key), at: other.keyPlace)
          return nil
        }
        guard let path = fields.text("table") else { return nil }
        let inside = folder.isEmpty ? path : folder + "/" + path
        let file = try context.parsed.root.read(inside, table.value.span).0
        return NamedSweep(name: entry.key, about: about, plan: try SweepPlan(CSVTable(file)))
      }
      guard let vary = fields["vary"], case .mapping(let varied) = vary.value.kind else {
        context.report(.sweepWithoutVariations(entry.key), at: fields["vary"]?.value.span ?? entry.keyPlace)
        return nil
      }
      var variations: [Variation] = []
      for one in varied { variations.append(try variation(one)) }
      guard let pairing = pairing(fields) else { return nil }
      return NamedSweep(name: entry.key, about: about, plan: try SweepPlan(variations, pairing: pairing))
    } catch {
      context.report(error)
      return nil
    }
  }

  private func pairing(_ fields: Fields) -> SweepPlan.Pairing? {
    guard let entry = fields["pairing"] else { return .grid }
    if let pairing = entry.value.text.flatMap(SweepPlan.Pairing.init(rawValue:)) { return pairing }
    context.report(
      .unknownPairing(found: entry.value.kindInWords, known: SweepPlan.Pairing.allCases.map(\.rawValue)),
      at: entry.value.span)
    return nil
  }

  private func variation(_ entry: Node.Entry) throws(Diagnostics) -> Variation {
    let target = entry.key.filter { $0 != " " }
    var values: [String] = []
    switch entry.value.kind {
    case .scalar(let text): values = try Variation.values(of: text, splitting: true)
    case .sequence(let items):
      for item in items {
        guard case .scalar(let text) = item.kind else {
          throw Diagnostics(.notASweepValue(found: item.kindInWords), at: item.place)
        }
        values += try Variation.values(of: text, splitting: false)
      }
    case .mapping:
      throw Diagnostics(.variationNotList(entry.key, found: entry.value.kindInWords), at: entry.value.place)
    }
    guard !values.isEmpty else {
      throw Diagnostics(.variationWithoutValues(entry.key), at: entry.value.place)
    }
    return Variation(target: target, values: values, place: entry.keyPlace)
  }
}

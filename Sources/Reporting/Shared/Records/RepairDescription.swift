import Modeling
import TextFormats

/// The replacement of invalid correlation matrices by the nearest valid ones, as text.
struct RepairDescription {
  let model: Model

  /// One line for each matrix, then its entries in descending order of the change.
  ///
  /// - Parameters:
  ///   - limit: maximum number of entries listed per matrix.
  ///   - place: the file with the other entries.
  func lines(limit: Int, others place: String) -> [String] {
    model.repairs.flatMap { repair in
      let names = Set(repair.entries.flatMap { [$0.row, $0.column] }.map(\.position)).sorted()
        .map { model.coordinates[$0].address.description }
      let list = names.count <= 6 ? names : names.prefix(5) + ["… (\(names.count) in all)"]
      let head =
        "The stated correlations of \(list.joined(separator: ", ")) contradict each other (smallest eigenvalue "
        + "\(NumberText.significant(repair.smallestEigenvalue, digits: 3))); they are replaced by the nearest correlation matrix, of normal scores:"
      let ordered = repair.entries.enumerated().sorted {
        ($1.element.move.magnitude, $0.offset) < ($0.element.move.magnitude, $1.offset)
      }.map(\.element)
      let shown = ordered.prefix(limit).map { entry in
        "  \(name(entry.row)) with \(name(entry.column)): \(correlation(entry.stated)) moved by "
          + "\(entry.move < 0 ? "" : "+")\(correlation(entry.move)) to \(correlation(entry.repaired))"
      }
      let rest = ordered.dropFirst(limit)
      let further = rest.first.map { entry in
        ["  \(rest.count) more moved by at most \(correlation(entry.move.magnitude)): \(place)"]
      }
      return ScreenText.wrapped(head) + shown + (further ?? [])
    }
  }

  /// The same as JSON.
  var json: JSON {
    .array(
      model.repairs.map { repair in
        .object([
          ("smallest_eigenvalue", .number(repair.smallestEigenvalue)),
          ("largest_move", .number(repair.entries.reduce(0) { max($0, $1.move.magnitude) })),
          (
            "entries",
            .array(
              repair.entries.map { entry in
                .object([
                  ("coordinates", .array([.string(name(entry.row)), .string(name(entry.column))])),
                  ("stated", .number(entry.stated)), ("repaired", .number(entry.repaired)),
                  ("moved", .number(entry.move)),
                ])
              })
          ),
        ])
      })
  }

  private func name(_ id: CoordinateID) -> String { model.coordinates[id.position].address.description }

  /// A correlation with four decimals.
  private func correlation(_ value: Double) -> String { NumberText.exact((value * 1e4).rounded() / 1e4) }
}

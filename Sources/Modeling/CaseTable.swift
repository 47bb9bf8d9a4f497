import Diagnostics

/// Cases that a model is compared with: in each, some inputs are known, and some outputs were observed.
package struct CaseTable: Sendable {
  /// The value of some cells of an input in a case.
  package struct Setting: Sendable {
    /// The input or reference.
    package var quantity: QuantityID
    /// The cells that take the value.
    package var cells: [Int]
    /// The value: a constant, or a distribution of constants.
    package var value: SupportPoint.Value
    /// The value as written, with its unit.
    package var text: String
    /// The place of the value.
    package var place: SourcePlace

    /// Creates a setting.
    package init(quantity: QuantityID, cells: [Int], value: SupportPoint.Value, text: String, place: SourcePlace) {
      self.quantity = quantity
      self.cells = cells
      self.value = value
      self.text = text
      self.place = place
    }
  }

  /// The observed value of a cell of an output.
  package struct Observed: Sendable {
    /// The output's position in the model.
    package var output: Int
    /// The cell.
    package var cell: Int
    /// The value in base units.
    package var value: Double
    /// The place of the value.
    package var place: SourcePlace

    /// Creates an observed value.
    package init(output: Int, cell: Int, value: Double, place: SourcePlace) {
      self.output = output
      self.cell = cell
      self.value = value
      self.place = place
    }
  }

  /// One case.
  package struct Case: Sendable {
    /// The name: the column `case`, or else the number of its row.
    package var name: String
    /// The group that it belongs to, if any.
    package var group: String?
    /// The inputs that are known.
    package var settings: [Setting]
    /// The outputs that were observed.
    package var observed: [Observed]

    /// Creates a case.
    package init(name: String, group: String?, settings: [Setting], observed: [Observed]) {
      self.name = name
      self.group = group
      self.settings = settings
      self.observed = observed
    }
  }

  /// The cases, in the order of their rows.
  package var cases: [Case]
  /// The file, as given.
  package var path: String
  /// The file as results state it: without the path of this machine.
  package var publishedPath: String
  /// The SHA-256 of the file's bytes in lower-case hexadecimal.
  package var sha256: String

  /// Creates a table of cases.
  package init(cases: [Case], path: String, publishedPath: String, sha256: String) {
    self.cases = cases
    self.path = path
    self.publishedPath = publishedPath
    self.sha256 = sha256
  }
}

extension Model {
  /// The model with the known inputs of a case; all coordinates, and so all other draws, are unchanged.
  ///
  /// A cell that gets a distribution keeps the coordinate that its previous distribution had.
  package func applying(_ settings: [CaseTable.Setting]) -> Model {
    var model = self
    for setting in settings {
      guard var input = model[setting.quantity].input else { continue }
      for cell in setting.cells where input.cells.indices.contains(cell) {
        let coordinate = input.coordinate(ofCell: cell)
        input.cells[cell] = .supportPoint(input.supportPoints.count)
        input.supportPoints.append(
          SupportPoint(
            value: setting.value, coordinate: coordinate, labels: [:], text: setting.text, origin: .file(setting.place))
        )
      }
      switch model.quantities[setting.quantity.position].kind {
      case .input: model.quantities[setting.quantity.position].kind = .input(input)
      case .reference: model.quantities[setting.quantity.position].kind = .reference(input)
      case .equation: continue
      }
    }
    return model
  }
}

extension Input {
  /// The coordinate of a cell's distribution; nil for cells without one: constants, shares, and cells between anchor
  /// points.
  package func coordinate(ofCell cell: Int) -> CoordinateID? {
    func coordinate(_ rule: CellRule) -> CoordinateID? {
      switch rule {
      case .supportPoint(let supportPoint): supportPoints[supportPoint].coordinate
      case .interpolated: nil
      case .scaled(let rule, _): coordinate(rule)
      }
    }
    return coordinate(cells[cell])
  }
}

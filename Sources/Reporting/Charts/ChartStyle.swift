import Foundation
import TextFormats

extension ChartData {
  /// The chart as a Vega-Lite specification.
  ///
  /// - Parameter style: the JSON text of a configuration in place of the usual one; `isStyle` is true for it.
  package func specification(style: String?) -> String {
    vega(style: style).json.text + "\n"
  }

  /// The file of the specification, `NAME.vl.json`.
  func specificationFile(style: String?) -> ReportFile { vega(style: style).file }

  private func vega(style: String?) -> VegaSpecification {
    VegaSpecification(chart: self, style: style.flatMap(Self.parsed) ?? VegaSpecification.usualStyle)
  }

  /// Whether a text is a JSON object.
  package static func isStyle(_ text: String) -> Bool { parsed(text) != nil }

  private static func parsed(_ text: String) -> JSON? {
    guard let value = try? JSONDecoder().decode(AnyValue.self, from: Data(text.utf8)), case .object = value.json else {
      return nil
    }
    return value.json
  }
}

/// A JSON value of any kind; the keys of objects are sorted.
private struct AnyValue: Decodable {
  let json: JSON

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      let keys = object.allKeys.sorted { $0.stringValue < $1.stringValue }
      json = .object(try keys.map { ($0.stringValue, try object.decode(AnyValue.self, forKey: $0).json) })
    } else if var list = try? decoder.unkeyedContainer() {
      var items: [JSON] = []
      while !list.isAtEnd { items.append(try list.decode(AnyValue.self).json) }
      json = .array(items)
    } else {
      let single = try decoder.singleValueContainer()
      if single.decodeNil() {
        json = .null
      } else if let flag = try? single.decode(Bool.self) {
        json = .bool(flag)
      } else if let number = try? single.decode(Double.self) {
        json = .number(number)
      } else {
        json = .string(try single.decode(String.self))
      }
    }
  }
}

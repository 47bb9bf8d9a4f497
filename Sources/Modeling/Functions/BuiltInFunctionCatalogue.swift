/// Every function that formulas may call.
///
/// A function is one file in this folder and one line here; a test reads the folder and checks that no line is missing.
package enum BuiltInFunctionCatalogue {
  /// The functions, in the order of their names.
  package static let functions: [BuiltInFunction] = [
    .abs,
    .clamp,
    .cos,
    .exp,
    .log,
    .log10,
    .max,
    .min,
    .sin,
    .sqrt,
    .tan,
  ]

  /// The function with a name.
  package static func function(named name: String) -> BuiltInFunction? {
    functions.first { $0.name == name }
  }

  /// All names, in order.
  package static let names: [String] = functions.map(\.name)
}

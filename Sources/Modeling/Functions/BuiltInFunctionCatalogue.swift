/// Every function that formulas may call.
///
/// A function is one file in this folder and one line here; a test reads the folder and checks that no line is missing.
public enum BuiltInFunctionCatalogue {
  /// The functions, in the order of their names.
  public static let functions: [BuiltInFunction] = [
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
  public static func function(named name: String) -> BuiltInFunction? {
    functions.first { $0.name == name }
  }

  /// All names, in order.
  public static let names: [String] = functions.map(\.name)
}

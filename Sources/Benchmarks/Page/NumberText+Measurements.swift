import Reporting
import Simulation

extension NumberText {
  /// A measured number with three digits: `0.0451`, `4.50`, `451`, `12300`; `none` for NaN.
  static func text(_ value: Double) -> String { estimate(Estimate(value, error: .nan)) }

  /// `45.0 ms` or `1.20 s`.
  static func seconds(_ value: Double) -> String {
    value < 1 ? "\(text(value * 1e3)) ms" : "\(text(value)) s"
  }

  /// `43.1 MiB`
  static func mebibytes(_ bytes: Int) -> String { "\(text(Double(bytes) / 1_048_576)) MiB" }
}

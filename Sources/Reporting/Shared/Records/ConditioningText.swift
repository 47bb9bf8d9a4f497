import Modeling
import TextFormats

extension Model {
  /// A line that says whether results are given the observations; none if nothing is observed.
  package var conditioningLines: [String] {
    if let posterior {
      let dependence = posterior.correlationLeft.map {
        " They are not independent (a rank correlation of \(NumberText.significant($0, digits: 2)) is left), so errors "
          + "are larger than stated."
      }
      return ScreenText.wrapped(
        "Posterior: given the observations, from \(NumberText.count(posterior.count)) equally weighted draws."
          + (dependence ?? ""))
    }
    return !hasPosterior ? [] : ["Prior: the scenario's observations are not used."]
  }

  /// `prior` or `posterior`; null if nothing is observed.
  var conditioningJSON: (key: String, value: JSON) {
    let isPrior = posterior == nil
    return ("conditioning", isPrior && !hasPosterior ? .null : .string(isPrior ? "prior" : "posterior"))
  }
}

import Foundation

/// The deviation of a chi-squared statistic from its expectation, in standard deviations, by the cube-root
/// transformation to an approximately normal variable (Wilson & Hilferty 1931, doi:10.1073/pnas.17.12.684).
func standardScore(ofChiSquared statistic: Double, freedom: Int) -> Double {
  let spread = 2.0 / (9 * Double(freedom))
  return (pow(statistic / Double(freedom), 1.0 / 3) - (1 - spread)) / spread.squareRoot()
}

/// The standard score of counts that should be even.
func standardScore(ofEvenCounts counts: [Int]) -> Double {
  let total = counts.reduce(0, +)
  let expected = Double(total) / Double(counts.count)
  var statistic = 0.0
  for count in counts { statistic += (Double(count) - expected) * (Double(count) - expected) / expected }
  return standardScore(ofChiSquared: statistic, freedom: counts.count - 1)
}

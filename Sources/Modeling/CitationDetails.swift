/// How the results of a scenario are published: what a data package or a repository asks for.
package struct CitationDetails: Sendable {
  /// The licence's SPDX identifier (spdx.org/licenses), such as `CC-BY-4.0`.
  package var licence: String?
  /// The persons or organisations to cite.
  package var creators: [String] = []
  /// Subjects.
  package var keywords: [String] = []
  /// The years that the results are about, first and last; equal for a single year.
  package var period: (first: Int, last: Int)?
  /// The place that the results are about.
  package var place: String?
  /// The date of publication, `2026-11-30`.
  package var date: String?
  /// The version of the results.
  package var version: String?

  /// Nothing is known.
  package init() {}
}

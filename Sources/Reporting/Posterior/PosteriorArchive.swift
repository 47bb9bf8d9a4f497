import Diagnostics
import Evidence
import Foundation
import Modeling
import Sampling
import Simulation
import TextFormats

/// A posterior saved in a folder: `posterior.npy`, a matrix with a row for each random value that the observations
/// depend on and a column for each draw, in standard normal scores, and `posterior.json`, which says what it belongs to.
///
/// The description has the digest of the scenario with its tables and flags, the seed, the design and the version of the
/// program, the names of the rows, the digest of the matrix, and a digest of itself. Anything that does not agree is an
/// error. Both files are data: numbers and names that are compared, never code. NumPy reads the matrix with
/// `numpy.load("posterior.npy")`.
package struct PosteriorArchive {
  /// The name of the description.
  package static let descriptionName = "posterior.json"
  /// The name of the matrix.
  package static let matrixName = "posterior.npy"
  private static let form = "loadcast posterior 1"
  /// Maximum size of the description: 8,192 names.
  private static let mostDescriptionBytes = 1 << 24
  private static let mostScores = 1 << 26

  private let folder: String
  private let model: Model
  /// The random values that the observations depend on.
  private let addresses: [CoordinateAddress]
  private let digest: ([UInt8]) -> String

  /// The archive of a scenario's posterior in a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder, which need not exist.
  ///   - model: the scenario.
  ///   - addresses: the random values that its observations depend on.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  package init(
    folder: String, model: Model, addresses: [CoordinateAddress], digest: @escaping ([UInt8]) -> String
  ) {
    self.folder = folder
    self.model = model
    self.addresses = addresses
    self.digest = digest
  }

  // MARK: Writing

  /// The files of a posterior.
  package func files(of posterior: SampledPosterior) -> [ReportFile] {
    let matrix = bytes(of: posterior.sample)
    let text = description(of: posterior, matrix: digest(matrix))
    return [
      ReportFile(name: Self.matrixName) { try $0.write(bytes: matrix) },
      ReportFile(name: Self.descriptionName, text: { text }),
    ]
  }

  private func bytes(of sample: PosteriorSample) -> [UInt8] {
    var bytes = NPYFormat.header(rows: addresses.count, columns: sample.count)
    bytes.reserveCapacity(bytes.count + addresses.count * sample.count * 8)
    for address in addresses {
      let words = (sample[address] ?? []).map(\.bitPattern.littleEndian)
      words.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// What the posterior belongs to.
  private var owner: [(key: String, value: JSON)] {
    [
      ("engine", .string("loadcast \(EngineVersion.current)")), ("scenario", .string(model.digest)),
      ("seed", .unsigned(model.settings.seed)), ("design", .string(model.settings.design)),
      ("rows", .array(addresses.map { .string($0.description) })),
    ]
  }

  private func description(of posterior: SampledPosterior, matrix: String) -> String {
    let head: [(key: String, value: JSON)] = [("form", .string(Self.form)), ("title", .string(model.title))]
    let sampling: [(key: String, value: JSON)] = [
      ("draws", .integer(posterior.sample.count)), ("replicates", .integer(posterior.sample.replicates)),
      ("stages", .integer(posterior.stages)), ("moves", .integer(posterior.moves)),
      ("acceptance", .number(posterior.acceptance)),
      ("log_evidence", .array(posterior.logEvidence.map(JSON.number))),
      ("mean_log_likelihood", .array(posterior.meanLogLikelihood.map(JSON.number))),
      ("unsettled_observation", posterior.unsettledObservation.map(JSON.integer) ?? JSON.null),
      ("rank_correlation_left", posterior.sample.correlationLeft.map(JSON.number) ?? JSON.null),
      ("matrix", .string(Self.matrixName)), ("matrix_sha256", .string(matrix)),
    ]
    var members = head + owner + sampling
    let sum = digest(Array(JSON.object(members).text.utf8))
    members.append(("description_sha256", .string(sum)))
    return JSON.object(members).text + "\n"
  }

  // MARK: Reading

  /// The members of a description that a reader needs.
  private struct Description: Decodable {
    var form: String, engine: String, scenario: String
    var seed: UInt64
    var design: String
    var rows: [String]
    var draws: Int, replicates: Int, stages: Int, moves: Int
    var acceptance: Double
    var logEvidence: [Double], meanLogLikelihood: [Double]
    var unsettledObservation: Int?
    var rankCorrelationLeft: Double?
    var matrixSha256: String
  }

  /// The saved posterior; nil if the folder has none.
  ///
  /// - Parameter calls: the system calls of reading; tests pass calls that fail.
  /// - Throws: `Diagnostics` if it is damaged, or belongs to another scenario, seed, design or version; `FileError` if the
  ///   system does not let it be read, which says nothing about what it has.
  package func read(calls: FileCalls = .system) throws -> SampledPosterior? {
    // Both files are of one posterior: another process that saves one waits until they have been read.
    let source: ReadFolder?
    do {
      source = try ReadFolder(path: folder, calls: calls)
    } catch let error as FileError where error.code == ENOTDIR {
      // What is not a folder has no posterior, and saving one there fails with the reason.
      return nil
    } catch let error as FileError where error.isAboutKind {
      throw damaged("it cannot be read: \(error.reasonText)")
    }
    guard let source else { return nil }
    let names = [Self.descriptionName, Self.matrixName].map { FileName($0) }
    let found = try names.map { try source.status(of: $0) }
    if found.allSatisfy({ $0 == nil }) { return nil }
    for (name, found) in zip(names, found) {
      guard let found else { throw damaged("\(name.text) is missing") }
      guard found.isRegularFile else { throw damaged("\(name.text) is not a regular file") }
    }
    let text = try bytes(of: names[0], in: source.folder, limit: Self.mostDescriptionBytes)
    let matrixSize = found[1].map { Int($0.st_size) }
    return try posterior(Data(text), matrixSize: matrixSize) { try bytes(of: names[1], in: source.folder, limit: .max) }
  }

  private func bytes(of name: FileName, in folder: OpenFolder, limit: Int) throws -> [UInt8] {
    switch folder.reading(name, limit: limit) {
    case .success(let bytes?): return bytes
    case .success(nil): throw damaged("\(name.text) is missing")
    case .failure(let error) where error.isAboutKind:
      throw damaged("\(name.text) cannot be read: \(error.reasonText)")
    case .failure(let error): throw error
    }
  }

  /// The posterior of a description and its matrix.
  private func posterior(
    _ text: Data, matrixSize: Int?, matrix readMatrix: () throws -> [UInt8]
  ) throws -> SampledPosterior {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let found = try? decoder.decode(Description.self, from: text), found.form == Self.form else {
      throw damaged("\(Self.descriptionName) is not a description of this form")
    }
    try checkOwner(of: found)
    let (scores, overflow) = found.rows.count.multipliedReportingOverflow(by: max(1, found.draws))
    let unit = WeightedEngine.parts * AddressBlock.draws
    guard found.replicates == WeightedEngine.parts, found.draws > 0, found.draws % unit == 0, !overflow,
      scores <= Self.mostScores, found.logEvidence.count == found.replicates,
      found.meanLogLikelihood.count == found.replicates,
      (found.unsettledObservation == nil) == (found.rankCorrelationLeft == nil),
      found.unsettledObservation.map({ model.observations.indices.contains($0) }) ?? true
    else { throw damaged("\(Self.descriptionName) has impossible values") }
    let header = NPYFormat.header(rows: addresses.count, columns: found.draws)
    guard matrixSize == header.count + 8 * scores else {
      throw damaged("\(Self.matrixName) has another size than \(Self.descriptionName) says")
    }
    let matrix = try readMatrix()
    guard digest(matrix) == found.matrixSha256, matrix.starts(with: header) else {
      throw damaged("the bytes of \(Self.matrixName) have changed")
    }
    let columns = scoreColumns(matrix.dropFirst(header.count), draws: found.draws)
    guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw damaged("\(Self.matrixName) has scores that are not finite")
    }
    let posterior = SampledPosterior(
      sample: PosteriorSample(
        addresses: addresses, scores: columns, count: found.draws, replicates: found.replicates,
        correlationLeft: found.rankCorrelationLeft),
      stages: found.stages, moves: found.moves, acceptance: found.acceptance, logEvidence: found.logEvidence,
      meanLogLikelihood: found.meanLogLikelihood, unsettledObservation: found.unsettledObservation)
    // Written again, it is the same in every byte, its own digest included.
    guard Array(description(of: posterior, matrix: found.matrixSha256).utf8) == Array(text) else {
      throw damaged("the bytes of \(Self.descriptionName) have changed")
    }
    return posterior
  }

  private func scoreColumns(_ bytes: ArraySlice<UInt8>, draws: Int) -> [[Double]] {
    bytes.withUnsafeBytes { bytes in
      addresses.indices.map { row in
        (0..<draws).map { draw in
          Double(
            bitPattern: UInt64(
              littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * (row * draws + draw), as: UInt64.self)))
        }
      }
    }
  }

  /// Throws the difference if a description is of another posterior than the model's.
  private func checkOwner(of found: Description) throws(Diagnostics) {
    let settings = model.settings
    let difference: String? =
      if found.engine != "loadcast \(EngineVersion.current)" {
        "it was sampled by \(found.engine)"
      } else if found.scenario != model.digest {
        "the scenario, its tables or the flags that replace values are different"
      } else if found.seed != settings.seed {
        "its seed is \(found.seed)"
      } else if found.design != settings.design {
        "its design is \(found.design)"
      } else if found.rows != addresses.map(\.description) {
        "its observations depend on other inputs"
      } else {
        nil
      }
    if let difference { throw Diagnostics(.otherPosterior(TerminalText.path(folder), difference: difference), at: nil) }
  }

  private func damaged(_ reason: String) -> Diagnostics {
    Diagnostics(.damagedPosterior(TerminalText.path(folder), reason: reason), at: nil)
  }
}

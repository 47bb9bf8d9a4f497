import Diagnostics
import Modeling

extension RunCode: ExplainedSection {
  static let title = "Runs that end without a result"

  var explanation: Explanation {
    switch self {
    case .interrupted:
      Explanation(
        withoutExample: """
          The command was interrupted, by Ctrl-C or by a signal. No file was written, and files of earlier runs are \
          unchanged, unless the message names a folder whose files are complete; a sweep keeps its finished variants, from which the same command continues, and a posterior \
          that has already been saved stays. The exit code is 128 plus the number of the signal: 130 for Ctrl-C, 143 for \
          SIGTERM and 129 for SIGHUP.
          """)
    case .threads:
      Explanation(
        withoutExample: """
          The system has refused to start as many threads as `--workers`, or the number of processors, asks for: memory or \
          the number of processes is limited. The command works on fewer threads, down to one. Its results are the same.
          """)
    case .memory:
      Explanation(
        """
        The plan of a run, its summaries, of which every worker has its own, or the draws and sums that an analysis keeps would \
        need more memory than the limit. It is that of `--memory` or, by default, three quarters of the memory of the container \
        or machine. The work is refused before it starts, with exit code 71 and the largest that fits. `loadcast check` prints \
        the estimate for a run.
        """,
        wrong: Self.run(Self.facility, "run", "--draws=1k", "--memory=1M"),
        fixed: Self.run(Self.facility, "run", "--draws=1k", "--memory=1G"))
    case .internalError:
      Explanation(
        withoutExample: """
          Loadcast has failed because of a bug in Loadcast, not a mistake in the scenario. Please report the message \
          with the scenario, the command and the version.
          """)
    case .design:
      Explanation(
        withoutExample: """
          A program that uses the engine as a library asks for a sampling design that does not exist. Scenario files and \
          flags are checked before a run, with the code `settings.design`.
          """)
    case .size:
      Explanation(
        """
        Every draw computes all cells of all quantities that the outputs need, and their number is limited. Often an \
        index has far more labels than the question needs.
        """,
        wrong: Self.run(
          """
          indexes:
            a: 1..1000
            b: 1..1000
          inputs:
            x: 2 to 4
          equations:
            first: x * a * b
            second: (x + a) * b
            third: (x + b) * a
            fourth: x + a / b
            fifth: x - a / b
            total: sum(first * second * third * fourth * fifth, over=[a, b])
          """, "run", "--draws=1k"),
        fixed: Self.run(
          """
          indexes:
            a: 1..10
            b: 1..10
          inputs:
            x: 2 to 4
          equations:
            first: x * a * b
            second: (x + a) * b
            total: sum(first * second, over=[a, b])
          """, "run", "--draws=1k"))
    case .tooManyDraws:
      Explanation(
        """
        Draws of a run with observations are weighted by whole numbers, whose sum is limited. The message gives the limit; \
        more draws would hardly change the results.
        """,
        wrong: Self.run(Self.observed("normal(4 kWh, 1 kWh)"), "run", "--draws=2B"),
        fixed: Self.run(Self.observed("normal(4 kWh, 1 kWh)"), "run", "--draws=10k"))
    case .condition:
      Explanation(
        """
        Scenario discovery explains when a condition is true. A condition is a comparison, or several that are combined \
        with `and`, `or` and `not`.
        """,
        wrong: Self.run(Self.facility, "discover", "--when=facility", "--draws=10k"),
        fixed: Self.run(Self.facility, "discover", "--when=facility > 3 kWh", "--draws=10k"))
    case .severalCells:
      Explanation(
        """
        The explanation of a draw is for a single number, and the formula has several cells. Select one: \
        `facility[year=2025]`.
        """,
        wrong: Self.run(Self.years, "draw", "--number=1", "--output=facility * 2"),
        fixed: Self.run(Self.years, "draw", "--number=1", "--output=facility[year=2025] * 2"))
    case .noFiniteDraw:
      Explanation(
        """
        All draws of the target are infinite or not numbers, so it has no quantiles. Its formula divides by zero, or \
        takes the logarithm or the root of a negative number.
        """,
        wrong: Self.run(Self.facility, "draw", "--near=p95", "--output=log(-pue)", "--draws=10k"),
        fixed: Self.run(Self.facility, "draw", "--near=p95", "--output=log(pue)", "--draws=10k"))
    case .weights:
      Explanation(
        """
        The weights of the routes are formulas, and their values do not sum to 1 in some cell.
        """,
        wrong: Self.run(Self.routes(second: "part"), "run", "--draws=1k"),
        fixed: Self.run(Self.routes(second: "1 - part"), "run", "--draws=1k"))
    case .impossibleObservation:
      Explanation(
        """
        The measured distribution has a density of zero for almost every draw, so the observation contradicts the \
        inputs. Give the observation a distribution with tails, or an input a wider range.
        """,
        wrong: Self.run(Self.observed("uniform(9 kWh, 10 kWh)"), "run", "--draws=10k"),
        fixed: Self.run(Self.observed("uniform(2 kWh, 3 kWh)"), "run", "--draws=10k"))
    case .unlikelyObservation:
      Explanation(
        """
        The observations are so far in the tails of what the inputs imply, or so precise, that the posterior cannot be \
        sampled. One of them contradicts the others, or a distribution is too narrow.
        """,
        wrong: Self.run(
          Self.observed("normal(90 kWh, 1 kWh)", energy: "normal(2 kWh, 1 kWh)"), "run", "--draws=10k"),
        fixed: Self.run(Self.observed("normal(4 kWh, 1 kWh)", energy: "normal(2 kWh, 1 kWh)"), "run", "--draws=10k"))
    case .observedInputs:
      Explanation(
        """
        Weighted draws do not suffice for the observations, and sequential Monte Carlo keeps the values of all inputs \
        that they depend on in memory, which limits their number.
        """,
        wrong: Self.run(Self.sites(5000), "run", "--draws=10k"),
        fixed: Self.run(Self.sites(50), "run", "--draws=10k"))
    case .otherPosterior:
      Explanation(
        """
        The folder of `--posterior` has a posterior that was sampled for something else: another scenario, other tables \
        or `--set` flags, another seed, design or version of the program. It is neither used nor overwritten. Name \
        another folder, or delete the files posterior.json and posterior.npy.
        """,
        wrong: Self.saved(
          [
            "posterior.json": """
            {
              "form": "loadcast posterior 1", "engine": "loadcast 0.0.1", "scenario": "", "seed": 1, "design": "sobol",
              "rows": ["energy"], "draws": 32768, "replicates": 16, "stages": 1, "moves": 2, "acceptance": 0.5,
              "log_evidence": [], "mean_log_likelihood": [], "matrix_sha256": ""
            }
            """,
            "posterior.npy": "",
          ], folder: "."),
        fixed: Self.saved([:], folder: "saved"))
    case .damagedPosterior:
      Explanation(
        """
        The files of a saved posterior are incomplete, or their bytes are not those that were written, as their digests \
        show. Delete posterior.json and posterior.npy, so that the posterior is sampled again.
        """,
        wrong: Self.saved(["posterior.json": "{}"], folder: "."), fixed: Self.saved([:], folder: "saved"))
    case .damagedPart:
      Explanation(
        """
        A file given to `merge` is not a part of a run, or its bytes are not those that were written, as its digest shows: \
        it was truncated, copied incompletely or altered. Delete it, and make the part again with `run --shard`.
        """,
        wrong: Self.merge(["a.part": "loadcast part 1\n"]), fixed: Self.shard("1/2", "--out=parts"))
    case .otherPart:
      Explanation(
        """
        Parts that are merged must be of one run: the same version of the program, scenario, tables, `--set` flags, seed, \
        design and number of draws, made by machines that compute the same values. A part that was made for something \
        else is neither used nor overwritten. Name another folder with --out, or merge the parts of each run on their own.
        """,
        wrong: Self.shard("1/2", "--out=.", files: ["scenario.1-of-2.part": Self.partOfAnotherRun]),
        fixed: Self.shard("1/2", "--out=."))
    case .missingPart:
      Explanation(
        """
        Some draws of the run are in none of the parts, or there are no parts at all. The message has the commands that make \
        what is missing; a part that is there already takes no time.
        """,
        wrong: Self.merge([:]), fixed: Self.shard("1/2", "--out=parts"))
    case .undivided:
      Explanation(
        """
        Parts are made independently of each other. A run whose draws depend on the other draws, as with a tolerance, \
        exact quantiles or the posterior of a latent total, is made as a whole.
        """,
        wrong: Self.shard("1/2", "--out=parts", "--tolerance=1%"), fixed: Self.shard("1/2", "--out=parts"))
    case .latentReadings:
      Explanation(
        """
        Readings of a latent total are compared on a logarithmic scale, so that routes and what published figures read \
        must be positive. Their number is limited, and they must not determine each other exactly.
        """,
        wrong: Self.run(Self.latent("fleet - 2 TWh/year"), "run", "--draws=10k"),
        fixed: Self.run(Self.latent("fleet"), "run", "--draws=10k"))
    case .submission:
      Explanation(
        withoutExample: """
          `submit --go` has written the scripts, and the scheduler's command has failed or cannot be started; its own message \
          is above. The exit code is 69. The same scripts can be submitted by hand, with the commands that `submit` prints \
          without `--go`.
          """)
    }
  }

  // MARK: Scenarios of the examples

  /// An example that writes to the folder `results`, if its command writes files.
  private static func run(_ scenario: String, _ command: String, _ flags: String...) -> Example {
    Example(
      scenario, words: [command, Example.scenarioName] + flags + (command == "draw" ? [] : ["--out=results"]))
  }

  /// An example with a saved posterior.
  private static func saved(_ files: [String: String], folder: String) -> Example {
    Example(
      observed("normal(4 kWh, 1 kWh)", energy: "normal(2 kWh, 1 kWh)"), files: files,
      words: ["run", Example.scenarioName, "--draws=10k", "--posterior=\(folder)", "--out=results"])
  }

  /// An example of a part of a run.
  private static func shard(_ part: String, _ flags: String..., files: [String: String] = [:]) -> Example {
    Example(
      facility, files: files,
      words: ["run", Example.scenarioName, "--draws=10k", "--shard=\(part)"] + flags)
  }

  /// A part of another version's run, without blocks.
  private static let partOfAnotherRun = """
    loadcast part 1 385 895d6690961d418fcc3bfb1e3dbf66279e478ca6a916ddecf1eefa6eea1aaae8
    {
      "command": {"path": "scenario.yaml", "set": []}, "end_block": 0, "fingerprint": "0000000000000000", "first_block": 0,
      "host": "", "owner": {"design": "sobol", "draws": 10000, "engine": "loadcast 0.0.1", "scenario": "", "seed": 1},
      "part": 1, "parts": 2, "seconds": 0, "summaries": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "system": "", "title": ""
    }
    """

  /// An example of `merge` with files of parts.
  private static func merge(_ files: [String: String]) -> Example {
    Example(facility, files: files, words: ["merge", ".", "--out=results"])
  }

  private static let facility = """
    inputs:
      energy: 2 kWh to 3 kWh
      pue: 1.1 to 1.5
    equations:
      facility: energy * pue
    outputs:
      facility: {unit: kWh}
    """

  private static let years = """
    indexes:
      year: 2024..2026
    inputs:
      energy: {over: year, value: 2 kWh to 3 kWh, dependence: shared}
      pue: 1.1 to 1.5
    equations:
      facility: energy * pue
    outputs:
      facility: {unit: kWh}
    """

  private static func routes(second: String) -> String {
    """
    inputs:
      low: 2 to 4
      high: 3 to 6
      part: 60%
    outputs: {low: {}, high: {}}
    evidence:
      - {estimate: load, routes: {a: low, b: high}, weights: {a: part, b: \(second)}}
    """
  }

  private static func observed(_ measured: String, energy: String = "uniform(2 kWh, 4 kWh)") -> String {
    """
    inputs:
      energy: \(energy)
    outputs:
      energy: {unit: kWh}
    evidence:
      - {observe: energy, measured: "\(measured)"}
    """
  }

  /// A latent total that one route reads.
  private static func latent(_ route: String) -> String {
    """
    indexes: {year: 2024..2026}
    inputs:
      fleet: {over: year, value: 1 TWh/year to 3 TWh/year, dependence: shared}
    latent:
      total: {over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: \(route)}}
    outputs:
      total: {unit: TWh/year}
    """
  }

  /// An observed sum over sites that few draws of the prior are near.
  private static func sites(_ count: Int) -> String {
    """
    indexes:
      site: 1..\(count)
    inputs:
      energy:
        over: site
        value: normal(2 kWh, 1 kWh)
        dependence: independent
    equations:
      total: sum(energy, over=site)
    outputs:
      total: {unit: kWh}
    evidence:
      - {observe: total, measured: "normal(\(count * 3) kWh, 0.1 kWh)"}
    """
  }
}

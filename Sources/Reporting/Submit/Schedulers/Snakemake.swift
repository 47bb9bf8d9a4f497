import TextFormats

/// A Snakemake workflow, on one machine or on any scheduler that Snakemake knows.
///
/// Source: Snakemake 7.21, "Rules" (retries, threads, resources, the `:q` format of shell commands).
package enum Snakemake: Scheduler {
  package static let name = "snakemake"
  package static let summary = "Snakemake workflow"
  package static let takesBraces = false

  package static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts {
    // In Python's literals, which JSON's are, and with braces doubled, which the format of a command replaces.
    func literal(_ text: String) -> String {
      JSON.string(text.replacing("{", with: "{{").replacing("}", with: "}}")).text
    }
    let marks = job.path("done")
    let part = job.makePart("@NUMBER@", workers: "@THREADS@")
    let command = literal(part).replacing("@NUMBER@", with: "{wildcards.k}").replacing("@THREADS@", with: "{threads}")
    let text = """
      # Makes all parts of a run and merges them: snakemake --snakefile THIS --cores all
      rule merge:
          input: expand(\(JSON.string(marks + "/{k}").text), k=range(1, \(job.tasks + 1)))
          shell: \(literal(job.mergeParts))

      rule part:
          output: touch(\(JSON.string(marks + "/{k}").text))
          threads: \(job.cpus)
          resources: mem_mb=\(job.megabytes), runtime=\(job.minutes)
          retries: 3
          shell: \(command)

      """
    return SchedulerScripts(
      files: [(job.fileName("smk"), text)],
      submission: ["snakemake " + job.words(["--snakefile", job.path("smk"), "--cores", "all"] + options)])
  }
}

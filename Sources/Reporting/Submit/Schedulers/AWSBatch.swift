import TextFormats

/// An AWS Batch array job, and a job that depends on it and merges the parts.
///
/// Source: AWS Batch API reference, SubmitJob (array properties, retry strategy, dependencies).
package enum AWSBatch: Scheduler {
  package static let name = "batch"
  package static let summary = "AWS Batch array job; adapt queue and definition"
  package static let mostTasks = 10_000

  package static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts {
    // An array has 2 to 10,000 tasks.
    let array: [(key: String, value: JSON)] =
      job.tasks > 1 ? [("arrayProperties", .object([("size", .integer(job.tasks))]))] : []
    let name = job.plainName.replacing(".", with: "-")
    func request(_ name: String, _ command: String, cpus: Int, _ further: [(key: String, value: JSON)]) -> String {
      let again: JSON = .array([
        .object([("onExitCode", .string("75")), ("action", .string("RETRY"))]),
        .object([("onStatusReason", .string("Host EC2*")), ("action", .string("RETRY"))]),
        .object([("onReason", .string("*")), ("action", .string("EXIT"))]),
      ])
      func resource(_ type: String, _ value: Int) -> JSON {
        .object([("type", .string(type)), ("value", .string("\(value)"))])
      }
      return JSON.object(
        [
          ("jobName", .string(name)), ("jobQueue", .string("loadcast")), ("jobDefinition", .string("loadcast")),
          ("retryStrategy", .object([("attempts", .integer(10)), ("evaluateOnExit", again)])),
          ("timeout", .object([("attemptDurationSeconds", .integer(max(60, job.minutes * 60)))])),
          (
            "containerOverrides",
            .object([
              ("command", .array([.string("bash"), .string("-c"), .string("exec \(command)")])),
              ("resourceRequirements", .array([resource("VCPU", cpus), resource("MEMORY", job.megabytes)])),
            ])
          ),
        ] + further
      ).text + "\n"
    }
    let part = job.makePart("$((${AWS_BATCH_JOB_ARRAY_INDEX:-0} + 1))", workers: "\(job.cpus)")
    func submit(_ ending: String, _ further: String) -> String {
      "aws batch submit-job --cli-input-json " + job.words(["file://\(job.path(ending))"] + options) + further
    }
    return SchedulerScripts(
      files: [
        (job.fileName("parts.json"), request("\(name)-parts", part, cpus: job.cpus, array)),
        (job.fileName("merge.json"), request("\(name)-merge", job.mergeParts, cpus: 1, [])),
      ],
      submission: [
        "array=$(\(submit("parts.json", " --query jobId --output text"))) || exit",
        submit("merge.json", " --depends-on \"jobId=$array\""),
      ])
  }
}

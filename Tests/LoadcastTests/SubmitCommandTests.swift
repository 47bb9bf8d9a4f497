import Foundation
import Reporting
import Testing

/// `submit`: scripts that a shell or a scheduler can read, whatever the scenario is called.
@Suite("Scripts for schedulers")
struct SubmitCommandTests {
  private func program() throws -> Program {
    let program = try Program()
    try program.write(
      "title: Small\ninputs: {x: 1 to 2}\nequations: {y: x^2}\noutputs: {y: {}}\n", to: "it's $(a) {b}.yaml")
    return program
  }

  private func submit(_ program: Program, _ scheduler: String, _ flags: String...) throws -> Program.Outcome {
    try program.run(
      shell:
        "exec \"$0\" submit \(scheduler) \"it's \\$(a) {b}.yaml\" --draws 200k --tasks 3 --parts 'p q' --out 'r s' "
        + flags.joined(separator: " "))
  }

  @Test("Shell scripts and their submission are valid for the shell", arguments: SchedulerCatalogue.all.map { $0.name })
  func valid(scheduler: String) throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try submit(program, scheduler, "-- '--account=it is; energy'")
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.contains("200k draws in 3 parts"))
    let names = try program.names(in: "p q")
    #expect(!names.isEmpty)
    for name in names where ["sbatch", "pbs", "sh"].contains((name as NSString).pathExtension) {
      let check = try program.run("p q/\(name)", shell: "exec bash -n \"$1\"")
      #expect(check.code == 0, "\(name): \(check.error)")
    }
    for name in names where name.hasSuffix(".json") {
      _ = try JSONSerialization.jsonObject(with: Data(try program.read("p q/\(name)").utf8))
    }
    let commands = outcome.output.split(separator: "\n").drop { !$0.hasPrefix("Submit") }.dropFirst().joined(
      separator: "\n")
    try program.write(commands, to: "submit.sh")
    let check = try program.run(shell: "exec bash -n submit.sh")
    #expect(check.code == 0 && !commands.isEmpty, "\(check.error)")
  }

  @Test("One part is one part; processors are not called workers; a name that is not UTF-8 is refused")
  func words() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let one = try program.run("submit", "slurm", "s.yaml", "--tasks", "1")
    #expect(one.code == 0 && one.output.contains("100k draws in 1 part: about"), "\(one.output)\(one.error)")
    let none = try program.run("submit", "slurm", "s.yaml", "--tasks", "1", "--cpus", "0")
    #expect(none.code == 64)
    #expect(none.error.hasPrefix("error[options.number]: --cpus must be a whole number from 1 to 1024, not `0`\n"))
    let name = try program.run(
      shell: "cp s.yaml $'s\\xe9.yaml' && exec \"$0\" submit slurm $'s\\xe9.yaml' --tasks 2 --parts q")
    #expect(name.code == 64 && name.error.contains("a script cannot have the name `s\\xE9.yaml`"), "\(name.error)")
    #expect(!(try program.names().contains("q")))
  }

  @Test("Snakemake, which takes names in braces for wildcards, gets no folder of parts with braces")
  func bracesOfSnakemake() throws {
    let program = try program()
    defer { program.remove() }
    for flags in ["", "--parts 'p}'"] {
      let outcome = try program.run(
        shell: "exec \"$0\" submit snakemake \"it's \\$(a) {b}.yaml\" --tasks 3 --print \(flags)")
      #expect(outcome.code == 64 && outcome.error.contains("folder without braces"), "\(outcome.error)")
    }
    #expect(try submit(program, "snakemake").code == 0)
    let slurm = try program.run(shell: "exec \"$0\" submit slurm \"it's \\$(a) {b}.yaml\" --tasks 3")
    #expect(slurm.code == 0, "\(slurm.error)")
  }

  @Test("A scheduler that does not take the scripts ends the command with 69; the scripts stay")
  func refused() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let outcome = try program.run(
      shell: "mkdir bin && printf '#!/bin/sh\\nexit 3\\n' > bin/sbatch && chmod +x bin/sbatch && "
        + "PATH=$PWD/bin:$PATH exec \"$0\" submit slurm s.yaml --tasks 2 --parts q --go")
    #expect(outcome.code == 69)
    #expect(outcome.error.contains("error[run.submission]: slurm has not taken the scripts"), "\(outcome.error)")
    #expect(try program.names(in: "q").count == 2)
  }

  @Test("The scripts of a scheduler's tasks make the parts and merge them")
  func works() throws {
    let program = try program()
    defer { program.remove() }
    // Slurm's commands, as much as the scripts need of them.
    try FileManager.default.createDirectory(
      at: program.folder.appending(path: "bin"), withIntermediateDirectories: true)
    let fakes = [
      "srun": "shift; exec \"$@\"",
      "sbatch": """
      for word; do script=$word; case $word in --dependency*) after=$word;; esac; done
      echo 7
      [ -n "$after" ] || for k in 1 2 3; do SLURM_ARRAY_TASK_ID=$k SLURM_CPUS_PER_TASK=2 bash "$script" >&2 || exit; done
      [ -z "$after" ] || { [ "$after" = --dependency=afterany:7 ] && bash "$script" >&2; }
      """,
      "loadcast": "exec '\(Program.executable.path)' \"$@\"",
    ]
    for (name, text) in fakes {
      try program.write("#!/bin/bash\n\(text)\n", to: "bin/\(name)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: program.folder.appending(path: "bin/\(name)").path)
    }
    let path = "\(program.folder.path)/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let outcome = try program.run(
      shell: "exec \"$0\" submit slurm \"it's \\$(a) {b}.yaml\" --draws 200k --tasks 3 --parts 'p q' --out 'r s' --go",
      environment: ["PATH": path])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.error)")
    #expect(try program.names(in: "r s").contains("summary.csv"))
    let single = try program.run(
      shell: "exec \"$0\" run \"it's \\$(a) {b}.yaml\" --draws 200k --out single --quiet")
    #expect(single.code == 0)
    #expect(try program.read("r s/quantiles.csv") == program.read("single/quantiles.csv"))
  }

  @Test("An unknown scheduler, and flags that exclude each other, are usage errors")
  func usage() throws {
    let program = try program()
    defer { program.remove() }
    let unknown = try submit(program, "slrm")
    #expect(unknown.code == 64 && unknown.error.contains("slurm"), "\(unknown.error)")
    #expect(try submit(program, "slurm", "--go", "--print").code == 64)
  }
}

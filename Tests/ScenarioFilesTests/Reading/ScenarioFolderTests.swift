import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Testing

@Suite("Files are opened inside the scenario's folder only")
struct ScenarioFolderTests {
  @Test("Paths that lead out are refused, through dots, links and from the root")
  func outside() throws {
    let outer = try TemporaryFolder(["secret.yaml": "inputs: {s: 1}\n"])
    let folder = try TemporaryFolder([
      "main.yaml": "include: [../x.yaml, /etc/passwd, a/../../y.yaml, link.yaml, \"\"]\n",
      "sub/deep.yaml": "include: ../ok.yaml\n",
      "ok.yaml": "inputs: {a: 1}\n",
    ])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.yaml", withDestinationPath: outer.path + "/secret.yaml")
    let messages = folder.screen().split(separator: "\n").filter { $0.contains(": error[files.") }.map {
      $0.split(separator: "]: ")[1]
    }
    #expect(
      messages == [
        "`../x.yaml` is outside the scenario's folder", "`/etc/passwd` is an absolute path",
        "`a/../../y.yaml` is outside the scenario's folder",
        "`link.yaml` is a symbolic link to a file outside the scenario's folder",
        "a path is missing",
      ])
    // A scenario in a subfolder reaches its neighbours only where the root says so.
    #expect(folder.screen("sub/deep.yaml").contains("is outside the scenario's folder"))
    let wide = try folder.parsed("sub/deep.yaml", Scenario.Options(root: folder.path))
    #expect(wide.inputs.map(\.name) == ["a"] && wide.files.map(\.path) == ["sub/deep.yaml", "ok.yaml"])
    #expect(
      folder.screen("main.yaml", Scenario.Options(root: folder.path + "/sub")).contains(
        "is outside the folder of --root"))
  }

  @Test("What is no regular, readable text of a bearable size is refused at once")
  func otherFiles() throws {
    let folder = try TemporaryFolder([
      "marked.yaml": "\u{FEFF}title: a\r\ninputs:\r\n  x: 1\r\n", "empty.yaml": "", "blank.yaml": " \n\n",
    ])
    #expect(mkfifo(folder.path + "/pipe.yaml", 0o600) == 0)
    try folder.write(Data([0x61, 0x3A, 0x20, 0xC3, 0xA9, 0x0A, 0x62, 0x3A, 0xC3, 0xA9, 0xFF, 0x0A]), to: "latin.yaml")
    try folder.write(Data([0xFF, 0xFE, 0x61, 0x00]), to: "wide.yaml")
    #expect(truncate(folder.path + "/empty.yaml", 0) == 0)
    #expect(FileManager.default.createFile(atPath: folder.path + "/huge.yaml", contents: nil))
    #expect(truncate(folder.path + "/huge.yaml", 100_000_000) == 0)

    func head(_ name: String) -> Substring { folder.screen(name).split(separator: "\n")[0] }
    #expect(head("pipe.yaml") == "error[files.unreadable]: `pipe.yaml` is not a regular file")
    #expect(
      head(".") == "error[files.unreadable]: `\(folder.path.split(separator: "/").last ?? "")` is a folder, not a file"
        || head(".").contains("is a folder"))
    #expect(head("huge.yaml") == "error[files.unreadable]: `huge.yaml` is too large for a scenario (100 MB)")
    #expect(head("nothing.yaml") == "error[files.missing]: there is no file `nothing.yaml`")
    #expect(head("empty.yaml") == "empty.yaml:1:1: error[yaml.empty]: the file is empty")
    #expect(head("blank.yaml") == "blank.yaml:1:1: error[yaml.empty]: the file is empty")
    #expect(head("latin.yaml") == "latin.yaml:2:4: error[files.encoding]: this file is not UTF-8 text")
    #expect(folder.screen("wide.yaml").contains("found: UTF-16"))
    let marked = try folder.parsed("marked.yaml")
    #expect(marked.title == "a" && marked.inputs.map(\.name) == ["x"])
    #expect(marked.inputs[0].namePlace.description.hasSuffix("marked.yaml:3:3"))
  }

  @Test("Tables are read through the root, with the place of whoever names them")
  func tables() throws {
    let folder = try TemporaryFolder(["main.yaml": "inputs: {a: {table: t.csv}}\n", "evidence/t.csv": "a,b\n1,2\n"])
    let parsed = try folder.parsed()
    let (file, digest) = try parsed.root.read("evidence/./t.csv", nil)
    #expect(file.lines == ["a,b", "1,2", ""])
    // printf 'a,b\n1,2\n' | sha256sum
    #expect(digest == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470")
    #expect(throws: Diagnostics.self) { try parsed.root.read("../t.csv", nil) }
    #expect(throws: Diagnostics.self) { try parsed.root.read("t.csv", parsed.inputs[0].namePlace) }
  }
}

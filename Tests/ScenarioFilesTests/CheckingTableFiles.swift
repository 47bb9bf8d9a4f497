import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Testing

@Suite("Table files")
struct CheckingTableFiles {
  @Test("Blank cells count as left out where something takes their place")
  func blankCells() throws {
    let model = try Checking.model(
      "indexes: {c: [us, eu]}\ninputs: {x: {over: c, table: t.csv, missing: 0}}\noutputs: {x: {}}\n",
      files: ["t.csv": "c,value\nus,\neu,5\n"])
    #expect(model.quantities[0].input?.supportPoints.map(\.text) == ["5", "0"])
    let years = try Checking.model(
      "indexes: {year: 2019..2021}\ninputs: {x: {over: year, table: t.csv, interpolate: linear}}\noutputs: {x: {}}\n",
      files: ["t.csv": "year,value\n2019,1\n2020,\n2021,3\n"])
    #expect(years.quantities[0].input?.supportPoints.map(\.text) == ["1", "3"])
  }

  @Test("Files in other encodings")
  func encodings() throws {
    let folder = try TemporaryFolder([
      "main.yaml":
        "indexes: {c: [us, eu]}\ninputs: {x: {over: c, table: t.csv, dependence: shared}}\noutputs: {x: {}}\n"
    ])
    let table = "c,value,note\nus,1,é\neu,2,\n"
    func wide(_ isBig: Bool, mark: Bool) -> Data {
      var units = mark ? [UInt16(0xFEFF)] : []
      units += table.utf16
      return Data(units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] })
    }
    let latin = Data(table.unicodeScalars.map { UInt8($0.value) })
    for (data, found) in [
      (wide(false, mark: true), "UTF-16"), (wide(true, mark: true), "UTF-16"), (wide(false, mark: false), "UTF-16"),
      (wide(true, mark: false), "UTF-16"), (latin, "the byte 0xE9, as in Latin-1 or Windows-1252"),
    ] {
      try folder.write(data, to: "t.csv")
      do throws(Diagnostics) {
        _ = try Scenario.model(ofFileAt: folder.path + "/main.yaml")
        Issue.record("this file is not UTF-8")
      } catch {
        #expect(error.all.map(\.message) == ["this file is not UTF-8 text"])
        #expect(error.all.first?.found?.hasPrefix(found) == true, "\(error.all)")
      }
    }
  }
}

import Foundation
import Modeling
import Testing

@Suite("Built-in functions") struct BuiltInFunctionTests {
  @Test("The catalogue lists every file of the folder, in the order of names")
  func everyFileIsCatalogued() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Modeling/Functions").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      $0.replacing(".swift", with: "")
    }
    let functions = Set(files).subtracting(["BuiltInFunction", "BuiltInFunctionCatalogue"])
    #expect(functions.map { $0.lowercased() }.sorted() == BuiltInFunctionCatalogue.names)
    #expect(BuiltInFunctionCatalogue.function(named: "exp")?.name == "exp")
    #expect(BuiltInFunctionCatalogue.function(named: "expm") == nil)
  }

  private static let known: [(String, [Double], Double)] = [
    ("abs", [-2.5], 2.5), ("clamp", [7, 1, 5], 5), ("clamp", [-7, 1, 5], 1), ("clamp", [3, 1, 5], 3),
    ("cos", [1], Foundation.cos(1)), ("exp", [1.5], Foundation.exp(1.5)), ("log", [7], Foundation.log(7)),
    ("log10", [1000], 3), ("max", [1, 9, 4], 9), ("min", [3, -1, 4], -1), ("sin", [1], Foundation.sin(1)),
    ("sqrt", [2], 2.0.squareRoot()), ("tan", [1], Foundation.tan(1)),
  ]

  @Test("Every function of the catalogue has a value from another library")
  func everyFunctionHasAValue() {
    let missing = Set(BuiltInFunctionCatalogue.names).subtracting(Self.known.map { $0.0 })
    #expect(missing.sorted() == [], "add values of these functions to `known`")
  }

  @Test("Values agree with the system's library", arguments: known)
  func values(name: String, arguments: [Double], expected: Double) throws {
    let function = try #require(BuiltInFunctionCatalogue.function(named: name))
    #expect(abs(function.scalar(arguments) - expected) <= 4e-16 * abs(expected))
  }

  @Test("A block may be written over any of its arguments, and agrees with single values in every bit")
  func blocksOverwriteArguments() throws {
    for function in BuiltInFunctionCatalogue.functions {
      let width = function.isVariadic ? 3 : function.parameters.count
      let columns: [[Double]] = (0..<width).map { k in
        (0..<37).map { i -> Double in 0.1 + Double((i * 7 + k * 5) % 11) }
      }
      let expected: [Double] = (0..<37).map { i in function.scalar(columns.map { $0[i] }) }
      for target in 0..<width {
        let memory = columns.map { column -> UnsafeMutablePointer<Double> in
          let place = UnsafeMutablePointer<Double>.allocate(capacity: 37)
          place.initialize(from: column, count: 37)
          return place
        }
        function.block(memory.map { UnsafePointer<Double>($0) }, memory[target], 37)
        let result = Array(UnsafeBufferPointer(start: memory[target], count: 37))
        #expect(
          result.map(\.bitPattern) == expected.map(\.bitPattern), "\(function.name) over argument \(target)")
        memory.forEach { $0.deallocate() }
      }
    }
  }

  @Test("`clamp` with its bounds reversed is not a number")
  func reversedBounds() throws {
    let clamp = try #require(BuiltInFunctionCatalogue.function(named: "clamp"))
    #expect(clamp.scalar([3, 5, 1]).isNaN && clamp.scalar([3, 2, 2]) == 2)
    #expect(clamp.scalar([3, -.infinity, .infinity]) == 3 && clamp.scalar([3, .infinity, .infinity]) == .infinity)
  }

  @Test("What is not a number stays so")
  func notANumberStays() {
    for function in BuiltInFunctionCatalogue.functions {
      let width = function.isVariadic ? 3 : function.parameters.count
      for place in 0..<width {
        var arguments = [Double](repeating: 1, count: width)
        arguments[place] = .nan
        #expect(function.scalar(arguments).isNaN, "\(function.name), argument \(place)")
      }
    }
  }
}

import Foundation
import Testing

/// No result depends on the C library's elementary functions, whose last digits differ between processors and versions.
@Suite("Portable functions")
struct PortableFunctionsTests {
  /// Functions whose results C leaves open. Not here are those that IEEE 754 defines to the last bit: sqrt, fma, floor,
  /// ceil, trunc, round, rint, fmod, remainder, scalbn, ldexp, frexp, modf, fabs.
  static let inexact: Set<String> = [
    "exp", "exp2", "exp10", "expm1", "log", "log2", "log10", "log1p", "pow", "sin", "cos", "tan", "sincos", "asin",
    "acos",
    "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "lgamma", "lgamma_r", "tgamma",
    "gamma", "hypot", "cbrt", "j0", "j1", "jn", "y0", "y1", "yn",
  ]

  /// Targets that may call them all the same, and why.
  static let exempt = [
    "Benchmarks":
      "its figures are measured times and errors, which differ from run to run or are rounded to two digits",
    "VectorMath": "PortableMath is here; the test below reads it with the C targets",
  ]

  /// The calls of those functions in a text, without comments and strings: names without a dot before them, and names
  /// that are qualified by one of the libraries.
  static func calls(in text: String) throws -> (bare: Set<String>, qualified: Set<String>) {
    let call = try Regex(#"(?<path>[\w.`]+)\("#)
    var (bare, qualified): (Set<String>, Set<String>) = ([], [])
    var isInsideText = false
    for line in text.split(separator: "\n") {
      // Texts of several lines, such as examples of scenarios, call no function of Swift.
      let marks = line.ranges(of: "\"\"\"").count
      if !marks.isMultiple(of: 2) { isInsideText.toggle() }
      if isInsideText || marks > 0 { continue }
      let code = line.replacing(try Regex(#""(?:\\.|[^"\\])*""#), with: "\"\"").split(separator: "//", maxSplits: 1)
      guard let code = code.first, !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") else { continue }
      for match in code.matches(of: call) {
        let path = match["path"]?.substring?.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let path, let name = path.last, inexact.contains(name) else { continue }
        if path.count == 1 {
          if !code[..<match.range.lowerBound].hasSuffix("func ") { bare.insert(name) }
        } else if ["Foundation", "Glibc", "Darwin", "Musl"].contains(path[path.count - 2]) {
          qualified.insert(name)
        }
      }
    }
    return (bare, qualified)
  }

  /// The files of a folder with one of some endings, and their texts.
  static func files(_ folder: String, _ endings: [String]) throws -> [(path: String, text: String)] {
    let root = ImportGraphTests.sources.appending(path: folder)
    guard let names = FileManager.default.enumerator(atPath: root.path) else { return [] }
    return try names.compactMap { $0 as? String }.filter { name in endings.contains { name.hasSuffix($0) } }.map {
      (folder + "/" + $0, try String(contentsOf: root.appending(path: $0), encoding: .utf8))
    }
  }

  /// The functions that a target defines by those of `PortableMath`, which hide the C library's.
  static func defined(_ target: String) throws -> Set<String> {
    let definition = try Regex(#"(?m)^func (?<name>\w+)\(.*\{ PortableMath\.(?<by>\w+)\("#)
    let path = ImportGraphTests.sources.appending(path: target + "/PortableFunctions.swift")
    guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [] }
    return Set(
      text.matches(of: definition).compactMap { match in
        match["name"]?.substring == match["by"]?.substring ? match["name"]?.substring.map(String.init) : nil
      })
  }

  @Test("Targets call elementary functions of PortableMath, by its name or by their own definitions")
  func targetsCallTheirOwn() throws {
    var seen = 0
    for target in try FileManager.default.contentsOfDirectory(atPath: ImportGraphTests.sources.path) {
      guard Self.exempt[target] == nil else { continue }
      let defined = try Self.defined(target)
      for file in try Self.files(target, [".swift"]) {
        let (bare, qualified) = try Self.calls(in: file.text)
        seen += bare.count
        #expect(bare.subtracting(defined).isEmpty, "\(file.path): write `PortableMath.` before these")
        #expect(qualified.isEmpty, "\(file.path): call PortableMath instead of the library")
      }
    }
    // The test reads what it says.
    #expect(seen > 100)
    let sample =
      "let a = exp(x) + Foundation.log(2) + T.sin(1) // cos(2)\n  /// tan(3)\nlet b = \"pow(2)\" + hypot(1, 2)"
    let (bare, qualified) = try Self.calls(in: sample)
    #expect(bare == ["exp", "hypot"] && qualified == ["log"])
  }

  @Test("The C targets and VectorMath call none, and are compiled without contraction")
  func kernelsCallNone() throws {
    let sources = try Self.files("CBlockKernels", [".c", ".h"]) + Self.files("VectorMath", [".swift"])
    #expect(sources.count > 30)
    for file in sources {
      let (bare, qualified) = try Self.calls(in: file.text)
      #expect(bare.isEmpty && qualified.isEmpty, "\(file.path)")
      #expect(!file.text.contains("<math.h>") && !file.text.contains("FP_CONTRACT ON"), "\(file.path)")
    }
    // A translation unit begins with one of these, or computes nothing.
    for header in ["CBlockKernels/Kernels/AllKernels.h", "CBlockKernels/PortableMath/Scalar.h"] {
      #expect(sources.contains { $0.path == header && $0.text.contains("#pragma STDC FP_CONTRACT OFF") })
    }
    for file in sources where file.path.hasSuffix(".c") && file.path != "CBlockKernels/Dispatch.c" {
      #expect(file.text.contains("\"Kernels/AllKernels.h\"") || file.text.contains("\"Scalar.h\""), "\(file.path)")
    }
  }
}

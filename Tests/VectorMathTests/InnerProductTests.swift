import Testing
import VectorMath

@Suite("Inner products") struct InnerProductTests {
  @Test("of whole numbers are exact, however many", arguments: [0, 1, 7, 8, 9, 15, 16, 17, 1000])
  func wholeNumbers(count: Int) {
    let x = (0..<count).map { $0 % 13 - 4 }, y = (0..<count).map { $0 % 7 + 1 }
    let exact = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    // The element after the count must not be added.
    let product = innerProduct(x.map(Double.init) + [1e9], y.map(Double.init) + [1e9], count: count)
    #expect(product == Double(exact))
  }

  @Test("are not finite where a factor is not", arguments: [0, 9])
  func notFinite(place: Int) {
    var x = [Double](repeating: 1, count: 10)
    x[place] = .nan
    #expect(innerProduct(x, x, count: 10).isNaN)
    x[place] = .infinity
    #expect(innerProduct(x, x, count: 10) == .infinity)
  }
}

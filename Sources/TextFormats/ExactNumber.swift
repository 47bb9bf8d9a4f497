extension Double {
  /// The shortest decimal that reads back as the same number, without a needless `.0`: `0.1`, `1e-05`, `12`, `-0`;
  /// `nan`, `inf` and `-inf` as such (Steele & White 1990, doi:10.1145/93542.93559; Swift prints it).
  package var exactText: String {
    // Whole numbers would end with `.0`; negative zero keeps its sign.
    if magnitude < 1e15, self == rounded(.towardZero) {
      return self == 0 && sign == .minus ? "-0" : String(Int(self))
    }
    let text = description
    return magnitude >= 1e15 && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

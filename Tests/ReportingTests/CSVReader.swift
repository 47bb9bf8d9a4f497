/// A reader of RFC 4180 text, strict about its line ends and quotes; nil where the text is not of this form.
func records(ofCSV text: String) -> [[String]]? {
  var records: [[String]] = []
  var record: [String] = []
  var rest = Substring(text).unicodeScalars
  while !rest.isEmpty {
    var field = ""
    if rest.first == "\"" {
      rest.removeFirst()
      while true {
        guard let scalar = rest.popFirst() else { return nil }
        if scalar != "\"" {
          field.unicodeScalars.append(scalar)
        } else if rest.first == "\"" {
          rest.removeFirst()
          field += "\""
        } else {
          break
        }
      }
    } else {
      while let scalar = rest.first, scalar != ",", scalar != "\r" {
        guard scalar != "\"", scalar != "\n" else { return nil }
        field.unicodeScalars.append(scalar)
        rest.removeFirst()
      }
    }
    record.append(field)
    guard let end = rest.popFirst() else { return nil }
    if end == "," { continue }
    guard end == "\r", rest.popFirst() == "\n" else { return nil }
    records.append(record)
    record = []
  }
  return record.isEmpty ? records : nil
}

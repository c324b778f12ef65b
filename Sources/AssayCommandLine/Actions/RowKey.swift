import FoundationEssentials

/// The key of a row as people read it: `id=7` instead of `{"id": 7}`; never cut, so that the row can be looked up.
enum RowKey {
    /// Text as a record has it; what is no object with one simple value stays as it is.
    static func text(_ json: String) -> String {
        guard let values = try? JSONDecoder().decode([String: Value].self, from: Data(json.utf8)), values.count == 1,
            let (name, value) = values.first
        else { return json }
        return "\(name)=\(value.text)"
    }

    private struct Value: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let string = try? container.decode(String.self) {
                text = string
            } else if let number = try? container.decode(Int.self) {
                text = String(number)
            } else {
                text = "\(try container.decode(Bool.self))"
            }
        }
    }
}

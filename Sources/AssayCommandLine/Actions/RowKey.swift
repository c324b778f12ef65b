import FoundationEssentials

/// The key of a row as people read it: `id=efb9d2c1-3f4…` instead of `{"id": "efb9d2c1-3f4a-…"}`.
enum RowKey {
    private static let limit = 12

    /// Text as a record has it; what is no object with one simple value stays as it is.
    static func text(_ json: String) -> String {
        guard let values = try? JSONDecoder().decode([String: Value].self, from: Data(json.utf8)), values.count == 1,
            let (name, value) = values.first
        else { return json }
        let scalars = value.text.unicodeScalars
        // An ellipsis that saves a few letters only would hide more than it saves.
        let isLong = scalars.count > limit + 8
        return "\(name)=\(isLong ? String(String.UnicodeScalarView(scalars.prefix(limit))) + "…" : value.text)"
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

/// How a document writes the name of a month or day.
struct DateName: Equatable {
    enum Case { case lower, title, upper }

    /// The position of its language in ``DateNameTable``.
    var language: Int
    /// The position of its list in the language: long, short, or alone.
    var list: Int
    var letters: Case
    /// A dot stands behind the name, as behind other names of its list that are cut.
    var hasDot = false

    /// The name of another month.
    func month(_ month: Int) -> String { written(DateNameTable.languages[language].months, month - 1) }

    /// The name of another day, from 0, which is Sunday.
    func weekday(_ day: Int) -> String { written(DateNameTable.languages[language].weekdays, day) }

    private func written(_ lists: [[String]], _ index: Int) -> String {
        let name = lists[list][index]
        let dot = hasDot && name != lists[0][index] ? "." : ""
        return switch letters {
        case .lower: name.lowercased() + dot
        case .title: name.prefix(1).uppercased() + name.dropFirst() + dot
        case .upper: name.uppercased() + dot
        }
    }
}

/// Looks names of months and days up, in any letters.
enum DateNames {
    struct Found {
        var index: Int
        var language: Int
        var list: Int
    }

    private static let months = index(\.months)
    private static let weekdays = index(\.weekdays)

    /// - Parameter language: the one that is preferred where several have the name.
    static func month(_ word: String, in language: Int?) -> (month: Int, name: DateName)? {
        find(word, in: months, language).map { ($0.index + 1, name(word, $0)) }
    }

    /// The day is from 0, which is Sunday.
    static func weekday(_ word: String, in language: Int?) -> (day: Int, name: DateName)? {
        find(word, in: weekdays, language).map { ($0.index, name(word, $0)) }
    }

    /// The languages in which the word is a month's name.
    static func languages(of word: String) -> Set<Int> { Set((months[word.lowercased()] ?? []).map(\.language)) }

    private static func find(_ word: String, in index: [String: [Found]], _ language: Int?) -> Found? {
        guard let all = index[word.lowercased()] else { return nil }
        return all.first { $0.language == language } ?? all.first
    }

    private static func name(_ word: String, _ found: Found) -> DateName {
        let letters: DateName.Case =
            word.count > 1 && word == word.uppercased()
            ? .upper : word.first?.isUppercase == true ? .title : .lower
        return DateName(language: found.language, list: found.list, letters: letters)
    }

    private static func index(_ lists: (DateNameTable.Language) -> [[String]]) -> [String: [Found]] {
        var index: [String: [Found]] = [:]
        for (language, table) in DateNameTable.languages.enumerated() {
            for (list, names) in lists(table).enumerated() {
                for (position, name) in names.enumerated() {
                    let found = Found(index: position, language: language, list: list)
                    index[name.lowercased(), default: []].append(found)
                }
            }
        }
        return index
    }
}

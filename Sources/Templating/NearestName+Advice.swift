import Wording

extension NearestName {
    /// A sentence that says what to write instead.
    static func advice(for name: String, among known: some Collection<String>) -> String {
        let names = Set(known).sorted()
        if let nearest = of(name, among: names) { return "Did you mean '\(nearest)'?" }
        return "Known here are: \(names.joined(separator: ", "))."
    }
}

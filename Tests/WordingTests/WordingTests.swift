import Testing
import Wording

@Suite struct WordingTests {
    @Test(arguments: [(0, "0 rows"), (1, "1 row"), (-1, "-1 row"), (999, "999 rows"), (1_300_001, "1,300,001 rows")])
    func nouns(count: Int, text: String) {
        #expect(count.of("row") == text)
    }

    @Test func ownPlural() {
        #expect(2.of("entry", "entries") == "2 entries")
        #expect(Int.min.grouped == "-9,223,372,036,854,775,808")
    }

    @Test(arguments: [("", "", 0), ("", "abc", 3), ("user", "useer", 1), ("kitten", "sitting", 3), ("ab", "ba", 1)])
    func distances(a: String, b: String, distance: Int) {
        #expect(NearestName.distance(Array(a), Array(b)) == distance)
    }

    @Test func nearestNames() {
        let known = ["parameters", "severity", "title"]
        #expect(NearestName.of("sevrity", among: known) == "severity")
        #expect(NearestName.of("params", among: known) == "parameters")
        #expect(NearestName.of("owner", among: known) == nil)
        #expect(NearestName.of("x", among: ["y"]) == nil)
    }
}

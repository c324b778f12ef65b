import SQLSyntax
import Testing

struct NamedParametersTests {
    @Test(arguments: [
        ("SELECT :a, :b, :a", "SELECT $1, $2, $1", ["a", "b"]),
        (
            "SELECT ':a', \":b\", E'\\':c', $$:d$$, $x$ $$:e $x$",
            "SELECT ':a', \":b\", E'\\':c', $$:d$$, $x$ $$:e $x$", []
        ),
        ("SELECT 1 -- :a\n/* :b /* :c */ :d */ , :e", "SELECT 1 -- :a\n/* :b /* :c */ :d */ , $1", ["e"]),
        ("SELECT x::text, f(a := 1), :a::int", "SELECT x::text, f(a := 1), $1::int", ["a"]),
        (
            "SELECT a[1:2], a[x:y], a[f(:i):j], ARRAY[:p, :q]", "SELECT a[1:2], a[x:y], a[f($1):j], ARRAY[$2, $3]",
            ["i", "p", "q"]
        ),
        ("SELECT a[:i], a[:i : :j], a[:i::int]", "SELECT a[$1], a[$1 : $2], a[$1::int]", ["i", "j"]),
        ("SELECT 'it''s' :a", "SELECT 'it''s' $1", ["a"]),
        ("SELECT E'a'\n'\\':b' , :c", "SELECT E'a'\n'\\':b' , $1", ["c"]),
        ("WHERE x IN:a", "WHERE x IN $1", ["a"]),
        ("SELECT a$b:c", "SELECT a$b $1", ["c"]),
        ("SELECT :é", "SELECT $1", ["é"]),
        ("SELECT 'open :a", "SELECT 'open :a", []),
        ("SELECT U&'\\0061:b', N':c', x':d', te':e'", "SELECT U&'\\0061:b', N':c', x':d', te':e'", []),
        (":", ":", []), ("", "", []), ("a:", "a:", []), ("::a", "::a", []),
    ])
    func rewrites(text: String, rewritten: String, names: [String]) throws {
        let parameters = try NamedParameters(text)
        #expect(parameters.text == rewritten)
        #expect(parameters.names == names)
    }

    @Test func placesComeBack() throws {
        let text = "SELECT é, :days, x FROM t WHERE a = :other AND b"
        let parameters = try NamedParameters(text)
        func offset(_ part: String, in whole: String) throws -> Int {
            let range = try #require(whole.firstRange(of: part))
            return whole.utf8.distance(from: whole.startIndex, to: range.lowerBound)
        }
        for (part, original) in [("$1", ":days"), ("x FROM", "x FROM"), ("$2", ":other"), ("AND b", "AND b")] {
            #expect(
                parameters.originalOffset(try offset(part, in: parameters.text)) == (try offset(original, in: text))
            )
        }
        #expect(parameters.originalOffset(parameters.text.utf8.count) == text.utf8.count)
    }

    @Test func positionalParametersAreRefused() {
        let error = #expect(throws: SQLSyntaxError.self) { try NamedParameters("SELECT é, $12") }
        #expect(error?.offset == 11)
        #expect(error?.message == "$12 is a positional parameter; give parameters names, such as :days")
    }
}

import AuditModel
import Testing

struct UserTalliesTests {
    @Test func countsByUserAndCheck() {
        var users = UserTallies(checks: ["a", "b"])
        users.add("u1", check: 0, phase: .before)
        users.add("u2", check: 1, phase: .before, times: 3)
        users.add("u1", check: 0, phase: .before)
        users.add("", check: 1, phase: .before, times: 5)
        users.copyBeforeToAfter()
        #expect(users.tally(check: 0, user: 0) == .init(before: 2, repaired: 0, after: 2))
        #expect(users.tally(check: 1, user: 0) == .init())
        #expect(users.total(user: 1) == .init(before: 3, repaired: 0, after: 3))
        #expect(users.count == 3)
        #expect(users.affectedBefore == 2, "the empty user is nobody")
        #expect(users.users(check: 1, phase: .before) == 1)
    }

    @Test func forgetsOneCheckOnly() {
        var users = UserTallies(checks: ["a", "b"])
        users.add("u1", check: 0, phase: .before)
        users.add("u2", check: 1, phase: .before)
        users.clear(check: 0, phase: .before)
        #expect(!users.isAffected(0))
        #expect(users.affectedBefore == 1)
    }

    @Test func ranksByWhatIsLeftAndPutsNobodyLast() {
        var users = UserTallies(checks: ["a"])
        users.add("", check: 0, phase: .after, times: 99)
        users.add("z", check: 0, phase: .after, times: 2)
        users.add("a", check: 0, phase: .after, times: 2)
        users.add("b", check: 0, phase: .after, times: 7)
        #expect(users.ranked(limit: 10).map(users.id) == ["b", "a", "z", ""])
        #expect(users.ranked(limit: 2).map(users.id) == ["b", "a"])
    }

    @Test func keepsAHundredThousandUsersApart() {
        var users = UserTallies(checks: ["a"])
        for round in 1...2 {
            for number in 0..<100_000 { users.add("user-\(number)", check: 0, phase: .before, times: round) }
        }
        #expect(users.count == 100_000)
        #expect((0..<100_000).allSatisfy { users.tally(check: 0, user: $0).before == 3 })
        #expect(users.index(of: "user-77777").map(users.id) == "user-77777")
        #expect(users.index(of: "user-100000") == nil)
        let sorted = users.sortedByID().map(users.id)
        #expect(sorted == sorted.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    }

    @Test func labelsAreReplacedAndComparedByWhatTheySay() {
        var users = UserTallies(checks: ["a"])
        for user in ["u1", "u2", "u3"] { users.add(user, check: 0, phase: .before) }
        var others = users
        users.setLabel("Zoë 🦀", user: 2)
        users.setLabel("draft", user: 0)
        users.setLabel("", user: 0)
        #expect(users.label(0)?.isEmpty == true)
        #expect(users.label(1) == nil)
        #expect(users.label(2) == "Zoë 🦀")
        #expect(users != others)
        others.setLabel("", user: 0)
        others.setLabel("Zoë 🦀", user: 2)
        #expect(users == others, "though they were set in another order")
    }

    @Test func idsWithOneBeginningAreSortedByTheirEnd() {
        var users = UserTallies(checks: ["a"])
        for user in ["12345678b", "12345678", "1234567", "é2345678", "12345678a", "", "1234567\0"] {
            users.add(user, check: 0, phase: .before)
        }
        let sorted = users.sortedByID().map(users.id)
        #expect(sorted == ["", "1234567", "1234567\0", "12345678", "12345678a", "12345678b", "é2345678"])
    }

    @Test func sumsFiguresOfTheUsersWhoHaveThem() {
        var users = UserTallies(checks: ["a"])
        for user in ["u1", "u2", "u3"] { users.add(user, check: 0, phase: .before) }
        let set = users.figureSet(of: "user-channels", names: ["channels", "entries"])
        users.setFigure(4, of: set, name: 0, user: 0, phase: .before)
        users.setFigure(6, of: set, name: 0, user: 2, phase: .before)
        users.copyBeforeToAfter()
        #expect(users.figures[set].value(name: 0, user: 1, phase: .before) == nil)
        #expect(users.figures[set].value(name: 0, user: 2, phase: .after) == 6)
        #expect(users.figures[set].sum(name: 0, phase: .before) == 10)
        #expect(users.figures[set].sum(name: 1, phase: .before) == nil)
    }
}

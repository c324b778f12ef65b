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
        let names = ["channels", "nothing", "success_rate", "seen"]
        var figures = UserFigures(
            statistic: "user-channels",
            columns: names.map { FigureColumn(name: $0, isNumber: $0 != "seen") }
        )
        func set(_ text: String, _ column: Int, _ user: Int) {
            Array(text.utf8).withUnsafeBytes { figures.set($0, column: column, user: user, phase: .before) }
        }
        set("4", 0, 0)
        set("9007199254740993.5", 0, 2)
        set("0.5", 2, 0)
        set("2026-11-23", 3, 0)
        users.enter(figures, phase: .before)
        users.copyBeforeToAfter()
        let entered = users.figures[0]
        #expect(entered.value(column: 0, user: 1, phase: .before) == nil)
        #expect(entered.value(column: 0, user: 2, phase: .after) == .number(DecimalNumber("9007199254740993.5") ?? 0))
        #expect(entered.sum(column: 0, phase: .before) == .number(DecimalNumber("9007199254740997.5") ?? 0))
        #expect(entered.sum(column: 1, phase: .before) == nil)
        #expect(entered.sum(column: 2, phase: .before) == nil, "shares of different wholes have no sum")
        #expect(entered.value(column: 3, user: 0, phase: .after) == .text("2026-11-23"))
        #expect(entered.sum(column: 3, phase: .after) == nil)
    }

    @Test(
        arguments: [
            (["1e308", "1e308"], .number(DecimalNumber("2e308") ?? 0)), (["Infinity", "1"], .text("Infinity")),
            (["Infinity", "-Infinity"], .text("NaN")), (["NaN", "3"], .text("NaN")),
            (["-Infinity", "-Infinity"], .text("-Infinity")),
        ] as [([String], FigureValue)]
    )
    func `A1: sums that no double holds`(texts: [String], sum: FigureValue) {
        var figures = UserFigures(statistic: "s", columns: [FigureColumn(name: "n")])
        for (user, text) in texts.enumerated() {
            Array(text.utf8).withUnsafeBytes { figures.set($0, column: 0, user: user, phase: .before) }
        }
        #expect(figures.sum(column: 0, phase: .before) == sum)
    }

    @Test func `A18: a user can have more violations than 32 bits count`() {
        var users = UserTallies(checks: ["a", "b"])
        users.add("u1", check: 0, phase: .before, times: Int(Int32.max))
        users.add("u1", check: 0, phase: .before)
        users.add("u2", check: 0, phase: .before)
        users.add("u1", check: 0, phase: .repaired, times: -3_000_000_000)
        users.add("u1", check: 0, phase: .repaired, times: 2_999_999_999)
        users.add("u3", check: 0, phase: .after, times: .max)
        users.add("u3", check: 0, phase: .after, times: .max)
        users.add("u3", check: 1, phase: .after, times: .max)
        #expect(users.tally(check: 0, user: 0) == .init(before: 2_147_483_648, repaired: -1, after: 0))
        #expect(users.tally(check: 0, user: 1).before == 1)
        #expect(users.total(user: 2).after == .max)
        #expect(users.affectedBefore == 2 && users.users(check: 0, phase: .after) == 1)
        users.clear(check: 0, phase: .before)
        #expect(users.tally(check: 0, user: 0).before == 0)
    }
}

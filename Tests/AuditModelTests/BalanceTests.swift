import AuditModel
import Testing

struct BalanceTests {
    @Test("A10: every violation is accounted for, whatever is repaired, taken back, gone or new")
    func addsUp() {
        for before in 0...4 {
            for after in 0...4 {
                for repaired in -4...4 {
                    for kept in [nil] + (0...min(before, after)).map(Optional.some) {
                        let balance = Balance(before: before, repaired: repaired, after: after, kept: kept)
                        #expect(before + balance.new == repaired + balance.gone + after)
                        #expect(balance.gone >= 0 && balance.new >= 0)
                    }
                }
            }
        }
    }

    @Test("A10: rows that were taken back are violations again, unless something else ended them")
    func takenBack() {
        #expect(
            Balance(before: 0, repaired: -3, after: 3, kept: 0) == Balance(before: 3, repaired: 3, after: 0, kept: 0)
        )
        let ended = Balance(before: 5, repaired: -3, after: 6, kept: 5)
        #expect(ended.gone == 2 && ended.new == 0)
        let begun = Balance(before: 5, repaired: -3, after: 9, kept: 5)
        #expect(begun.gone == 0 && begun.new == 1)
    }
}

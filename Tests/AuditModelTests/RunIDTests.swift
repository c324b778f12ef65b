import AuditModel
import Testing

struct RunIDTests {
    @Test func isMadeOfStartAndSixDigits() {
        let start = Timestamp(milliseconds: 1_795_403_700_118)
        #expect(RunID(startedAt: start, random: 0x7f3a9c).description == "20261123T031500Z-7f3a9c")
        #expect(RunID(startedAt: start, random: 0xff00_0001).description == "20261123T031500Z-000001")
    }

    @Test(arguments: [
        "", "20261123T031500Z", "20261123T031500Z-7F3A9C", "20261123T031500Z-7f3a9", "2026112xT031500Z-7f3a9c",
        "20261123T031500Z-7f3a9c/", "../../../etc/passwd......",
    ])
    func refusesWhatIsNoID(text: String) {
        #expect(RunID(text) == nil)
    }

    @Test func isReadBackAndOrderedByTime() throws {
        let early = try #require(RunID("20261123T031500Z-ffffff"))
        let late = try #require(RunID("20261123T031501Z-000000"))
        #expect(early < late)
    }
}

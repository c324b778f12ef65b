import AuditModel
import Testing

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z", "19700101T000000Z"),
        (1_795_403_700_118, "2026-11-23T03:15:00.118Z", "20261123T031500Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z", "20000228T235959Z"),
        (951_825_600_000, "2000-02-29T12:00:00.000Z", "20000229T120000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z", "21000301T000000Z"),
        (-1, "1969-12-31T23:59:59.999Z", "19691231T235959Z"),
    ])
    func isWrittenAndReadInUTC(milliseconds: Int, rfc3339: String, basic: String) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.rfc3339 == rfc3339)
        #expect(time.basic == basic)
        #expect(Timestamp(rfc3339: rfc3339) == time)
    }

    @Test(arguments: ["", "2026-11-23", "2026-11-23T03:15:00", "2026-13-23T03:15:00Z", "2026-11-23T03:15:00.Z", "x"])
    func refusesWhatIsNoTime(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func readsWholeSecondsAndMicroseconds() {
        #expect(Timestamp(rfc3339: "2026-11-23T03:15:00Z")?.milliseconds == 1_795_403_700_000)
        #expect(Timestamp(rfc3339: "2026-11-23T03:15:00.118999Z")?.milliseconds == 1_795_403_700_118)
    }
}

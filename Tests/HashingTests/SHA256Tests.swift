import Hashing
import Testing

struct SHA256Tests {
    /// The examples of FIPS 180-4 and the NIST's page of intermediate values, and the empty text.
    private static let vectors = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ]

    @Test(arguments: vectors)
    func knownDigests(text: String, digest: String) {
        #expect(SHA256.hex(of: text) == digest)
        #expect(SHA256.hex(of: Array(text.utf8)) == digest)
    }

    @Test(arguments: vectors, [1, 3, 64])
    func piecesAreOneText(vector: (text: String, digest: String), size: Int) {
        let bytes = Array(vector.text.utf8)
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) {
            hash.update(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        let digest = hash.finalize()
        #expect(digest == vector.digest)
    }

    @Test func aMillionLetters() {
        var hash = SHA256()
        for _ in 0..<1000 { hash.update(String(repeating: "a", count: 1000)) }
        let digest = hash.finalize()
        #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }
}

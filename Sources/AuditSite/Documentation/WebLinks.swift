/// Keeps the links of rendered prose that lead to the web, and leaves of others only their text.
///
/// A relative link is meant from the folder of the check file, which is not there for the reader of a page.
enum WebLinks {
    /// - Parameter html: as cmark-gfm writes it: no raw HTML, each link `<a href="…"` and never inside another.
    static func only(_ html: String) -> String {
        var result = ""
        var rest = html[...]
        var dropsClosing = false
        while let tag = rest.firstRange(of: "<a href=\"", or: "</a>") {
            result += rest[..<tag.lowerBound]
            let after = rest[tag.upperBound...]
            if rest[tag] == "</a>" {
                result += dropsClosing ? "" : "</a>"
                dropsClosing = false
                rest = after
            } else if ["https://", "http://", "mailto:"].contains(where: after.hasPrefix) {
                result += "<a rel=\"noreferrer\" href=\""
                rest = after
            } else {
                dropsClosing = true
                rest = after.drop { $0 != ">" }.dropFirst()
            }
        }
        return result + rest
    }
}

extension Substring {
    /// The first place where one of two texts stands.
    fileprivate func firstRange(of first: String, or second: String) -> Range<Index>? {
        var index = startIndex
        while let found = self[index...].utf8.firstIndex(of: UInt8(ascii: "<")) {
            for text in [first, second] where self[found...].hasPrefix(text) {
                return found..<self.index(found, offsetBy: text.count)
            }
            index = self.utf8.index(after: found)
        }
        return nil
    }
}

/// A text that PostgreSQL's grammar, or the rules for parameters, refuse.
package struct SQLSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The parser's own words, such as `syntax error at or near "FORM"`.
    package var message: String
    /// Where, in bytes of the text's UTF-8 from 0; nil when the parser does not say.
    package var offset: Int?

    package init(message: String, offset: Int?) {
        self.message = message
        self.offset = offset
    }

    package var description: String {
        offset.map { "\(message) (at byte \($0 + 1))" } ?? message
    }
}

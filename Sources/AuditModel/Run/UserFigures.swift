/// The figures of one statistic for each affected user, as the server wrote them.
package struct UserFigures: Sendable, Equatable {
    /// The statistic's id.
    package let statistic: String
    /// The columns of its query without the user.
    package let columns: [FigureColumn]
    /// By column.
    private var before: [TextColumn]
    private var after: [TextColumn]

    package init(statistic: String, columns: [FigureColumn]) {
        self.statistic = statistic
        self.columns = columns
        before = Array(repeating: TextColumn(), count: columns.count)
        after = before
    }

    /// What was measured; nil for NULL, and where nothing was.
    package func value(column: Int, user: Int, phase: UserTallies.Phase) -> FigureValue? {
        text(column: column, user: user, phase: phase).map(columns[column].value)
    }

    package func text(column: Int, user: Int, phase: UserTallies.Phase) -> String? {
        (phase == .before ? before : after)[column][user]
    }

    package mutating func set(
        _ text: UnsafeRawBufferPointer,
        column: Int,
        user: Int,
        phase: UserTallies.Phase
    ) {
        if phase == .before { before[column].set(text, at: user) } else { after[column].set(text, at: user) }
    }

    /// The sum over all users; nil when no user has the figure, or sums of it say nothing.
    package func sum(column: Int, phase: UserTallies.Phase) -> FigureValue? {
        guard columns[column].canBeSummed else { return nil }
        let texts = (phase == .before ? before : after)[column]
        var sum: DecimalNumber?
        var odd: String?
        for user in 0..<texts.count {
            guard let text = texts[user] else { continue }
            if let number = DecimalNumber(text) {
                sum = sum.map { $0 + number } ?? number
            } else {
                // Infinity and infinity are infinity; with anything else that is no number there is none.
                odd = odd == nil || odd == text ? text : "NaN"
            }
        }
        return odd.map(FigureValue.text) ?? sum.map(FigureValue.number)
    }

    /// What a run that only measures says of the end: the same as of the beginning.
    package mutating func copyBeforeToAfter() {
        after = before
    }

    /// Takes the values of a phase over from another measuring of the same columns.
    mutating func take(_ phase: UserTallies.Phase, from other: UserFigures) {
        guard other.columns == columns else {
            self = other
            return
        }
        if phase == .before { before = other.before } else { after = other.after }
    }
}

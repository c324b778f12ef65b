import FoundationEssentials

// As in `Run+Codable.swift`: every key is always written.

extension Figure: Codable {
    private enum Key: String, CodingKey {
        case name
        case before
        case after
        case limit
        case format
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(name, forKey: .name)
        try c.encode(before, forKey: .before)
        try c.encode(after, forKey: .after)
        try c.encode(limit, forKey: .limit)
        try c.encode(format, forKey: .format)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        name = try c.decode(String.self, forKey: .name)
        before = try c.decode(FigureValue?.self, forKey: .before)
        after = try c.decode(FigureValue?.self, forKey: .after)
        limit = try c.decode(AppliedLimit?.self, forKey: .limit)
        // Records of before there were formats lack the key; so does a limit of before users were compared.
        format = try c.decodeIfPresent(FigureFormat.self, forKey: .format)
    }
}

extension AppliedLimit: Codable {
    private enum Key: String, CodingKey {
        case error
        case warning
        case broken
        case users
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(error, forKey: .error)
        try c.encode(warning, forKey: .warning)
        try c.encode(broken, forKey: .broken)
        try c.encode(users, forKey: .users)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        error = try c.decode(String?.self, forKey: .error)
        warning = try c.decode(String?.self, forKey: .warning)
        broken = try c.decode(Severity?.self, forKey: .broken)
        users = try c.decodeIfPresent(LimitedUsers.self, forKey: .users)
    }
}

extension FigureValue: Codable {
    /// A number with all its digits where JSON readers can have it; in a string otherwise.
    package func encode(to encoder: any Encoder) throws {
        var c = encoder.singleValueContainer()
        switch self {
        case .number(let number):
            if let decimal = number.decimal {
                try c.encode(decimal)
            } else if let double = number.exactDouble {
                try c.encode(double)
            } else {
                try c.encode(number.description)
            }
        case .text(let text): try c.encode(text)
        }
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.singleValueContainer()
        if let decimal = try? c.decode(Decimal.self), let number = DecimalNumber(decimal.description) {
            self = .number(number)
        } else if let double = try? c.decode(Double.self) {
            self = .number(DecimalNumber(floatLiteral: double))
        } else {
            let text = try c.decode(String.self)
            if let number = DecimalNumber(text), number.decimal == nil, number.exactDouble == nil {
                self = .number(number)
            } else {
                self = .text(text)
            }
        }
    }
}

extension DecimalNumber {
    /// The number in 38 digits; nil when it has more.
    fileprivate var decimal: Decimal? {
        guard let decimal = Decimal(string: description), DecimalNumber(decimal.description) == self else { return nil }
        return decimal
    }

    /// The double that is written like this; nil when none is.
    fileprivate var exactDouble: Double? {
        guard double.isFinite, DecimalNumber(double.description) == self else { return nil }
        return double
    }
}

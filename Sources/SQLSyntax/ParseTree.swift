/// The parser's JSON as a flat list of nodes, parents before children.
///
/// A chain of a few hundred `||` nests deeper than Foundation's decoder allows, and one of many thousands deeper than a
/// thread's stack: reading and walking this tree never recurses.
struct ParseTree {
    struct Node {
        /// The index of the object or array around it; -1 for the root.
        var parent: Int
        /// The name in the parent object; empty in an array.
        var key: String
        /// The text of a string or number; nil for objects and arrays.
        var value: String?
        /// The index after the last node inside it.
        var end: Int
    }

    private(set) var nodes: [Node] = []

    /// Reads the JSON that libpg_query writes; anything else ends the reading early.
    init(json: UnsafeRawBufferPointer) {
        var open: [Int] = []
        var key = ""
        var index = 0
        while index < json.count {
            switch json[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(append(key, nil, in: open.last))
                key = ""
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard let closed = open.popLast() else { return }
                nodes[closed].end = nodes.count
                index += 1
            case UInt8(ascii: "\""):
                let text = Self.string(json, &index)
                if index < json.count, json[index] == UInt8(ascii: ":") {
                    key = text
                    index += 1
                } else {
                    append(key, text, in: open.last)
                    key = ""
                }
            case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: index += 1
            default:
                let start = index
                while index < json.count, !",}] \n\r\t".utf8.contains(json[index]) { index += 1 }
                append(key, String(decoding: json[start..<index], as: UTF8.self), in: open.last)
                key = ""
            }
        }
    }

    @discardableResult private mutating func append(_ key: String, _ value: String?, in parent: Int?) -> Int {
        nodes.append(Node(parent: parent ?? -1, key: key, value: value, end: nodes.count + 1))
        return nodes.count - 1
    }

    /// The nodes directly inside one.
    func children(of index: Int) -> [Int] {
        var result: [Int] = []
        var next = index + 1
        while next < nodes[index].end {
            result.append(next)
            next = nodes[next].end
        }
        return result
    }

    func child(_ index: Int, _ key: String) -> Int? {
        var next = index + 1
        while next < nodes[index].end {
            if nodes[next].key == key { return next }
            next = nodes[next].end
        }
        return nil
    }

    /// Follows names downward.
    func descendant(_ index: Int, _ path: String...) -> Int? {
        var current = index
        for key in path {
            guard let next = child(current, key) else { return nil }
            current = next
        }
        return current
    }

    /// The node so many steps above; nil above the root.
    func ancestor(_ index: Int, _ steps: Int) -> Int? {
        var current = index
        for _ in 0..<steps {
            current = nodes[current].parent
            if current < 0 { return nil }
        }
        return current
    }

    func string(_ index: Int, _ key: String) -> String? {
        child(index, key).flatMap { nodes[$0].value }
    }

    /// A number, 0 when missing: the writer leaves out what is zero.
    func number(_ index: Int, _ key: String) -> Int {
        string(index, key).flatMap { Int($0) } ?? 0
    }

    /// The texts of a list of String nodes, such as the parts of a function's name.
    func names(_ index: Int, _ key: String) -> [String] {
        guard let list = child(index, key) else { return [] }
        return children(of: list).compactMap { descendant($0, "String").flatMap { string($0, "sval") } }
    }
}

extension ParseTree {
    /// Reads a string from its opening quote and moves past the closing one.
    private static func string(_ json: UnsafeRawBufferPointer, _ index: inout Int) -> String {
        index += 1
        var bytes: [UInt8] = []
        while index < json.count, json[index] != UInt8(ascii: "\"") {
            guard json[index] == UInt8(ascii: "\\"), index + 1 < json.count else {
                bytes.append(json[index])
                index += 1
                continue
            }
            let escape = json[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "u"):
                // Only control characters are written so.
                let digits = String(decoding: json[index..<min(index + 4, json.count)], as: UTF8.self)
                let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
                bytes.append(contentsOf: String(Character(scalar)).utf8)
                index = min(index + 4, json.count)
            default: bytes.append(escape)
            }
        }
        index += 1
        return String(decoding: bytes, as: UTF8.self)
    }
}

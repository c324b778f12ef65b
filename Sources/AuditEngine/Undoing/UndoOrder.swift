/// The order in which rows that hang together are taken back: what a row needs comes before it, or together with it.
struct UndoOrder {
    /// Ids, ascending.
    private let ids: [Int]
    /// For each row, by its place in `ids`, the places of the rows that it needs: `targets[starts[n]..<starts[n + 1]]`.
    private var starts: [Int]
    private var targets: [Int]

    /// - Parameter needs: pairs of a row and one that it needs; those of other rows are left out.
    init(ids: [Int], needs: [(row: Int, needed: Int)]) {
        self.ids = ids
        let edges = needs.compactMap { edge -> (Int, Int)? in
            guard let row = Self.place(of: edge.row, in: ids), let needed = Self.place(of: edge.needed, in: ids) else {
                return nil
            }
            return (row, needed)
        }
        starts = Array(repeating: 0, count: ids.count + 1)
        for (row, _) in edges { starts[row + 1] += 1 }
        for place in ids.indices { starts[place + 1] += starts[place] }
        var next = starts
        targets = Array(repeating: 0, count: edges.count)
        for (row, needed) in edges {
            targets[next[row]] = needed
            next[row] += 1
        }
    }

    private static func place(of id: Int, in ids: [Int]) -> Int? {
        var range = 0..<ids.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if ids[middle] == id { return middle }
            range = ids[middle] < id ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// The rows in parts that cannot be taken back one without the other: the strongly connected components, by Tarjan's
    /// algorithm, without recursion.
    ///
    /// - Parameter descending: of rows that do not need each other, the last comes first.
    func parts(descending: Bool) -> [[Int]] {
        let unseen = -1
        var index = Array(repeating: unseen, count: ids.count)
        var low = index
        var isOpen = Array(repeating: false, count: ids.count)
        var open: [Int] = []
        var path: [(place: Int, next: Int)] = []
        var seen = 0
        var parts: [[Int]] = []

        func enter(_ place: Int) {
            index[place] = seen
            low[place] = seen
            seen += 1
            isOpen[place] = true
            open.append(place)
            path.append((place, starts[place]))
        }
        func leave(_ place: Int) {
            path.removeLast()
            if let parent = path.last?.place { low[parent] = min(low[parent], low[place]) }
            guard low[place] == index[place], let first = open.lastIndex(of: place) else { return }
            for member in open[first...] { isOpen[member] = false }
            parts.append(open[first...].map { ids[$0] })
            open.removeSubrange(first...)
        }
        for root in descending ? Array(ids.indices.reversed()) : Array(ids.indices) where index[root] == unseen {
            enter(root)
            while let (place, next) = path.last {
                guard next < starts[place + 1] else {
                    leave(place)
                    continue
                }
                path[path.count - 1].next += 1
                let needed = targets[next]
                if index[needed] == unseen {
                    enter(needed)
                } else if isOpen[needed] {
                    low[place] = min(low[place], index[needed])
                }
            }
        }
        return parts
    }
}

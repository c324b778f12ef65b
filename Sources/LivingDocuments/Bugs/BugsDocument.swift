package import AuditModel
package import Templating

/// A document with one entry for each check that fails, which follows its bug until it is resolved, and after.
package enum BugsDocument {
    /// The document with the entries of the run's checks opened, brought up to date or resolved.
    ///
    /// A check that was not measured changes nothing, and neither does a run older than an entry.
    ///
    /// - Parameter known: what the document has had; an entry that a person removed does not come back.
    package static func updating(
        _ document: Document,
        with run: Run,
        when: ProgressDocument.When = .changed,
        known: KnownEntries = KnownEntries(),
        templates: Templates,
        links: RunLinks?
    ) throws(DocumentError) -> Document {
        if when == .never { return document }
        let begun = document.begun(run, with: "documents/bugs.md", templates)
        var update = BugsUpdate(
            begun,
            run,
            when: when,
            known: document.isEmpty ? KnownEntries() : known,
            templates: templates,
            links: links,
            hasEmoji: document.hasEmoji
        )
        for finding in Finding.all(run) where finding.isMeasured { try update.add(finding) }
        return update.result ?? document
    }
}

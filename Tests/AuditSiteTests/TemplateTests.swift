import AuditModel
import AuditSite
import FoundationEssentials
import Templating
import TestSupport
import Testing

struct TemplateTests {
    private func load(_ files: [String: String]) throws -> (path: String, result: Result<Templates, TemplateError>) {
        try TemporaryFolder.with { folder in
            for (name, text) in files { try folder.write(text, to: name) }
            return (folder.path, Result { () throws(TemplateError) in try Templates.load(overrides: folder.path) })
        }
    }

    private func mistakes(_ files: [String: String]) throws -> (path: String, mistakes: [TemplateError.Mistake]) {
        let (path, result) = try load(files)
        guard case .failure(let error) = result else { return (path, []) }
        return (path, error.mistakes)
    }

    static let wrong: [(text: String, place: String, problem: String, advice: String)] = [
        ("<p>{{verdit}}</p>", "1:4", "there is no value 'verdit' here", "Did you mean 'verdict'?"),
        ("a\n  {{#tiles}}\n{{lable}}{{/tiles}}", "3:1", "there is no value 'lable' here", "Did you mean 'label'?"),
        // A name of another scope, in a section that this run would not show.
        ("{{#gaps}}{{csv_rows}}{{/gaps}}", "1:10", "there is no value 'csv_rows' here", "Known here are: "),
        ("{{#lead}}\n{{/led}}", "2:1", "{{/led}} does not close {{#lead}} of line 1", "the last one first"),
        ("x {{#tiles}} y", "1:3", "{{#tiles}} is not closed", "Write {{/tiles}}"),
        ("é {{/tiles}}", "1:3", "{{/tiles}} closes a section that is not open", "Remove it"),
        ("{{> partials/verdit.html}}", "1:1", "there is no partial 'partials/verdit.html'", "'partials/verdict.html'"),
        ("{{> partials/verdict.html}}", "1:1", "'partials/verdict.html' would include itself", "Remove"),
        ("a {{verdict", "1:3", "this tag is not closed", "Write }}"),
        ("{{{verdict}}}", "1:1", "'verdict' is data and must be escaped", "Write {{verdict}}."),
        ("{{&lead}}", "1:1", "'lead' is data and must be escaped", "Write {{lead}}."),
        ("{{uppercase(lead)}}", "1:1", "there is no function 'uppercase'", "Did you mean 'uppercased'?"),
        ("{{> *lead}}", "1:1", "a partial cannot be named by a value", "Name the partial."),
        ("{{verdict lead}}", "1:", "Mustache tag", "Close the tag"),
    ]

    @Test(arguments: wrong)
    func mistakesHaveTheirPlace(text: String, place: String, problem: String, advice: String) throws {
        let file = "partials/verdict.html.mustache"
        let (folder, mistakes) = try mistakes([file: text])
        let mistake = try #require(mistakes.first)
        #expect(mistake.description.hasPrefix("\(folder)/\(file):\(place)"))
        #expect("\(mistake.problem)".contains(problem) || problem.contains("Mustache"))
        #expect(mistake.advice.contains(advice) || problem.contains("Mustache"))
    }

    @Test func theLineIsShown() throws {
        let (folder, mistakes) = try mistakes(["partials/verdict.html.mustache": "one\n\t<b>{{verdit}}</b>\n"])
        #expect(
            mistakes.map(\.description) == [
                """
                \(folder)/partials/verdict.html.mustache:2:5: there is no value 'verdit' here. Did you mean 'verdict'?
                2 |  <b>{{verdit}}</b>
                        ^
                """
            ]
        )
    }

    @Test func allFilesAreRead() throws {
        let files = ["partials/checks.html.mustache": "{{a}}{{b}}", "pages/run.md.mustache": "{{c}}"]
        #expect(try mistakes(files).mistakes.compactMap(\.place?.column).sorted() == [1, 1, 6])
    }

    @Test func aFileThatNothingUses() throws {
        let (folder, mistakes) = try mistakes([
            "partials/verdikt.html.mustache": "", ".hidden": "", "old.mustache~": "",
        ])
        #expect(mistakes.map(\.path) == ["\(folder)/partials/verdikt.html.mustache"])
        #expect(mistakes.first?.advice == "Did you mean 'partials/verdict.html.mustache'?")
    }

    @Test func aFolderThatIsNotThere() throws {
        let error = #expect(throws: TemplateError.self) { try Templates.load(overrides: "/nowhere/templates") }
        #expect(
            error?.description == """
                /nowhere/templates: the folder of templates cannot be read: No such file or directory. \
                Name a folder that holds templates, or leave 'templates' out of the configuration.
                """
        )
    }

    @Test func aFileThatIsNoText() throws {
        try TemporaryFolder.with { folder in
            let file = try folder.write("", to: "partials/verdict.html.mustache")
            try Data([0x61, 0xFF]).write(to: URL(filePath: file))
            let error = #expect(throws: TemplateError.self) { try Templates.load(overrides: folder.path) }
            #expect(error?.mistakes.map(\.problem) == ["the template is not valid UTF-8"])
        }
    }

    @Test func overridesReplaceOneFile() throws {
        let (_, result) = try load([
            "partials/verdict.html.mustache": "<h1>Mine: {{verdict}} for {{suite_title}}</h1>\n"
        ])
        var run = SampleRuns.clear
        run.suite.title = "\"\u{301}<b>"
        let files = RunPages(templates: try result.get()).render(run)
        #expect(files[0].contents.contains("<h1>Mine: Both checks are clear, but 1 had no rows to look at for &quot;\u{301}&lt;b&gt;</h1>"))
        #expect(files[0].contents.contains("id=\"checks\""))
        #expect(files[1].contents.hasPrefix("# Both checks are clear"))
    }

    /// The folder of the package itself is a folder of overrides.
    @Test func theShippedFilesAreAccepted() throws {
        _ = try Templates.load(overrides: "\(projectRoot)/templates")
    }
}

import AssayCommandLine

@main
enum Assay {
    static func main() async {
        await AssayCommand.run()
    }
}

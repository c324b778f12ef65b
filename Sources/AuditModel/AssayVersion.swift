/// The version of this program, as `assay --version` and the pages give it.
package let assayVersion = "0.1.0"

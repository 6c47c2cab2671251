package main

import (
	"path/filepath"

	"github.com/google/go-jsonnet"
)

// tkLibsonnet is what `import 'tk'` gives. Source: pkg/jsonnet/implementations/goimpl/tk.libsonnet.go.
var tkLibsonnet = jsonnet.MakeContents(`
{
  env: std.extVar("tanka.dev/environment"),
}
`)

// recordingImporter finds files as Tanka's importer does (its type is not exported) and remembers which
// ones an evaluation asked for, so that only files that took part are searched.
type recordingImporter struct {
	files *jsonnet.FileImporter
	seen  map[string]bool
	order []string
}

func newRecordingImporter(importPaths []string) *recordingImporter {
	return &recordingImporter{
		files: &jsonnet.FileImporter{JPaths: importPaths},
		seen:  map[string]bool{},
	}
}

// Import implements jsonnet.Importer.
func (r *recordingImporter) Import(from, path string) (jsonnet.Contents, string, error) {
	if path == "tk" {
		return tkLibsonnet, filepath.Join("<internal>", "tk.libsonnet"), nil
	}
	contents, foundAt, err := r.files.Import(from, path)
	if err == nil && !r.seen[foundAt] {
		r.seen[foundAt] = true
		r.order = append(r.order, foundAt)
	}
	return contents, foundAt, err
}

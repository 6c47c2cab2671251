package main

import (
	"path/filepath"
	"strings"
)

// libraries tells library files from the user's.
type libraries []string

func newLibraries(folders []string) libraries {
	var all libraries
	for _, folder := range folders {
		all = append(all, filepath.Clean(folder))
		if real, err := filepath.EvalSymlinks(folder); err == nil {
			all = append(all, real)
		}
	}
	return all
}

func (l libraries) hold(file string) bool {
	for _, folder := range l {
		if strings.HasPrefix(file, folder+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// userFile gives the path to show for a file of the user, or false for library code. A file that is reached
// through a link inside a library folder but lies elsewhere is the user's, under its real path.
func (l libraries) userFile(file string) (string, bool) {
	real, err := filepath.EvalSymlinks(file)
	if err != nil || l.hold(real) {
		return "", false
	}
	if l.hold(filepath.Clean(file)) {
		return real, true
	}
	return filepath.Clean(file), true
}

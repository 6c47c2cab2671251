package main

import (
	"encoding/json"
	"fmt"
)

// Request asks for the places of all findings of one environment.
type Request struct {
	// Path is the absolute path of the environment: its directory or its entrypoint file.
	Path string `json:"path"`
	// ExtCode and TlaCode are Jsonnet code by name, as tk passes them to the interpreter.
	ExtCode map[string]string `json:"extCode"`
	TlaCode map[string]string `json:"tlaCode"`
	// Name selects an inline environment; empty for all.
	Name string `json:"name"`
	// LibraryDirs are absolute folders; a file that resolves to a path below one is library code.
	LibraryDirs []string  `json:"libraryDirs"`
	Findings    []Finding `json:"findings"`
	// TimeoutMs limits the whole request; 0 means 20 s.
	TimeoutMs int `json:"timeoutMs"`
}

// Finding is one mistake in one rendered manifest, in what the program gives, or of the evaluation.
type Finding struct {
	ID int `json:"id"`
	// Resource is nil where the path leads from the root of what the program gives.
	Resource *Resource `json:"resource"`
	Path     treePath  `json:"path"`
	// Fault is "key", "value" or "missing", or "evaluation" where the evaluation fails at the path.
	Fault string `json:"fault"`
}

// Resource identifies the manifest.
type Resource struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
}

// Position is a place in a file; line and column are 1-based, the column counts bytes.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Location answers one finding.
type Location struct {
	ID int `json:"id"`
	// Certainty is "exact" when changing what stands at the first position changed the finding's value.
	Certainty string `json:"certainty"`
	// Positions has the place of the finding first and at most two more that took part.
	Positions []Position `json:"positions"`
}

// Answer is what the program prints.
type Answer struct {
	Locations []Location `json:"locations"`
	// Note says why something could not be located.
	Note string `json:"note,omitempty"`
}

// treePath leads from the root of a value inwards: string for a member, int for an array element.
type treePath []any

// UnmarshalJSON reads an array of strings and whole numbers.
func (p *treePath) UnmarshalJSON(data []byte) error {
	var segments []any
	if err := json.Unmarshal(data, &segments); err != nil {
		return err
	}
	*p = treePath{}
	for _, segment := range segments {
		switch segment := segment.(type) {
		case string:
			*p = append(*p, segment)
		case float64:
			*p = append(*p, int(segment))
		default:
			return fmt.Errorf("a path segment is a string or a number, not %v", segment)
		}
	}
	return nil
}

// join appends segments to a copy of the path.
func (p treePath) join(segments ...any) treePath {
	return append(append(treePath{}, p...), segments...)
}

// parent is the path without its last segment; the empty path is its own parent.
func (p treePath) parent() treePath {
	if len(p) == 0 {
		return p
	}
	return p[:len(p)-1]
}

// lastKey is the last segment when it names a member.
func (p treePath) lastKey() (string, bool) {
	if len(p) == 0 {
		return "", false
	}
	key, ok := p[len(p)-1].(string)
	return key, ok
}

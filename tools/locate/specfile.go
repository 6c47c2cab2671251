package main

import (
	"encoding/json"
	"path/filepath"

	"github.com/google/go-jsonnet/ast"
)

// specFile is where Tanka reads a static environment from.
func (s *searcher) specFile() string {
	return filepath.Join(s.evaluator.base, "spec.json")
}

// specRoot parses spec.json with positions: JSON is Jsonnet.
func (s *searcher) specRoot() ast.Node {
	if s.evaluator.spec == nil {
		return nil
	}
	root, _, err := s.evaluator.vm.ImportAST("", s.specFile())
	if err != nil {
		return nil
	}
	return root
}

// loadSpec adds the values of spec.json, which the program sees as `tk.env`, to the literals.
func (s *searcher) loadSpec() {
	root := s.specRoot()
	if root == nil {
		return
	}
	var inFile source
	c := collector{file: s.specFile(), into: &inFile}
	c.walk(&root, nil)
	for _, l := range inFile.literals {
		path := specPath(l.scope)
		if _, ok := l.value.(string); !ok || path == nil {
			continue
		}
		l.swap = func(value any) func() { return s.swapSpec(path, value) }
		s.source.literals = append(s.source.literals, l)
	}
}

func specPath(names *scope) treePath {
	var path treePath
	for ; names != nil; names = names.outer {
		path = append(treePath{names.name}, path...)
	}
	return path
}

// swapSpec changes one member of the environment that the program sees.
func (s *searcher) swapSpec(path treePath, value any) (undo func()) {
	restore := func() { _ = s.evaluator.setSpec(s.evaluator.spec) }
	code, err := json.Marshal(s.evaluator.spec)
	var changed map[string]any
	if err != nil || json.Unmarshal(code, &changed) != nil {
		return restore
	}
	if parent, ok := valueAt(changed, path.parent()).(map[string]any); ok {
		key, _ := path.lastKey()
		if _, set := parent[key]; set {
			parent[key] = value
			_ = s.evaluator.setSpec(changed)
		}
	}
	return restore
}

// addedByTanka maps the path of what Tanka adds to a manifest after the evaluation to where an environment
// says it. Source: pkg/process of Tanka v0.38.0.
func addedByTanka(path treePath) treePath {
	if len(path) < 2 || path[0] != "metadata" {
		return nil
	}
	switch {
	case len(path) == 2 && path[1] == "namespace":
		return treePath{"spec", "namespace"}
	case len(path) == 3 && path[1] == "labels" && path[2] == "tanka.dev/environment":
		return treePath{"spec", "injectLabels"}
	case len(path) == 3 && (path[1] == "labels" || path[1] == "annotations"):
		return treePath{"spec", "resourceDefaults", path[1], path[2]}
	}
	return nil
}

// locateAdded finds what Tanka added: in spec.json, or in the inline environment's own object.
func (s *searcher) locateAdded(m manifest, f Finding) found {
	setting := addedByTanka(f.Path)
	if setting == nil {
		return found{}
	}
	if m.environment != nil {
		at := m.environment.join(setting...)
		value := s.evaluator.at(at)
		if value.state != present {
			return found{}
		}
		return s.locateMember(at, f.Fault, value.value)
	}
	field := fieldAt(s.specRoot(), setting)
	if field == nil {
		return found{}
	}
	at := field.Name.Loc()
	if !at.IsSet() {
		at = &field.LocRange
	}
	if body := field.Body.Loc(); f.Fault == "value" && body.IsSet() {
		at = body
	}
	return exact(Position{File: s.specFile(), Line: at.Begin.Line, Column: at.Begin.Column})
}

// fieldAt is the field of nested object literals that a path leads to; nil when there is none.
func fieldAt(root ast.Node, path treePath) *ast.DesugaredObjectField {
	var field *ast.DesugaredObjectField
	for _, segment := range path {
		object, ok := root.(*ast.DesugaredObject)
		if !ok {
			return nil
		}
		field = nil
		for i := range object.Fields {
			if name, ok := object.Fields[i].Name.(*ast.LiteralString); ok && name.Value == segment {
				field = &object.Fields[i]
			}
		}
		if field == nil {
			return nil
		}
		root = field.Body
	}
	return field
}

package main

import (
	"fmt"
	"time"
)

// locateAll sends a location for every finding; the returned note says what stood in the way.
func locateAll(request Request, end time.Time, located chan<- Location) (note string) {
	defer func() {
		if problem := recover(); problem != nil {
			note = fmt.Sprintf("internal error: %v", problem)
		}
	}()
	evaluator, err := newEvaluator(request)
	if err != nil {
		return "the environment cannot be loaded"
	}
	s := &searcher{evaluator: evaluator, libraries: newLibraries(request.LibraryDirs), end: end}
	raw := evaluator.at(treePath{})
	s.load()
	if raw.state != present {
		// The message of the interpreter may hold a secret value, so it is not repeated.
		note = "the environment does not evaluate"
	}
	manifests := s.manifests(request, raw.value)
	for _, f := range request.Findings {
		located <- s.locateFinding(f, manifests)
	}
	return note
}

func (s *searcher) manifests(request Request, raw any) []manifest {
	start := manifest{path: treePath{}}
	inline := s.evaluator.spec == nil
	if !inline {
		start.defaultNamespace = s.evaluator.spec.Spec.Namespace
	}
	var found []manifest
	collectManifests(raw, start, inline, &found)
	if inline && request.Name != "" {
		found = inEnvironment(found, raw, request.Name)
	}
	return found
}

// locateFinding never fails: what cannot be located, or not without a panic, has the best guess.
func (s *searcher) locateFinding(f Finding, manifests []manifest) (location Location) {
	s.begin(f)
	defer func() {
		if problem := recover(); problem != nil {
			location = near(fileStart(s.evaluator.entrypoint)).location(f.ID)
		}
	}()
	if f.Fault == "evaluation" {
		return s.locateFailure(f.Path).location(f.ID)
	}
	var result found
	if f.Resource == nil {
		result = s.locateInTree(f)
	} else if m, ok := findManifest(manifests, *f.Resource); ok {
		result = s.locate(m, f)
		if result.none() {
			result = s.locateAncestor(m.path.join(f.Path...))
		}
	}
	if result.none() {
		result = s.guess(f)
	}
	return result.location(f.ID)
}

// locateInTree searches for what is wrong in the raw tree, of which no manifest could be made.
func (s *searcher) locateInTree(f Finding) found {
	f.Path = s.ofManifest(s.fromRoot(f.Path))
	value := s.evaluator.at(f.Path)
	if value.state != present {
		return s.locateMissing(f.Path, len(f.Path))
	}
	return s.locateMember(f.Path, f.Fault, value.value)
}

// fromRoot is the path from the root of the program: tk counts from the data of an inline environment.
func (s *searcher) fromRoot(path treePath) treePath {
	starts := []treePath{{}}
	if s.evaluator.spec == nil {
		starts = append(environments(s.evaluator.at(treePath{}).value, treePath{}), treePath{})
	}
	var best treePath
	depth := -1
	for _, start := range starts {
		parent := path.parent()
		for len(parent) > 0 && s.evaluator.at(start.join(parent...)).state != present {
			parent = parent.parent()
		}
		if len(parent) > depth {
			depth, best = len(parent), start.join(path...)
		}
	}
	return best
}

// ofManifest is the path of the apiVersion or kind that is meant where tk misses it in what a manifest holds: it takes
// an object without one of them for a group of manifests, and complains of the first member that is none.
func (s *searcher) ofManifest(path treePath) treePath {
	key, _ := path.lastKey()
	other, ok := map[string]string{"apiVersion": "kind", "kind": "apiVersion"}[key]
	for parent := path.parent(); ok; parent = parent.parent() {
		object := s.evaluator.at(parent).value
		if text(member(object, other)) != "" || text(member(object, "metadata", "name")) != "" {
			if text(member(object, "apiVersion")) == "" {
				return parent.join("apiVersion")
			}
			return parent.join("kind")
		}
		if len(parent) == 0 {
			break
		}
	}
	return path
}

// locate searches for what is at a path within a manifest.
func (s *searcher) locate(m manifest, f Finding) found {
	path := m.path.join(f.Path...)
	value := s.evaluator.at(path)
	switch {
	case len(f.Path) == 0:
		return s.locateObject(m)
	case f.Fault == "missing" && value.state == absent:
		return s.locateMissing(path, len(f.Path))
	case value.state != present:
		return s.locateAdded(m, f)
	}
	return s.locateMember(path, f.Fault, value.value)
}

// locateMember searches for the name or the value of a member that the program has.
func (s *searcher) locateMember(path treePath, fault string, value any) found {
	if fault == "key" {
		return s.locateKey(path, value)
	}
	return s.locateValue(path, value)
}

// locateObject finds where a whole manifest is made: where its name is written, else its object literals.
func (s *searcher) locateObject(m manifest) found {
	for _, field := range []string{"name", "generateName"} {
		path := m.path.join("metadata", field)
		value := s.evaluator.at(path)
		if value.state != present {
			continue
		}
		if named := s.locateValue(path, value.value); named.exact {
			return named
		}
	}
	return s.locateContainer(m.path, m.object)
}

// locateAncestor names the innermost definition around a path that library code gives the value of.
func (s *searcher) locateAncestor(path treePath) found {
	for path = path.parent(); len(path) > 0; path = path.parent() {
		if definitions := s.definitions(path); len(definitions) > 0 {
			return near(positionsOf(definitions)...)
		}
	}
	return found{}
}

// guess searches the text of the program when nothing is proven: names or literals like the last segment,
// those first around which most names of the path stand.
func (s *searcher) guess(f Finding) found {
	key, _ := f.Path.lastKey()
	bestScore, place := 0, Position{}
	for _, name := range s.source.names {
		if score := s.score(name.scope) + 1; name.node.Value == key && score > bestScore {
			bestScore, place = score, name.name.position()
		}
	}
	for _, l := range s.source.literals {
		if score := s.score(l.scope) + 1; l.value == key && score > bestScore {
			bestScore, place = score, l.span.position()
		}
	}
	if bestScore > 0 {
		return near(place)
	}
	return near(fileStart(s.evaluator.entrypoint))
}

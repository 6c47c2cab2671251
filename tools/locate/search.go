package main

import (
	"reflect"
	"sort"
	"strings"
	"time"

	"github.com/google/go-jsonnet/ast"
)

const (
	// maxTrials and maxTime bound the work on one finding; most need fewer than 20 trials.
	maxTrials = 2000
	maxTime   = 4 * time.Second
	// maxPositions are reported for one finding.
	maxPositions = 3
	// maxLayers are looked for, since the one that makes an object may lie below those that patch it.
	maxLayers = 6
	// maxInfluences is enough to choose the best of.
	maxInfluences = 6
	// maxOthers are tried of the literals that do not resemble the value, when a field that defines it is known.
	maxOthers = 100
)

// searcher looks for the place of one finding after the other in one environment.
type searcher struct {
	evaluator *evaluator
	libraries libraries
	source    source
	// roots are the parsed files that took part, libraries included; checks is filled when first needed.
	roots  []ast.Node
	checks []check

	// terms are the words of the current finding's path and resource, in lower case.
	terms    map[string]int
	trials   int
	deadline time.Time
	// end is when the whole request must be done.
	end time.Time
}

// load parses again (from the cache) what the evaluation asked for, and collects the literals of user files.
func (s *searcher) load() {
	for _, file := range append([]string{}, s.evaluator.importer.order...) {
		root, _, err := s.evaluator.vm.ImportAST("", file)
		if err != nil {
			continue // a text that is only read by importstr, or a file with a syntax error
		}
		s.roots = append(s.roots, root)
		shown, ok := s.libraries.userFile(file)
		if !ok {
			continue
		}
		c := collector{file: shown, into: &s.source, importText: s.importText}
		c.walk(&s.roots[len(s.roots)-1], nil)
	}
	s.loadSpec()
}

func (s *searcher) importText(node *ast.ImportStr) (string, string, bool) {
	contents, foundAt, err := s.evaluator.importer.Import(node.Loc().FileName, node.File.Value)
	if err != nil {
		return "", "", false
	}
	shown, ok := s.libraries.userFile(foundAt)
	return contents.String(), shown, ok
}

// begin starts the search for one finding.
func (s *searcher) begin(f Finding) {
	var around []string
	if f.Resource != nil {
		around = []string{f.Resource.Kind, f.Resource.Name, f.Resource.Namespace}
	}
	var keys []string
	for _, segment := range f.Path {
		if key, ok := segment.(string); ok {
			keys = append(keys, key)
		}
	}
	s.setTerms(around, keys)
	s.trials = 0
	s.deadline = time.Now().Add(maxTime)
	if s.end.Before(s.deadline) {
		s.deadline = s.end
	}
}

// setTerms takes the words that the names around a literal are compared with: the last of the path counts most.
func (s *searcher) setTerms(around, path []string) {
	s.terms = map[string]int{}
	for _, word := range around {
		s.terms[strings.ToLower(word)] = 1
	}
	for i, word := range path {
		s.terms[strings.ToLower(word)] = 2
		if i == len(path)-1 {
			s.terms[strings.ToLower(word)] = 4
		}
	}
	delete(s.terms, "")
}

func (s *searcher) spent() bool {
	return s.trials >= maxTrials || time.Now().After(s.deadline)
}

// score says how well the names around a node fit the path of the finding.
func (s *searcher) score(names *scope) int {
	seen, total := map[string]bool{}, 0
	for ; names != nil; names = names.outer {
		name := strings.ToLower(names.name)
		if !seen[name] {
			seen[name] = true
			total += s.terms[name]
		}
	}
	return total
}

// try evaluates a path while a change is in place. When the change makes a check fail, it is tried again
// with all checks passing: a value that a library refuses then still shows where it goes.
func (s *searcher) try(change func() (undo func()), path treePath) (result outcome, refused bool) {
	s.trials++
	undo := change()
	defer undo()
	result = s.evaluator.at(path)
	if result.state != failed {
		return result, false
	}
	s.trials++
	restore := relax(s.allChecks())
	defer restore()
	return s.evaluator.at(path), true
}

func (s *searcher) allChecks() []check {
	if s.checks == nil {
		s.checks = []check{}
		for i := range s.roots {
			collectChecks(&s.roots[i], &s.checks)
		}
	}
	return s.checks
}

// effect is what a change did to the value of a finding, from nothing to the clearest proof.
type effect int

const (
	none effect = iota
	// broke: the evaluation fails with the change, checks or not.
	broke
	// removed: the path is gone, as when a condition switches.
	removed
	// influenced: the value is another.
	influenced
	// flowed: the changed text is in the value, where the unchanged one was.
	flowed
)

// hit is a place with a proven effect.
type hit struct {
	at     Position
	span   span
	effect effect
	score  int
	// slot and change are what to try at a place that is not proven yet.
	slot    *ast.Node
	change  func() (undo func())
	literal *literal
	// text is what the change is to bring about.
	text string
}

func effectOf(before any, after outcome) effect {
	switch {
	case after.state == failed:
		return broke
	case after.state == absent:
		return removed
	case !reflect.DeepEqual(before, after.value):
		return influenced
	}
	return none
}

// best sorts hits by effect, then by score; equal ones keep their order.
func best(hits []hit) []hit {
	sort.SliceStable(hits, func(i, j int) bool {
		if hits[i].effect != hits[j].effect {
			return hits[i].effect > hits[j].effect
		}
		return hits[i].score > hits[j].score
	})
	return hits
}

func positionsOf(hits []hit) []Position {
	var positions []Position
	for _, h := range hits {
		positions = append(positions, h.at)
	}
	return positions
}

// found is the places for a finding, with what they prove.
type found struct {
	positions []Position
	exact     bool
}

func exact(positions ...Position) found {
	return found{positions: positions, exact: len(positions) > 0}
}

func near(positions ...Position) found {
	return found{positions: positions}
}

func (f found) none() bool { return len(f.positions) == 0 }

// location keeps the first places that stand on different lines.
func (f found) location(id int) Location {
	location := Location{ID: id, Certainty: "near"}
	if f.exact {
		location.Certainty = "exact"
	}
	seen := map[Position]bool{}
	for _, p := range f.positions {
		line := Position{File: p.File, Line: p.Line}
		if !seen[line] && len(location.Positions) < maxPositions {
			seen[line] = true
			location.Positions = append(location.Positions, p)
		}
	}
	return location
}

// fileStart is the place to name when nothing is known.
func fileStart(file string) Position {
	return Position{File: file, Line: 1, Column: 1}
}

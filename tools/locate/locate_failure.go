package main

import (
	"regexp"
	"sort"
	"strings"
)

// failing is the search for the place of one evaluation that fails.
type failing struct {
	*searcher
	complaint
	path    treePath
	message string
	// calls are the user's calls on the stack, the innermost first.
	calls []span
}

// locateFailure finds what the check of an argument refuses: the literal, field or object that its message is about.
// Nothing is found for other failures: the frame of the interpreter is their place.
func (s *searcher) locateFailure(path treePath) found {
	result := s.evaluator.at(path)
	if result.state != failed {
		path = treePath{}
		result = s.evaluator.at(path)
	}
	if result.state != failed || len(result.failure.frames) == 0 {
		return found{}
	}
	c, ok := parseComplaint(result.failure.message)
	f := failing{searcher: s, complaint: c, path: path, message: result.failure.message}
	f.calls = s.callsAt(result.failure.frames)
	s.setTerms(nil, c.words())
	switch {
	case !ok && wrongType.MatchString(f.message):
		return exact(positionsOf(f.ofWrongType())...)
	case !ok:
		return exact(positionsOf(f.absentFields(result.failure.frames[0]))...)
	case c.missing:
		return exact(positionsOf(f.objectsWithout())...)
	case c.member != "":
		return exact(positionsOf(f.unknownFields())...)
	}
	return exact(positionsOf(f.wrongValues())...)
}

// callsAt are the calls that start where the frames are.
func (s *searcher) callsAt(frames []Position) []span {
	var calls []span
	for _, frame := range frames {
		file, ok := s.libraries.userFile(frame.File)
		if !ok {
			continue
		}
		for _, c := range s.source.calls {
			if c.span.position() == (Position{file, frame.Line, frame.Column}) {
				calls = append(calls, c.span)
			}
		}
	}
	return calls
}

// distance is how far a place is from the call that failed: 0 within it, 1 within the call around that, and so on.
func (f *failing) distance(place span) int {
	for i, c := range f.calls {
		if c.contains(place) {
			return i
		}
	}
	return len(f.calls)
}

// verdict says what a change did to the failure.
type verdict int

const (
	same verdict = iota
	// moved: the same check refuses the changed value too.
	moved
	// mended: the evaluation ends, or the check is content and a later one is not.
	mended
)

func (f *failing) judge(change func() (undo func())) verdict {
	f.trials++
	undo := change()
	defer undo()
	result := f.evaluator.at(f.path)
	switch {
	case result.state == present:
		return mended
	case result.failure.message != f.message && f.isAbout(result.failure.message):
		return moved
	}
	return same
}

// wrongValues finds the literals of which the refused value is made.
func (f *failing) wrongValues() []hit {
	switch value := f.value.(type) {
	case []any:
		return f.wrongElements(value)
	case map[string]any:
		return f.wrongElements(leaves(value))
	}
	if f.gotType == "array" {
		if items := f.wrongItems(nil); len(items) > 0 {
			return items
		}
	}
	if f.gotType == "object" || f.gotType == "array" {
		return f.wrongContainers()
	}
	text, _ := valueText(f.value)
	if !f.shown {
		text = ""
	}
	hits := f.literals(f.ordered(f.value, text))
	if len(hits) == 0 && f.gotType == "" {
		return f.repairing()
	}
	return hits
}

// ordered are the candidates for a value, those in the calls that failed first; without the value, those of its type.
func (f *failing) ordered(value any, text string) []candidate {
	var kept []candidate
	for _, c := range f.candidates(value, text) {
		if f.shown && c.class != holds || !f.shown && c.class == other && typeOf(c.value) == f.gotType {
			kept = append(kept, c)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool {
		a, b := kept[i], kept[j]
		return a.class == b.class && a.class != partOf && f.distance(a.span) < f.distance(b.span)
	})
	return kept
}

// literals are those whose change the message follows; the search ends with the class that has one.
func (f *failing) literals(candidates []candidate) []hit {
	var hits []hit
	for i, c := range candidates {
		changed := i > 0 && c.class != candidates[i-1].class
		if f.spent() || changed && len(hits) > 0 && c.class != template || len(hits) > 0 && hits[0].effect == flowed && c.class <= sameText {
			break
		}
		if f.follows(c) {
			hits = append(hits, hit{at: c.span.position(), span: c.span, effect: flowed, score: -f.distance(c.span),
				literal: c.literal})
		}
	}
	for i := range hits {
		if len(hits) > 1 && f.isTidied(hits[i].literal) {
			hits[i].score = 1
		}
	}
	return best(hits)
}

var (
	repeated = strings.NewReplacer("//", "/", "..", ".", "--", "-")
	blank    = regexp.MustCompile(`\s.*`)
)

// isTidied says whether the check is content with a tidier text in the place of the literal: then that one is wrong
// of the parts of a text.
func (f *failing) isTidied(l *literal) bool {
	value, ok := l.value.(string)
	if !ok {
		return false
	}
	for _, tidy := range []string{blank.ReplaceAllString(value, ""), repeated.Replace(value), strings.ToLower(value)} {
		if tidy != value && f.judge(func() func() { return l.swap(tidy) }) == mended {
			return true
		}
	}
	return false
}

// follows says whether the message follows a change of the literal: first a small one, then one of the type.
func (f *failing) follows(c candidate) bool {
	changes := []any{}
	if f.shown && c.class != other {
		changes = append(changes, nudge(c.value))
	}
	if _, isString := c.value.(string); isString {
		changes = append(changes, float64(7919))
	} else {
		changes = append(changes, probe)
	}
	for _, change := range changes {
		if f.judge(func() func() { return c.swap(change) }) != same {
			return true
		}
	}
	return false
}

// repairing finds what a check refuses that says no more: literals of the call without which it is content.
func (f *failing) repairing() []hit {
	var hits []hit
	for _, l := range f.source.literals {
		if f.distance(l.span) < len(f.calls) {
			l := l
			// Of two that are the same, the later one repeats.
			h := hit{at: l.span.position(), span: l.span, score: l.span.begin.Line - 1_000_000*f.distance(l.span)}
			h.change = func() func() { return l.swap(nudge(l.value)) }
			hits = append(hits, h)
		}
	}
	return f.firstOf(hits, func(h hit) bool { return f.judge(h.change) == mended })
}

// firstOf gives the best places that a test proves.
func (f *failing) firstOf(places []hit, proves func(hit) bool) []hit {
	var proven []hit
	for _, h := range best(places) {
		if f.spent() || len(proven) >= maxPositions {
			break
		}
		if proves(h) {
			h.effect = flowed
			proven = append(proven, h)
		}
	}
	return proven
}

// typeOf is the name of a type in messages.
func typeOf(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	}
	return "null"
}

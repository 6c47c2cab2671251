package main

import "regexp"

// wrongType is what the interpreter says of a value that it cannot take.
var wrongType = regexp.MustCompile(`^(?:Unexpected type (\w+), expected (\w+)|(Field name) must be string, got (\w+))`)

// maxOfType literals are tried for a message that only tells their type.
const maxOfType = 60

// ofWrongType finds the one literal with which the evaluation ends when it has the type that is expected.
func (f *failing) ofWrongType() []hit {
	m := wrongType.FindStringSubmatch(f.message)
	got, expected := m[1]+m[4], m[2]
	if m[3] != "" {
		expected = "string"
	}
	var change any = probe
	switch expected {
	case "number":
		change = float64(1)
	case "boolean":
		change = true
	case "string":
	default:
		return nil
	}
	var places []hit
	for _, l := range f.source.literals {
		if l := l; typeOf(l.value) == got {
			places = append(places, hit{at: l.span.position(), span: l.span, score: -f.distance(l.span),
				change: func() func() { return l.swap(change) }})
		}
	}
	if len(places) > maxOfType {
		return nil
	}
	hits := f.firstOf(places, func(h hit) bool { return f.judge(h.change) == mended })
	if len(hits) > 1 {
		return nil
	}
	return hits
}

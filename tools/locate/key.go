package main

import (
	"sort"
	"strings"
)

const probe = "tankard-probe"

// definitions are the fields of user files that define the member at a path: with another name, the parent
// has a member of that name. For an array element they are those of the array.
func (s *searcher) definitions(path treePath) []hit {
	for len(path) > 0 {
		if _, ok := path.lastKey(); ok {
			break
		}
		path = path.parent()
	}
	key, ok := path.lastKey()
	if !ok {
		return nil
	}
	var names []*fieldName
	for _, name := range s.source.names {
		if name.node.Value == key {
			names = append(names, name)
		}
	}
	siblings, _ := s.evaluator.at(path.parent()).value.(map[string]any)
	changed := freshName(siblings, key)
	sort.SliceStable(names, func(i, j int) bool { return s.score(names[i].scope) > s.score(names[j].scope) })
	var hits []hit
	for _, name := range names {
		if s.spent() || len(hits) >= maxPositions {
			break
		}
		e := s.tryName(name, path, changed)
		if e != none {
			hits = append(hits, hit{at: name.name.position(), span: name.field, effect: e})
		}
		if e == flowed {
			break
		}
	}
	return best(hits)
}

// tryName renames a field and looks for the new name in the parent. When the old one stays, another layer
// defines it too, and this one is the weaker proof.
func (s *searcher) tryName(name *fieldName, path treePath, changed string) effect {
	result, _ := s.try(func() func() { return rename(name.node, changed) }, path.parent())
	parent, ok := result.value.(map[string]any)
	if !ok {
		return none
	}
	key, _ := path.lastKey()
	_, stays := parent[key]
	_, appears := parent[changed]
	switch {
	case appears && !stays:
		return flowed
	case appears:
		return influenced
	}
	return none
}

// freshName is a name like the given one that no sibling has.
func freshName(siblings map[string]any, name string) string {
	for {
		name = nudgeString(name)
		if _, taken := siblings[name]; !taken {
			return name
		}
		name += "x"
	}
}

// locateKey finds where the name of the member at a path is written.
func (s *searcher) locateKey(path treePath, value any) found {
	key, ok := path.lastKey()
	if !ok {
		return s.locateValue(path, value)
	}
	if definitions := s.definitions(path); len(definitions) > 0 {
		return exact(positionsOf(definitions)...)
	}
	if hits := s.keyLiterals(path, key); len(hits) > 0 {
		return exact(positionsOf(hits)...)
	}
	if calls := s.locateCall(path, value); !calls.none() {
		return calls
	}
	return near(s.locateValue(path, value).positions...)
}

// keyLiterals finds the strings of which a computed name is made: those equal to it, those contained in it,
// texts that hold it, and at last any whose change renames the member.
func (s *searcher) keyLiterals(path treePath, key string) []hit {
	before, ok := s.evaluator.at(path.parent()).value.(map[string]any)
	if !ok {
		return nil
	}
	var hits []hit
	previous := sameValue
	for _, c := range s.keyCandidates(key) {
		if s.spent() || c.class != previous && len(hits) > 0 {
			break
		}
		previous = c.class
		for _, change := range keyChanges(c, key, before) {
			result, _ := s.try(func() func() { return c.swap(change.text) }, path.parent())
			after, isObject := result.value.(map[string]any)
			if isObject && renamed(before, after, key) {
				hits = append(hits, hit{at: change.at, span: c.span, effect: flowed})
				break
			}
		}
	}
	return hits
}

// keyCandidates orders strings for a name. Of the parts of a name with a prefix (`example.com/name`), those
// behind the slash come first: a prefix that a rule knows is spelt right.
func (s *searcher) keyCandidates(key string) []candidate {
	ordered := s.candidates(key, key)
	suffix := key[strings.LastIndex(key, "/")+1:]
	sort.SliceStable(ordered, func(i, j int) bool {
		a, b := ordered[i], ordered[j]
		return a.class == partOf && b.class == partOf && inSuffix(a, suffix) && !inSuffix(b, suffix)
	})
	strings := ordered[:0]
	for _, c := range ordered {
		if _, ok := c.value.(string); ok {
			strings = append(strings, c)
		}
	}
	return strings
}

func inSuffix(c candidate, suffix string) bool {
	value, ok := c.value.(string)
	return ok && strings.Contains(suffix, value)
}

type keyChange struct {
	text string
	at   Position
}

// keyChanges are the ways to change a string that a name is made of, with the place that each one changes.
func keyChanges(c candidate, key string, siblings map[string]any) []keyChange {
	value, at := c.value.(string), c.span.position()
	if c.class != holds {
		return []keyChange{{freshName(siblings, value), at}, {nudgeAll(value).(string), at}}
	}
	var changes []keyChange
	for _, offset := range occurrences(value, key) {
		if c.lines != nil {
			at = c.lines.position(value, offset, key)
		}
		changed := value[:offset] + freshName(siblings, key) + value[offset+len(key):]
		changes = append(changes, keyChange{changed, at})
	}
	return changes
}

// renamed says whether a member was replaced by exactly one of another name.
func renamed(before, after map[string]any, key string) bool {
	if _, stays := after[key]; stays || len(after) < len(before) {
		return false
	}
	for name := range after {
		if _, known := before[name]; !known {
			return true
		}
	}
	return false
}

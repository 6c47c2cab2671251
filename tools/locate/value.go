package main

import (
	"sort"
	"strings"
)

// class orders the literals that may have made a value: the smaller, the sooner it is tried.
type class int

const (
	sameValue class = iota
	// sameText: another type with the same text, such as 8080 for "8080", or the same letters in another case.
	sameText
	// partOf: the literal is contained in the value.
	partOf
	// template: a format string, the texts of which are contained in the value.
	template
	// holds: the value is contained in the literal, a text that is parsed.
	holds
	other
)

// maxOccurrences of a value are tried in one text.
const maxOccurrences = 60

// minNamePart keeps short field names, which occur in any text, from being tried as parts of a value.
const minNamePart = 3

type candidate struct {
	*literal
	class class
	score int
}

// candidates orders the user's literals for a value with this text.
func (s *searcher) candidates(value any, valueText string) []candidate {
	all := make([]candidate, 0, len(s.source.literals))
	for _, l := range s.source.literals {
		all = append(all, candidate{l, classify(l, value, valueText), s.score(l.scope)})
	}
	for _, name := range s.source.names {
		// The names of a map become values where a program lists them.
		l := name.literal()
		if c := classify(l, value, valueText); c <= sameText || c == partOf && l.length() >= minNamePart {
			all = append(all, candidate{l, c, s.score(l.scope)})
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.class != b.class {
			return a.class < b.class
		}
		if a.class == partOf && a.length() != b.length() {
			return a.length() > b.length()
		}
		return a.score > b.score
	})
	return all
}

func (l *literal) length() int {
	text, _ := valueText(l.value)
	return len(text)
}

func classify(l *literal, value any, text string) class {
	own, _ := valueText(l.value)
	_, isString := l.value.(string)
	_, isNumber := l.value.(float64)
	switch {
	case l.value == value:
		return sameValue
	case own == text || isNumber && l.spelling == text || isString && strings.EqualFold(own, text):
		return sameText
	case own != "" && (isString || isNumber) && strings.Contains(text, own):
		return partOf
	case isString && isTemplate(own, text):
		return template
	case isString && len(own) > len(text) && len(occurrences(own, text)) > 0:
		return holds
	}
	return other
}

// locateValue finds the literals that make the scalar at a path.
func (s *searcher) locateValue(path treePath, value any) found {
	valueText, scalar := valueText(value)
	if !scalar {
		return s.locateContainer(path, value)
	}
	related, others := s.split(s.candidates(value, valueText))
	hits := s.tryRelated(related, path, value, valueText)
	if len(hits) > 0 && hits[0].effect == flowed {
		return s.flow(hits, path)
	}
	definitions := s.definitions(path)
	hits = append(hits, s.tryOthers(others, definitions, path, value, valueText)...)
	return s.chooseValue(path, value, best(hits), definitions)
}

// split keeps apart the literals that have nothing to do with the text of the value.
func (s *searcher) split(all []candidate) (related, others []candidate) {
	first := sort.Search(len(all), func(i int) bool { return all[i].class == other })
	return all[:first], all[first:]
}

// tryRelated stops at the literal that is the value, or after those that are a part of it.
func (s *searcher) tryRelated(candidates []candidate, path treePath, value any, text string) []hit {
	var hits []hit
	for i, c := range candidates {
		if s.spent() {
			break
		}
		flowing := len(hits) > 0 && best(hits)[0].effect == flowed
		if flowing && (c.class <= sameText || c.class > template && c.class != candidates[i-1].class) {
			break
		}
		if h := s.tryLiteral(c, path, value, text); h.effect != none {
			hits = append(hits, h)
		}
	}
	return best(hits)
}

// tryOthers looks for literals of which the value is computed, first in the fields that define it. With such
// a field known, only the likeliest of the others are tried.
func (s *searcher) tryOthers(candidates []candidate, definitions []hit, path treePath, value any, text string) []hit {
	limit := len(candidates)
	if len(definitions) > 0 {
		limit = min(limit, maxOthers)
		sort.SliceStable(candidates, func(i, j int) bool {
			return isWithin(candidates[i].span, definitions) && !isWithin(candidates[j].span, definitions)
		})
	}
	var hits []hit
	for _, c := range candidates[:limit] {
		if s.spent() || len(only(hits, influenced)) >= maxInfluences {
			break
		}
		if h := s.tryLiteral(c, path, value, text); h.effect != none {
			hits = append(hits, h)
		}
	}
	return hits
}

// tryLiteral changes one literal, little first, and says what that did to the value.
func (s *searcher) tryLiteral(c candidate, path treePath, value any, text string) hit {
	h := hit{at: c.span.position(), span: c.span, score: c.score - int(c.class)*100}
	if c.class == holds {
		return s.tryOccurrences(c, path, text, h)
	}
	changes := changesOf(c)
	for _, change := range changes {
		result, _ := s.try(func() func() { return c.swap(change) }, path)
		e := effectOf(value, result)
		if e == influenced && flows(c, change, text, result.value) {
			e = flowed
		}
		// A type that the program cannot take proves nothing.
		if e > h.effect && (e != broke || c.class <= sameText && change == changes[0]) {
			h.effect = e
		}
		if h.effect == flowed {
			break
		}
	}
	return h
}

// changesOf are the values to try instead of a literal, the one that is most like it first.
func changesOf(c candidate) []any {
	_, isString := c.value.(string)
	switch {
	case c.class == other:
		return []any{nudgeAll(c.value)}
	case c.class == template:
		text := c.value.(string)
		part := longestFixed(text)
		return []any{strings.Replace(text, part, nudgeString(part), 1)}
	case isString:
		return []any{nudge(c.value), nudgeAll(c.value)}
	}
	// A string where none is expected only comes out again where the literal is the value itself.
	return []any{nudge(c.value), probe}
}

// flows says whether the changed literal took the place of the original one in the value. A changed boolean
// must come out as a string, since any switched condition gives the opposite one.
func flows(c candidate, change any, before string, after any) bool {
	afterText, ok := valueText(after)
	if !ok {
		return false
	}
	changeText, _ := valueText(change)
	switch c.class {
	case sameValue, sameText:
		_, isBool := change.(bool)
		return !isBool && strings.EqualFold(afterText, changeText)
	case partOf:
		own, _ := valueText(c.value)
		return strings.Contains(afterText, changeText) &&
			strings.Count(afterText, own) < strings.Count(before, own)
	case template:
		return strings.Contains(afterText, nudgeString(longestFixed(c.value.(string))))
	}
	return false
}

// tryOccurrences changes the value where it stands in a longer text, one place after the other.
func (s *searcher) tryOccurrences(c candidate, path treePath, part string, h hit) hit {
	whole := c.value.(string)
	for i, offset := range s.likeliest(whole, part, path) {
		if i >= maxOccurrences || s.spent() {
			break
		}
		changed := whole[:offset] + nudgeString(part) + whole[offset+len(part):]
		result, _ := s.try(func() func() { return c.swap(changed) }, path)
		after, ok := valueText(result.value)
		if result.state == present && ok && after == nudgeString(part) {
			h.effect = flowed
			if c.lines != nil {
				h.at = c.lines.position(whole, offset, part)
			}
			return h
		}
	}
	return h
}

// likeliest orders the places of a part in a text: those come first whose line has the name of the member.
func (s *searcher) likeliest(whole, part string, path treePath) []int {
	key := ""
	for len(path) > 0 && key == "" {
		key, _ = path.lastKey()
		path = path.parent()
	}
	var named, others []int
	for _, offset := range occurrences(whole, part) {
		start := strings.LastIndexByte(whole[:offset], '\n') + 1
		if strings.Contains(whole[start:offset], key) {
			named = append(named, offset)
		} else {
			others = append(others, offset)
		}
	}
	return append(named, others...)
}

// flow answers with the literals that flow into the value. Of a single one, the place where the user's code
// uses it is told too.
func (s *searcher) flow(hits []hit, path treePath) found {
	places := positionsOf(only(hits, flowed))
	if len(places) == 1 {
		places = append(places, positionsOf(s.definitions(path))...)
	}
	return exact(places...)
}

// chooseValue orders what was found besides: literals that influence the value within the field that defines
// it, then the only one elsewhere, then that field, then other literals, then the call that makes the value.
func (s *searcher) chooseValue(path treePath, value any, hits, definitions []hit) found {
	influences := only(hits, influenced)
	if inside := within(influences, definitions); len(inside) > 0 {
		return exact(append(positionsOf(inside), positionsOf(definitions)...)...)
	}
	if len(definitions) > 0 && len(influences) == 1 {
		return exact(append(positionsOf(influences), positionsOf(definitions)...)...)
	}
	if len(definitions) > 0 {
		return exact(append(positionsOf(definitions), positionsOf(influences)...)...)
	}
	if broken := only(hits, broke); len(broken) == 1 && len(influences) == 0 {
		return exact(positionsOf(broken)...)
	}
	if len(influences) > 0 && influences[0].score > 0 {
		return exact(positionsOf(influences)...)
	}
	calls := s.locateCall(path, value)
	if calls.none() {
		return near(positionsOf(hits)...)
	}
	calls.positions = append(calls.positions, positionsOf(influences)...)
	return calls
}

func only(hits []hit, e effect) []hit {
	var kept []hit
	for _, h := range hits {
		if h.effect == e {
			kept = append(kept, h)
		}
	}
	return kept
}

func within(hits, definitions []hit) []hit {
	var kept []hit
	for _, h := range hits {
		if isWithin(h.span, definitions) {
			kept = append(kept, h)
		}
	}
	return kept
}

func isWithin(place span, definitions []hit) bool {
	for _, d := range definitions {
		if d.span.contains(place) {
			return true
		}
	}
	return false
}

package main

import "sort"

// locateContainer finds the literals that make an object or an array: each is given one more member or
// element, and those are its makers for which that shows at the path.
func (s *searcher) locateContainer(path treePath, value any) found {
	var hits []hit
	if _, isObject := value.(map[string]any); isObject {
		hits = s.layers(path)
	} else {
		hits = s.arraysAt(path)
	}
	if len(hits) > 0 {
		return exact(positionsOf(hits)...)
	}
	if definitions := s.definitions(path); len(definitions) > 0 {
		return exact(positionsOf(definitions)...)
	}
	return s.locateCall(path, value)
}

func (s *searcher) arraysAt(path treePath) []hit {
	arrays := append([]*arrayLiteral{}, s.source.arrays...)
	sort.SliceStable(arrays, func(i, j int) bool { return s.score(arrays[i].scope) > s.score(arrays[j].scope) })
	var hits []hit
	for _, array := range arrays {
		if s.spent() || len(hits) >= maxPositions {
			break
		}
		result, _ := s.try(func() func() { return addElement(array.node, probe) }, path)
		if list, ok := result.value.([]any); ok && contains(list, probe) {
			hits = append(hits, hit{at: array.span.position(), span: array.span, effect: flowed})
		}
	}
	return hits
}

func contains(list []any, value any) bool {
	for _, element := range list {
		if element == value {
			return true
		}
	}
	return false
}

// locateCall finds the innermost calls of the user's code without which the value is another: the place to
// name when a library made it. Calls without which the path is gone come first for an object.
func (s *searcher) locateCall(path treePath, value any) found {
	calls := append([]*call{}, s.source.calls...)
	sort.SliceStable(calls, func(i, j int) bool { return calls[i].span.size() < calls[j].span.size() })
	var hits []hit
	_, isObject := value.(map[string]any)
	for _, c := range calls {
		if s.spent() {
			break
		}
		result, refused := s.try(func() func() { return swapForEmptyObject(c.slot) }, path)
		e := effectOf(value, result)
		if e < removed || refused {
			continue
		}
		score := -len(hits)
		if isObject && e == removed {
			score += len(s.source.calls)
		}
		hits = append(hits, hit{at: c.span.position(), span: c.span, effect: influenced, score: score})
	}
	if hits = best(hits); len(hits) > maxPositions {
		hits = hits[:maxPositions]
	}
	return exact(positionsOf(hits)...)
}

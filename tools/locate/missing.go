package main

import (
	"sort"
	"strconv"
	"strings"

	"github.com/google/go-jsonnet/ast"
)

// locateMissing finds why a member is missing: it is misspelt, a field with `:` hides it, or the object literals in
// which it would stand lack it. The last segments of the path, as many as depth says, lead through the manifest.
func (s *searcher) locateMissing(path treePath, depth int) found {
	if misspelt := s.misspelt(path, depth); len(misspelt) > 0 {
		return exact(positionsOf(misspelt)...)
	}
	result := s.locateWithout(path)
	if replaced := s.replaced(path); len(replaced) > 0 {
		return exact(append(positionsOf(replaced), result.positions...)...)
	}
	return result
}

// locateWithout finds what makes the object that lacks the member, or the nearest around it.
func (s *searcher) locateWithout(path treePath) found {
	parent := path.parent()
	value := s.evaluator.at(parent)
	for value.state != present && len(parent) > 0 {
		parent = parent.parent()
		value = s.evaluator.at(parent)
	}
	if _, isObject := value.value.(map[string]any); !isObject {
		return s.locateValue(parent, value.value)
	}
	return s.locateContainer(parent, value.value)
}

// layers are the object literals of user files that make the object at a path, the last layer first: every
// object literal is given a member of one name, and the value that comes out says whose it was.
func (s *searcher) layers(path treePath) []hit {
	remaining := append([]*objectLiteral{}, s.source.objects...)
	var hits []hit
	for len(hits) < maxLayers && !s.spent() {
		winner, ok := s.lastLayer(path, remaining)
		if !ok {
			if len(hits) == 0 {
				return s.singleLayers(path)
			}
			break
		}
		if winner < 0 {
			break
		}
		o := remaining[winner]
		hits = append(hits, o.hit())
		remaining = append(append([]*objectLiteral{}, remaining[:winner]...), remaining[winner+1:]...)
	}
	return best(hits)
}

// hit is the place of an object literal; what is only added to an object comes behind what makes it.
func (o *objectLiteral) hit() hit {
	h := hit{at: o.span.position(), span: o.span, effect: flowed}
	if o.isPatch {
		h.score = -1
	}
	return h
}

// lastLayer gives the index of the literal whose member is seen at the path, -1 for none, or false when the
// program does not bear members in all the literals at once.
func (s *searcher) lastLayer(path treePath, literals []*objectLiteral) (int, bool) {
	result, _ := s.try(func() func() {
		undo := make([]func(), len(literals))
		for i, o := range literals {
			undo[i] = addField(o.node, probe, probe+"-"+strconv.Itoa(i))
		}
		return func() {
			for _, restore := range undo {
				restore()
			}
		}
	}, path)
	object, isObject := result.value.(map[string]any)
	if !isObject {
		return 0, false
	}
	value, seen := object[probe]
	if !seen {
		return -1, true
	}
	index, err := strconv.Atoi(strings.TrimPrefix(text(value), probe+"-"))
	return index, err == nil && index >= 0 && index < len(literals)
}

// misspelt finds the field that was meant to be a missing one, or an object around it.
func (s *searcher) misspelt(path treePath, depth int) []hit {
	for ; depth > 0; path, depth = path.parent(), depth-1 {
		key, ok := path.lastKey()
		if !ok {
			continue
		}
		siblings, _ := s.evaluator.at(path.parent()).value.(map[string]any)
		for _, name := range sortedKeys(siblings) {
			if isTypo(name, key) {
				return s.definitions(path.parent().join(name))
			}
		}
	}
	return nil
}

// isTypo says whether a name was meant to be another: they differ in one letter or the case, or by letters at the
// end. Two letters in the middle are too many: minReplicas and maxReplicas.
func isTypo(name, meant string) bool {
	if name == meant || len(meant) < 4 {
		return false
	}
	if strings.EqualFold(name, meant) || strings.HasPrefix(name, meant) && len(name) <= len(meant)+2 {
		return true
	}
	if len(name) > len(meant) {
		name, meant = meant, name
	}
	i := 0
	for i < len(name) && name[i] == meant[i] {
		i++
	}
	if len(name) == len(meant) {
		return name[i+1:] == meant[i+1:] || i+1 < len(name) && name[i] == meant[i+1] && name[i+1] == meant[i] && name[i+2:] == meant[i+2:]
	}
	return len(name)+1 == len(meant) && name[i:] == meant[i+1:]
}

// replaced finds the field with `:` that hides what it should add to: with `+:` the missing member is there.
func (s *searcher) replaced(path treePath) []hit {
	onPath := map[any]bool{}
	for _, segment := range path {
		onPath[segment] = true
	}
	for _, name := range s.source.names {
		if s.spent() || name.owner.PlusSuper || !onPath[name.node.Value] || isScalar(name.owner.Body) {
			continue
		}
		result, _ := s.try(func() func() { return keepSuper(name.owner) }, path)
		if result.state == present {
			return []hit{{at: name.name.position(), span: name.field, effect: flowed}}
		}
	}
	return nil
}

func isScalar(node ast.Node) bool {
	switch node.(type) {
	case *ast.LiteralString, *ast.LiteralNumber, *ast.LiteralBoolean, *ast.LiteralNull, *ast.Function, *ast.Array:
		return true
	}
	return false
}

// singleLayers tries one object literal after the other.
func (s *searcher) singleLayers(path treePath) []hit {
	objects := append([]*objectLiteral{}, s.source.objects...)
	sort.SliceStable(objects, func(i, j int) bool {
		return s.score(objects[i].scope) > s.score(objects[j].scope)
	})
	var hits []hit
	for _, o := range objects {
		if s.spent() || len(hits) >= maxPositions {
			break
		}
		result, _ := s.try(func() func() { return addField(o.node, probe, probe) }, path)
		if object, ok := result.value.(map[string]any); ok && object[probe] != nil {
			hits = append(hits, o.hit())
		}
	}
	return best(hits)
}

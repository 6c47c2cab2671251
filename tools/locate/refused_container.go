package main

// wrongElements finds the literals of the elements of a refused array. Those come first without which the check is
// content.
func (f *failing) wrongElements(elements []any) []hit {
	hits := f.wrongItems(elements)
	if len(hits) > 0 {
		return hits
	}
	for _, element := range elements {
		text, scalar := valueText(element)
		if !scalar {
			continue
		}
		g := *f
		g.value, g.shown = element, true
		hits = append(hits, g.literals(g.ordered(element, text))...)
	}
	for i := range hits {
		hits[i].score = 0
		if f.mendsWithout(hits[i].span) {
			hits[i].score = 1
		}
	}
	if hits = best(hits); len(hits) == 1 || len(hits) > 0 && hits[0].score > 0 {
		return append(hits, f.wrongContainers()...)
	}
	return append(f.wrongContainers(), hits...)
}

// wrongItems finds the one item that is no scalar without which the check of an array is content. The elements are
// nil where the message does not show them.
func (f *failing) wrongItems(elements []any) []hit {
	if elements != nil && (len(elements) < 2 || !isContainer(elements[0])) {
		return nil
	}
	var places []hit
	for _, array := range f.source.arrays {
		count := len(array.node.Elements)
		if count < 2 || elements != nil && count != len(elements) || f.distance(array.span) >= len(f.calls) {
			continue
		}
		for i, element := range array.node.Elements {
			if at := element.Expr.Loc(); at.IsSet() {
				place := span{array.span.file, at.Begin, at.End}
				node, i := array.node, i
				places = append(places, hit{at: place.position(), span: place, score: -f.distance(place),
					change: func() func() { return removeElement(node, i) }})
			}
		}
	}
	return f.firstOf(places, func(h hit) bool { return f.judge(h.change) == mended })
}

func isContainer(value any) bool {
	_, scalar := valueText(value)
	return !scalar
}

// leaves are the scalars in an object or an array, in the order of the names.
func leaves(value any) []any {
	switch value := value.(type) {
	case []any:
		var all []any
		for _, element := range value {
			all = append(all, leaves(element)...)
		}
		return all
	case map[string]any:
		var all []any
		for _, key := range sortedKeys(value) {
			all = append(all, leaves(value[key])...)
		}
		return all
	}
	return []any{value}
}

// mendsWithout says whether the check is content when the element that is a literal is taken out of its array.
func (f *failing) mendsWithout(place span) bool {
	for _, array := range f.source.arrays {
		for i, element := range array.node.Elements {
			at := element.Expr.Loc()
			if len(array.node.Elements) < 2 || !at.IsSet() || !array.span.contains(place) ||
				at.Begin.Line != place.begin.Line || at.Begin.Column != place.begin.Column {
				continue
			}
			return f.judge(func() func() { return removeElement(array.node, i) }) == mended
		}
	}
	return false
}

// wrongContainers finds the object or array literal that is refused: the message follows when a text takes its place.
func (f *failing) wrongContainers() []hit {
	var hits []hit
	for _, o := range f.source.objects {
		if f.gotType == "object" {
			hits = append(hits, hit{at: o.span.position(), span: o.span, score: -f.distance(o.span)})
			hits[len(hits)-1].slot = o.slot
		}
	}
	for _, a := range f.source.arrays {
		if f.gotType == "array" {
			hits = append(hits, hit{at: a.span.position(), span: a.span, score: -f.distance(a.span), slot: a.slot})
		}
	}
	return f.firstOf(hits, func(h hit) bool {
		return f.judge(func() func() { return swapForText(h.slot) }) != same
	})
}

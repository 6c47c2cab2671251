package main

import "sort"

// unknownFields finds the fields of the name that no check knows: the message follows when they are renamed.
func (f *failing) unknownFields() []hit {
	var hits []hit
	for _, name := range f.source.names {
		if name.node.Value == f.member {
			name := name
			hits = append(hits, hit{at: name.name.position(), span: name.name, score: -f.distance(name.name),
				change: func() func() { return rename(name.node, nudgeString(f.member)) }})
		}
	}
	for _, l := range f.source.literals {
		if l.value == f.member {
			l := l
			hits = append(hits, hit{at: l.span.position(), span: l.span, score: -f.distance(l.span) - 1,
				change: func() func() { return l.swap(nudgeString(f.member)) }})
		}
	}
	proven := f.firstOf(hits, func(h hit) bool { return f.judgeMember(h.change) })
	if len(proven) > 0 {
		return proven
	}
	return f.mixedIn()
}

// judgeMember says whether a changed name is what the check then complains of, or it is content.
func (f *failing) judgeMember(change func() func()) bool {
	return f.judge(change) != same
}

// mixedIn finds the call that brings the unknown field with it: the innermost without which the check is content.
func (f *failing) mixedIn() []hit {
	calls := append([]*call{}, f.source.calls...)
	sort.SliceStable(calls, func(i, j int) bool { return calls[i].span.size() < calls[j].span.size() })
	var hits []hit
	for _, c := range calls {
		c := c
		hits = append(hits, hit{at: c.span.position(), span: c.span, score: -f.distance(c.span),
			change: func() func() { return swapForEmptyObject(c.slot) }})
	}
	return f.firstOf(hits, func(h hit) bool { return f.judge(h.change) == mended })
}

// objectsWithout finds the object literals to which the missing field can be added.
func (f *failing) objectsWithout() []hit {
	var hits []hit
	for _, o := range f.source.objects {
		o := o
		hits = append(hits, hit{at: o.span.position(), span: o.span, score: f.score(o.scope) - 100*f.distance(o.span),
			change: func() func() { return addField(o.node, f.member, probe) }})
	}
	return f.firstOf(hits, func(h hit) bool {
		f.trials++
		undo := h.change()
		defer undo()
		result := f.evaluator.at(f.path)
		if result.state == present {
			return true
		}
		next, ok := parseComplaint(result.failure.message)
		return ok && (next.subject == f.subject && next.missing && next.member != f.member ||
			next.subject == f.subject+"."+f.member)
	})
}

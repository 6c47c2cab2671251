package main

import (
	"regexp"
	"strings"

	"github.com/google/go-jsonnet/ast"
)

var absentField = regexp.MustCompile(`^Field does not exist: (.+)$`)

// absentFields finds why a field is not there that the program reads, or that it says must be set: a field with `:`
// that hides what it should add to, one that is misspelt, or the object that should have it.
func (f *failing) absentFields(frame Position) []hit {
	if texts := f.quoted(frame); len(texts) > 0 {
		return texts
	}
	if m := absentField.FindStringSubmatch(f.message); m != nil {
		return f.unreadable(m[1], frame)
	}
	name := f.fieldOfError(frame)
	if name == "" {
		return f.anyTypo()
	}
	if misspelt := f.renamed(name); len(misspelt) > 0 {
		return misspelt
	}
	f.setTerms(nil, []string{name})
	return f.objectsToSet(name)
}

// unreadable is about a field that a reference finds absent. A name that no object of the user has is misspelt in
// the reference itself, which is the frame of the interpreter.
func (f *failing) unreadable(name string, frame Position) []hit {
	_, isUser := f.libraries.userFile(frame.File)
	known := false
	for _, n := range f.source.names {
		known = known || n.node.Value == name
	}
	if isUser && !known {
		return nil
	}
	if hiding := f.hiding(); len(hiding) > 0 {
		return hiding
	}
	if misspelt := f.renamed(name); len(misspelt) > 0 {
		return misspelt
	}
	if misspelt := f.anyTypo(); len(misspelt) > 0 {
		return misspelt
	}
	f.setTerms(nil, []string{name})
	return f.objectsToSet(name)
}

// quoted finds the literals that stand in the message, which follows their change. Those on the line that raises the
// error are its own words.
func (f *failing) quoted(frame Position) []hit {
	raising, _ := f.libraries.userFile(frame.File)
	var places []hit
	for _, l := range f.source.literals {
		own, _ := valueText(l.value)
		isOwnWord := l.span.file == raising && l.span.begin.Line == frame.Line
		if l.value == nil || isOwnWord || len(occurrences(f.message, own)) == 0 {
			continue
		}
		l := l
		changed, _ := valueText(nudge(l.value))
		places = append(places, hit{at: l.span.position(), span: l.span, score: len(own),
			change: func() func() { return l.swap(nudge(l.value)) }, text: strings.Replace(f.message, own, changed, 1)})
	}
	return f.firstOf(places, func(h hit) bool {
		f.trials++
		undo := h.change()
		defer undo()
		result := f.evaluator.at(f.path)
		return result.state == failed && result.failure.message == h.text
	})
}

// anyTypo finds a field that is spelt almost as another one, and with its name the evaluation ends. A name that
// stands more than once is meant, as `port` and `ports` are.
func (f *failing) anyTypo() []hit {
	counts := map[string]int{}
	for _, n := range f.source.names {
		counts[n.node.Value]++
	}
	var places []hit
	for _, n := range f.source.names {
		if counts[n.node.Value] > 1 {
			continue
		}
		for other := range counts {
			if node, other := n.node, other; isTypo(node.Value, other) {
				places = append(places, hit{at: n.name.position(), span: n.name,
					change: func() func() { return rename(node, other) }})
			}
		}
	}
	return f.firstOf(places, func(h hit) bool { return f.judge(h.change) == mended })
}

// hiding finds the field with `:` with which the evaluation ends when it is `+:`.
func (f *failing) hiding() []hit {
	counts := map[string]int{}
	for _, n := range f.source.names {
		counts[n.node.Value]++
	}
	var places []hit
	for _, n := range f.source.names {
		if n.owner.PlusSuper || isScalar(n.owner.Body) {
			continue
		}
		owner := n.owner
		places = append(places, hit{at: n.name.position(), span: n.name, score: counts[n.node.Value],
			change: func() func() { return keepSuper(owner) }})
	}
	return f.firstOf(places, func(h hit) bool { return f.judge(h.change) == mended })
}

// renamed finds the fields that were meant to have a name: with it the evaluation ends.
func (f *failing) renamed(name string) []hit {
	var places []hit
	for _, n := range f.source.names {
		if isTypo(n.node.Value, name) {
			node := n.node
			places = append(places, hit{at: n.name.position(), span: n.name,
				change: func() func() { return rename(node, name) }})
		}
	}
	return f.firstOf(places, func(h hit) bool { return f.judge(h.change) == mended })
}

// fieldOfError is the name of the field whose value is the `error` at a place: it must be set by a later layer.
func (f *failing) fieldOfError(at Position) string {
	name := ""
	var visit func(node ast.Node)
	visit = func(node ast.Node) {
		if object, ok := node.(*ast.DesugaredObject); ok {
			for i := range object.Fields {
				body, isError := object.Fields[i].Body.(*ast.Error)
				fixed, isFixed := object.Fields[i].Name.(*ast.LiteralString)
				if isError && isFixed && body.Loc().FileName == at.File &&
					body.Loc().Begin.Line == at.Line && body.Loc().Begin.Column == at.Column {
					name = fixed.Value
				}
			}
		}
		eachSlot(node, func(child *ast.Node) { visit(*child) })
	}
	for _, root := range f.roots {
		visit(root)
	}
	return name
}

// objectsToSet finds the objects in which the field can be set so that the evaluation ends; those of the entrypoint
// come first.
func (f *failing) objectsToSet(name string) []hit {
	entrypoint, _ := f.libraries.userFile(f.evaluator.entrypoint)
	var places []hit
	for _, o := range f.source.objects {
		node := o.node
		if hasField(node, name) {
			continue
		}
		h := hit{at: o.span.position(), span: o.span, score: f.score(o.scope),
			change: func() func() { return addField(node, name, probe) }}
		if o.span.file == entrypoint {
			h.score += 10
		}
		places = append(places, h)
	}
	return f.firstOf(places, func(h hit) bool {
		f.trials++
		undo := h.change()
		defer undo()
		result := f.evaluator.at(f.path)
		return result.state == present || result.failure.message != f.message && !absentField.MatchString(result.failure.message)
	})
}

func hasField(object *ast.DesugaredObject, name string) bool {
	for _, field := range object.Fields {
		if fixed, ok := field.Name.(*ast.LiteralString); ok && fixed.Value == name {
			return true
		}
	}
	return false
}

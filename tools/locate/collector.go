package main

import (
	"strings"

	"github.com/google/go-jsonnet/ast"
)

// collector walks the desugared tree of one file.
type collector struct {
	file string
	into *source
	// importText reads the file of an `importstr`; nil where there is none.
	importText func(node *ast.ImportStr) (text, file string, ok bool)
	// inComprehension is set for the one object that stands for the body of an object comprehension.
	inComprehension bool
	// inPatch is set for the one object that is the value of a field with `+:`.
	inPatch bool
}

func (c *collector) spanOf(location *ast.LocationRange) span {
	return span{file: c.file, begin: location.Begin, end: location.End}
}

// walk visits the node in the slot and all below it.
func (c *collector) walk(slot *ast.Node, names *scope) {
	node := *slot
	switch node := node.(type) {
	case nil:
	case *ast.LiteralString, *ast.LiteralNumber, *ast.LiteralBoolean, *ast.LiteralNull, *ast.ImportStr:
		c.addLiteral(slot, names)
	case *ast.DesugaredObject:
		c.walkObject(slot, node, names)
	case *ast.Apply:
		c.walkCall(slot, node, names)
	case *ast.Local:
		for i := range node.Binds {
			c.walk(&node.Binds[i].Body, &scope{string(node.Binds[i].Variable), names})
		}
		c.walk(&node.Body, names)
	case *ast.Binary:
		c.walkBinary(node, names)
	default:
		if array, ok := node.(*ast.Array); ok && array.Loc().IsSet() {
			c.into.arrays = append(c.into.arrays, &arrayLiteral{array, slot, c.spanOf(array.Loc()), names})
		}
		eachSlot(node, func(child *ast.Node) { c.walk(child, names) })
	}
}

func (c *collector) walkObject(slot *ast.Node, object *ast.DesugaredObject, names *scope) {
	if !c.inComprehension && object.Loc().IsSet() {
		isPatch := c.inPatch || onlyAdds(object)
		c.into.objects = append(c.into.objects, &objectLiteral{object, slot, c.spanOf(object.Loc()), names, isPatch})
	}
	c.inComprehension, c.inPatch = false, false
	for i := range object.Fields {
		field := &object.Fields[i]
		inner := names
		if name, ok := field.Name.(*ast.LiteralString); ok {
			inner = &scope{name.Value, names}
			c.addName(name, field, names)
		} else {
			c.walk(&field.Name, names)
		}
		if _, isObject := field.Body.(*ast.DesugaredObject); isObject {
			c.inPatch = field.PlusSuper
		}
		c.walk(&field.Body, inner)
	}
	for i := range object.Locals {
		c.walk(&object.Locals[i].Body, &scope{string(object.Locals[i].Variable), names})
	}
	for i := range object.Asserts {
		c.walk(&object.Asserts[i], names)
	}
}

// walkBinary marks what is added to an object that is written just before it.
func (c *collector) walkBinary(node *ast.Binary, names *scope) {
	c.walk(&node.Left, names)
	_, isObject := node.Left.(*ast.DesugaredObject)
	first := len(c.into.objects)
	c.walk(&node.Right, names)
	for _, o := range c.into.objects[first:] {
		o.isPatch = o.isPatch || isObject && node.Op == ast.BopPlus && o.scope == names
	}
}

// onlyAdds says whether all fields of an object have `+:`.
func onlyAdds(object *ast.DesugaredObject) bool {
	for _, field := range object.Fields {
		if !field.PlusSuper {
			return false
		}
	}
	return len(object.Fields) > 0
}

func (c *collector) addName(name *ast.LiteralString, field *ast.DesugaredObjectField, names *scope) {
	at := name.Loc()
	if !at.IsSet() {
		at = &field.LocRange
	}
	if !at.IsSet() {
		return
	}
	whole := c.spanOf(&field.LocRange)
	if body := field.Body.Loc(); body.IsSet() && ast.LocationBefore(whole.end, body.End) {
		whole.end = body.End
	}
	c.into.names = append(c.into.names, &fieldName{name, field, c.spanOf(at), whole, names})
}

func (c *collector) walkCall(slot *ast.Node, node *ast.Apply, names *scope) {
	if node.Loc().IsSet() {
		c.into.calls = append(c.into.calls, &call{slot, c.spanOf(node.Loc())})
	}
	called := calledName(node)
	c.walk(&node.Target, names)
	c.inComprehension = called == "$objectFlatMerge"
	inner := &scope{argumentName(called), names}
	for i := range node.Arguments.Positional {
		_, isObject := node.Arguments.Positional[i].Expr.(*ast.DesugaredObject)
		c.inPatch = called == "mergePatch" && i == 1 && isObject
		c.walk(&node.Arguments.Positional[i].Expr, inner)
	}
	for i := range node.Arguments.Named {
		argument := &node.Arguments.Named[i]
		c.walk(&argument.Arg, &scope{string(argument.Name), inner})
	}
}

// calledName is the last part of what is called: `withReplicas` of `k.apps.v1.deployment.withReplicas(2)`.
func calledName(node *ast.Apply) string {
	switch target := node.Target.(type) {
	case *ast.Var:
		return string(target.Id)
	case *ast.Index:
		if name, ok := target.Index.(*ast.LiteralString); ok {
			return name.Value
		}
	}
	return ""
}

// argumentName is the field that `withX` and `withXMixin` set.
func argumentName(called string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(called, "with"), "Mixin")
	if name == called || name == "" {
		return called
	}
	return strings.ToLower(name[:1]) + name[1:]
}

func (c *collector) addLiteral(slot *ast.Node, names *scope) {
	node := *slot
	if !node.Loc().IsSet() {
		return
	}
	found := &literal{span: c.spanOf(node.Loc()), scope: names, swap: swapSlot(slot)}
	switch node := node.(type) {
	case *ast.LiteralString:
		found.value = node.Value
		found.lines = c.blockOf(node.Loc())
	case *ast.LiteralNumber:
		found.value, found.spelling = parseNumber(node.OriginalString), node.OriginalString
	case *ast.LiteralBoolean:
		found.value = node.Value
	case *ast.ImportStr:
		text, file, ok := c.importText(node)
		if !ok {
			return
		}
		found.value, found.lines = text, &textBlock{file, 1, strings.Split(text, "\n")}
	}
	c.into.literals = append(c.into.literals, found)
}

// blockOf is the text block of a string that runs over several lines; nil for any other.
func (c *collector) blockOf(at *ast.LocationRange) *textBlock {
	if at.Begin.Line == at.End.Line || at.File == nil || at.Begin.Line > len(at.File.Lines) {
		return nil
	}
	first := at.Begin.Line
	if opening := at.File.Lines[first-1]; strings.HasPrefix(opening[min(at.Begin.Column-1, len(opening)):], "|||") {
		first++
	}
	return &textBlock{c.file, first, at.File.Lines}
}

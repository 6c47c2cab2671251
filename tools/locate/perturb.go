package main

import (
	"strconv"
	"strings"

	"github.com/google/go-jsonnet/ast"
)

// swapSlot replaces the node in a slot by a literal. A string that is the root of a file cannot be swapped
// this way, because the interpreter keeps the root itself; nothing is found then, and nothing breaks.
func swapSlot(slot *ast.Node) func(value any) func() {
	return func(value any) func() {
		original := *slot
		*slot = literalNode(value, original)
		return func() { *slot = original }
	}
}

// literalNode makes a literal that stands where the original stood.
func literalNode(value any, original ast.Node) ast.Node {
	base := ast.NodeBase{LocRange: *original.Loc(), Ctx: original.Context()}
	switch value := value.(type) {
	case string:
		return &ast.LiteralString{NodeBase: base, Value: value, Kind: ast.StringDouble}
	case float64:
		return &ast.LiteralNumber{NodeBase: base, OriginalString: formatNumber(value)}
	case bool:
		return &ast.LiteralBoolean{NodeBase: base, Value: value}
	}
	return &ast.LiteralNull{NodeBase: base}
}

// swapForEmptyObject takes a call out of the program.
func swapForEmptyObject(slot *ast.Node) (undo func()) {
	original := *slot
	*slot = &ast.DesugaredObject{
		NodeBase: ast.NodeBase{LocRange: *original.Loc(), Ctx: original.Context()},
	}
	return func() { *slot = original }
}

// swapForText puts a text in the place of an object or an array.
func swapForText(slot *ast.Node) (undo func()) {
	return swapSlot(slot)(probe)
}

// removeElement takes an element out of an array literal.
func removeElement(array *ast.Array, index int) (undo func()) {
	original := array.Elements
	array.Elements = append(append([]ast.CommaSeparatedExpr{}, original[:index]...), original[index+1:]...)
	return func() { array.Elements = original }
}

// addField gives an object literal one more field; the original fields are not touched.
func addField(object *ast.DesugaredObject, name, value string) (undo func()) {
	original := object.Fields
	fields := append(ast.DesugaredObjectFields{}, original...)
	object.Fields = append(fields, ast.DesugaredObjectField{
		Hide: ast.ObjectFieldInherit,
		Name: &ast.LiteralString{Value: name, Kind: ast.StringDouble},
		Body: literalNode(value, object),
	})
	return func() { object.Fields = original }
}

// addElement gives an array literal one more element.
func addElement(array *ast.Array, value string) (undo func()) {
	original := array.Elements
	elements := append([]ast.CommaSeparatedExpr{}, original...)
	array.Elements = append(elements, ast.CommaSeparatedExpr{Expr: literalNode(value, array)})
	return func() { array.Elements = original }
}

// rename gives a field another name.
func rename(node *ast.LiteralString, name string) (undo func()) {
	original := node.Value
	node.Value = name
	return func() { node.Value = original }
}

// keepSuper makes `name:` of a field `name+:`.
func keepSuper(field *ast.DesugaredObjectField) (undo func()) {
	original := field.PlusSuper
	field.PlusSuper = true
	return func() { field.PlusSuper = original }
}

// relax lets every check pass.
func relax(checks []check) (undo func()) {
	originals := make([]ast.Node, len(checks))
	for i, check := range checks {
		originals[i] = *check.condition
		*check.condition = &ast.LiteralBoolean{Value: check.passes}
	}
	return func() {
		for i, check := range checks {
			*check.condition = originals[i]
		}
	}
}

// nudge changes a value as little as possible and keeps its type, so that checks of the type and of most
// patterns still pass.
func nudge(value any) any {
	switch value := value.(type) {
	case string:
		return nudgeString(value)
	case float64:
		return value + 1
	case bool:
		return !value
	}
	return "tankard-probe"
}

// nudgeString changes the last letter or digit to another of its class.
func nudgeString(value string) string {
	for i := len(value) - 1; i >= 0; i-- {
		if changed, ok := nudgeByte(value[i]); ok {
			return value[:i] + string(changed) + value[i+1:]
		}
	}
	return value + "x"
}

// nudgeAll changes every letter and digit, for a value of which only a part is used.
func nudgeAll(value any) any {
	s, ok := value.(string)
	if !ok {
		return nudge(value)
	}
	changed := []byte(s)
	for i := range changed {
		if b, ok := nudgeByte(changed[i]); ok {
			changed[i] = b
		}
	}
	if len(changed) == 0 || string(changed) == s {
		return s + "x"
	}
	return string(changed)
}

func nudgeByte(b byte) (byte, bool) {
	switch {
	case b >= 'a' && b < 'z', b >= 'A' && b < 'Z', b >= '0' && b < '9':
		return b + 1, true
	case b == 'z', b == 'Z', b == '9':
		return b - 1, true
	}
	return b, false
}

// valueText is how a scalar reads inside a string; false for an object or an array.
func valueText(value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return value, true
	case float64:
		return formatNumber(value), true
	case bool:
		return strconv.FormatBool(value), true
	case nil:
		return "null", true
	}
	return "", false
}

func formatNumber(number float64) string {
	return strconv.FormatFloat(number, 'f', -1, 64)
}

func parseNumber(spelling string) float64 {
	number, err := strconv.ParseFloat(spelling, 64)
	if err != nil {
		return 0
	}
	return number
}

// occurrences are the offsets of a part in a text; a part that starts or ends with a letter or digit must
// stand as a word.
func occurrences(text, part string) []int {
	var found []int
	for from := 0; part != ""; {
		i := strings.Index(text[from:], part)
		if i < 0 {
			break
		}
		at := from + i
		if isBoundary(text, at) && isBoundary(text, at+len(part)) {
			found = append(found, at)
		}
		from = at + 1
	}
	return found
}

// isBoundary says whether a word does not run across the offset.
func isBoundary(text string, at int) bool {
	return at == 0 || at >= len(text) || !isWord(text[at-1]) || !isWord(text[at])
}

func isWord(b byte) bool {
	_, ok := nudgeByte(b)
	return ok || b == '_' || b == '-'
}

package main

import (
	"strings"

	"github.com/google/go-jsonnet/ast"
)

// scope is the chain of names around a node: fields, variables and called functions.
type scope struct {
	name  string
	outer *scope
}

// span is a range of a file.
type span struct {
	file  string
	begin ast.Location
	end   ast.Location
}

func (s span) position() Position {
	return Position{File: s.file, Line: s.begin.Line, Column: s.begin.Column}
}

func (s span) contains(other span) bool {
	return s.file == other.file &&
		!ast.LocationBefore(other.begin, s.begin) && !ast.LocationBefore(s.end, other.end)
}

// size orders spans of any files by how much they hold: lines first.
func (s span) size() int {
	return (s.end.Line-s.begin.Line)*10_000 + s.end.Column - s.begin.Column
}

// literal is a string, number, boolean or null of a user file, or a text that one imports.
type literal struct {
	span  span
	scope *scope
	// value is a string, float64, bool or nil.
	value any
	// spelling is how a number is written.
	spelling string
	// swap replaces the literal by another value until the returned function is called.
	swap func(value any) (undo func())
	// lines is where the text of a multi-line string starts; nil for a string on one line.
	lines *textBlock
}

// textBlock maps an offset in a multi-line text to its place.
type textBlock struct {
	file      string
	firstLine int
	// source is the lines of the file.
	source []string
}

// position is the place of the part of the text at an offset.
func (b *textBlock) position(text string, offset int, part string) Position {
	line := b.firstLine + strings.Count(text[:offset], "\n")
	column := 1
	if line <= len(b.source) {
		// The indentation of `|||` is not part of the text, so the column is looked up in the file.
		if i := strings.Index(b.source[line-1], part); i >= 0 {
			column = i + 1
		}
	}
	return Position{File: b.file, Line: line, Column: column}
}

// fieldName is the fixed name of a field of an object literal.
type fieldName struct {
	node  *ast.LiteralString
	owner *ast.DesugaredObjectField
	name  span
	field span
	scope *scope
}

// literal is the name seen as a string.
func (f *fieldName) literal() *literal {
	return &literal{span: f.name, scope: f.scope, value: f.node.Value, swap: func(value any) func() {
		changed, ok := value.(string)
		if !ok {
			changed = f.node.Value
		}
		return rename(f.node, changed)
	}}
}

// objectLiteral is `{...}`, outside a comprehension.
type objectLiteral struct {
	node  *ast.DesugaredObject
	slot  *ast.Node
	span  span
	scope *scope
	// isPatch is whether it is added to what a field had, by `+:`.
	isPatch bool
}

type arrayLiteral struct {
	node  *ast.Array
	slot  *ast.Node
	span  span
	scope *scope
}

// call is a function call that can be taken out of the program.
type call struct {
	slot *ast.Node
	span span
}

// check is a conditional that fails the evaluation in one branch: an assert, or `if ... else error`.
type check struct {
	condition *ast.Node
	passes    bool
}

// source is what can be changed in the parsed files.
type source struct {
	literals []*literal
	names    []*fieldName
	objects  []*objectLiteral
	arrays   []*arrayLiteral
	calls    []*call
}

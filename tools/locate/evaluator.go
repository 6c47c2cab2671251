package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/google/go-jsonnet"
	"github.com/google/go-jsonnet/ast"
	"github.com/grafana/tanka/pkg/jsonnet/implementations/goimpl"
	"github.com/grafana/tanka/pkg/jsonnet/jpath"
	"github.com/grafana/tanka/pkg/spec"
	"github.com/grafana/tanka/pkg/spec/v1alpha1"
)

const (
	environmentExtCode = "tanka.dev/environment"
	inlineExtCode      = `error "tk.env is only supported for static environments"`
	// maxStack is above tk's default of 500: the expression that walks a path needs frames of its own.
	maxStack = 1000
)

// evaluator evaluates single paths of one environment, again and again, with the parsed program kept.
type evaluator struct {
	vm         *jsonnet.VM
	importer   *recordingImporter
	entrypoint string
	base       string
	tlaNames   []string
	// spec is nil for an inline environment.
	spec     *v1alpha1.Environment
	snippets map[string]ast.Node
}

type state int

const (
	present state = iota
	absent
	failed
)

// outcome is the value at a path, or why there is none.
type outcome struct {
	state   state
	value   any
	failure failure
}

func newEvaluator(request Request) (*evaluator, error) {
	entrypoint, err := jpath.Entrypoint(request.Path)
	if err != nil {
		return nil, err
	}
	importPaths, base, _, err := jpath.Resolve(entrypoint, false)
	if err != nil {
		return nil, err
	}
	e := &evaluator{entrypoint: entrypoint, base: base, snippets: map[string]ast.Node{}}
	if e.spec, err = staticSpec(request.Path); err != nil {
		return nil, err
	}
	e.vm = goimpl.MakeRawVM(importPaths, request.ExtCode, request.TlaCode, maxStack)
	e.importer = newRecordingImporter(importPaths)
	e.vm.Importer(e.importer)
	e.vm.SetTraceOut(io.Discard)
	for name := range request.TlaCode {
		e.tlaNames = append(e.tlaNames, name)
	}
	sort.Strings(e.tlaNames)
	return e, e.setSpec(e.spec)
}

// staticSpec reads spec.json as Tanka does; nil when there is none.
func staticSpec(path string) (*v1alpha1.Environment, error) {
	environment, err := spec.ParseDir(path)
	var deprecated spec.ErrDeprecated
	var none spec.ErrNoSpec
	switch {
	case err == nil, errors.As(err, &deprecated):
		return environment, nil
	case errors.As(err, &none):
		return nil, nil
	}
	return nil, err
}

// setSpec makes an environment visible to the program as `tk.env`.
func (e *evaluator) setSpec(environment any) error {
	if e.spec == nil {
		e.vm.ExtCode(environmentExtCode, inlineExtCode)
		return nil
	}
	code, err := json.Marshal(environment)
	if err != nil {
		return err
	}
	e.vm.ExtCode(environmentExtCode, string(code))
	return nil
}

// at evaluates only what the path needs. Values of an earlier evaluation are dropped first.
func (e *evaluator) at(path treePath) outcome {
	node, err := e.snippet(path)
	if err != nil {
		return outcome{state: failed}
	}
	e.flushValues()
	text, err := e.vm.Evaluate(node)
	if err != nil {
		return outcome{state: failed, failure: failureOf(err)}
	}
	var found []any
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return outcome{state: failed}
	}
	if len(found) == 0 {
		return outcome{state: absent}
	}
	return outcome{state: present, value: found[0]}
}

// flushValues drops the values of imported files but keeps their parsed trees: setting any external
// variable does that.
func (e *evaluator) flushValues() {
	e.vm.ExtVar("tankard.dev/trial", "")
}

// walkExpression gives the value at a path in an array, or an empty array. The checks of invariants that
// an object makes when it is indexed take part; the rest of the environment is not evaluated. A path may
// go on inside JSON that stands as text in a manifest.
const walkExpression = `
function(%s)
  local main = import %s;
  local root = if std.isFunction(main) then main(%s) else main;
  local walk(value, path, i) =
    if i == std.length(path) then [value]
    else if std.isObject(value) && std.isString(path[i]) && std.objectHas(value, path[i])
    then walk(value[path[i]], path, i + 1)
    else if std.isArray(value) && std.isNumber(path[i]) && path[i] < std.length(value)
    then walk(value[path[i]], path, i + 1)
    else if std.isString(value) && std.startsWith(value, '{')
    then walk(std.parseJson(value), path, i)
    else [];
  walk(root, %s, 0)
`

func (e *evaluator) snippet(path treePath) (ast.Node, error) {
	key, err := json.Marshal(append(treePath{}, path...))
	if err != nil {
		return nil, err
	}
	if node, ok := e.snippets[string(key)]; ok {
		return node, nil
	}
	file, err := json.Marshal(e.entrypoint)
	if err != nil {
		return nil, err
	}
	arguments := make([]string, len(e.tlaNames))
	for i, name := range e.tlaNames {
		arguments[i] = name + "=" + name
	}
	code := fmt.Sprintf(walkExpression,
		strings.Join(e.tlaNames, ", "), file, strings.Join(arguments, ", "), key)
	node, err := jsonnet.SnippetToAST("<locate>", code)
	if err == nil {
		e.snippets[string(key)] = node
	}
	return node, err
}

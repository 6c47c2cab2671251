package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/google/go-jsonnet"
	"github.com/google/go-jsonnet/ast"
	"github.com/grafana/tanka/pkg/jsonnet/implementations/binary"
	"github.com/grafana/tanka/pkg/jsonnet/implementations/goimpl"
	"github.com/grafana/tanka/pkg/process"
	"github.com/grafana/tanka/pkg/spec"
	"github.com/grafana/tanka/pkg/spec/v1alpha1"
	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
)

// keptEnvironments is after how many environments the parsed files are dropped, so that memory does not grow with
// their number. Parsing what they share again costs about as much as one environment.
const keptEnvironments = 100

// RenderRequest asks for what `tk show` would print of each of many environments.
type RenderRequest struct {
	// Root is the project root, absolute.
	Root string `json:"root"`
	// Mains are the absolute paths of the entrypoints of static environments.
	Mains []string `json:"mains"`
	// ExtCode and TlaCode are Jsonnet code by name, as tk passes them to the interpreter.
	ExtCode map[string]string `json:"extCode"`
	TlaCode map[string]string `json:"tlaCode"`
	// Evaluator is the absolute path of the program that evaluates; empty for Tanka's own interpreter.
	Evaluator string `json:"evaluator"`
}

// RenderedLine is the answer for one environment, one line of JSON each, in the order of the request.
type RenderedLine struct {
	// YAML is absent where tk has to be asked: it says what is wrong, and knows what is left out here.
	YAML *string `json:"yaml,omitempty"`
}

// errAskTk means that only tk itself gives the right answer.
var errAskTk = errors.New("ask tk")

// renderAll renders with Tanka's own packages. What tk does anew for each environment it does once: what
// environments import is read and parsed one time.
func renderAll(in io.Reader, out io.Writer) error {
	var request RenderRequest
	if err := json.NewDecoder(in).Decode(&request); err != nil {
		return err
	}
	r := renderer{request: request}
	// What the evaluator prints on stderr comes as Tanka's log.
	log.Logger = zerolog.New(&r.log).Level(zerolog.InfoLevel)
	writer := bufio.NewWriter(out)
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	for i, main := range request.Mains {
		if i%keptEnvironments == 0 {
			r.reset()
		}
		line := RenderedLine{}
		if yaml, err := r.render(main); err == nil {
			line.YAML = &yaml
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
		if err := writer.Flush(); err != nil {
			return err
		}
	}
	return nil
}

type renderer struct {
	request  RenderRequest
	vm       *jsonnet.VM
	importer *recordingImporter
	trace    bytes.Buffer
	log      bytes.Buffer
}

// reset drops all parsed files.
func (r *renderer) reset() {
	r.vm = goimpl.MakeRawVM(nil, r.request.ExtCode, r.request.TlaCode, 0)
	r.importer = newRecordingImporter(nil)
	r.vm.Importer(r.importer)
	r.vm.SetTraceOut(&r.trace)
	// Their results are kept by relative names, which two environments may share.
	for _, name := range []string{"helmTemplate", "kustomizeBuild"} {
		r.vm.NativeFunction(refusing(name))
	}
}

func refusing(name string) *jsonnet.NativeFunction {
	refuse := func([]any) (any, error) { return nil, errAskTk }
	params := map[string]ast.Identifiers{
		"helmTemplate":   {"name", "chart", "opts"},
		"kustomizeBuild": {"path", "opts"},
	}
	return &jsonnet.NativeFunction{Name: name, Params: params[name], Func: refuse}
}

// render gives what `tk show` prints when all is well.
func (r *renderer) render(main string) (string, error) {
	base := filepath.Dir(main)
	environment, err := r.readSpec(base, main)
	if err != nil {
		return "", err
	}
	code, err := json.Marshal(environment)
	if err != nil {
		return "", err
	}
	r.trace.Reset()
	r.log.Reset()
	text, err := r.evaluate(base, main, string(code))
	if err != nil {
		return "", err
	}
	// tk prints it on stderr.
	if r.trace.Len() > 0 || hasMessage(r.log.Bytes()) {
		return "", errAskTk
	}
	if err := json.Unmarshal([]byte(text), &environment.Data); err != nil {
		return "", err
	}
	list, err := process.Process(*environment, nil)
	if err != nil {
		return "", err
	}
	if len(process.Filter(list, process.MustStrExps("Environment/.*"))) > 0 {
		return "", errAskTk
	}
	return list.String(), nil
}

// readSpec reads spec.json as Tanka's loader of static environments does.
func (r *renderer) readSpec(base, main string) (*v1alpha1.Environment, error) {
	if r.isProjectBelow(base) {
		return nil, errAskTk
	}
	data, err := os.ReadFile(filepath.Join(base, spec.Specfile))
	if err != nil {
		return nil, err
	}
	namespace, err := filepath.Rel(r.request.Root, main)
	if err != nil {
		return nil, err
	}
	environment, err := spec.Parse(data, namespace)
	if err != nil {
		return nil, err
	}
	if environment.Metadata.Name, err = filepath.Rel(r.request.Root, base); err != nil {
		return nil, err
	}
	environment.Data = nil
	if environment.Spec.ExpectVersions.Tanka != "" {
		return nil, errAskTk
	}
	return environment, nil
}

// isProjectBelow says whether another project root lies between the root and the environment.
func (r *renderer) isProjectBelow(base string) bool {
	for dir := base; dir != r.request.Root; dir = filepath.Dir(dir) {
		if dir == filepath.Dir(dir) {
			return true
		}
		for _, name := range []string{"tkrc.yaml", "jsonnetfile.json"} {
			if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
				return true
			}
		}
	}
	return false
}

func (r *renderer) evaluate(base, main, environment string) (string, error) {
	// Source: pkg/jsonnet/jpath of Tanka v0.38.0; the last one is searched first.
	importPaths := []string{
		filepath.Join(r.request.Root, "vendor"),
		filepath.Join(base, "vendor"),
		filepath.Join(r.request.Root, "lib"),
		base,
	}
	if r.request.Evaluator != "" {
		implementation := binary.JsonnetBinaryImplementation{BinPath: r.request.Evaluator}
		extCode := map[string]string{environmentExtCode: environment}
		for name, code := range r.request.ExtCode {
			extCode[name] = code
		}
		extCode[environmentExtCode] = environment
		return implementation.MakeEvaluator(importPaths, extCode, r.request.TlaCode, 0).EvaluateFile(main)
	}
	r.importer.files.JPaths = importPaths
	// Setting it drops the values of imported files, and keeps what they were parsed to.
	r.vm.ExtCode(environmentExtCode, environment)
	text, err := os.ReadFile(main)
	if err != nil {
		return "", err
	}
	// Not EvaluateFile: that would keep the parsed entrypoint, which no other environment needs.
	return r.vm.EvaluateSnippet(main, string(text))
}

// hasMessage says whether a log holds more than the empty lines that Tanka writes for an evaluator that said nothing.
func hasMessage(lines []byte) bool {
	for _, line := range bytes.Split(lines, []byte("\n")) {
		var entry struct{ Message string }
		if len(line) > 0 && (json.Unmarshal(line, &entry) != nil || entry.Message != "") {
			return true
		}
	}
	return false
}

// Judges values by the rules of CRDs (x-kubernetes-validations) as the API server does on create, with the API server's
// own packages: defaults, then rules. It is part of a test.
//
// Standard input: a JSON document {"schemas": [...], "cases": [...]}. A schema is one that a CRD may have under
// openAPIV3Schema; a case is {"schema": index, "root": whether the value is a whole resource, "value": any}.
// Standard output: a JSON array with a verdict for each case, see verdict.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

type input struct {
	Schemas []json.RawMessage `json:"schemas"`
	Cases   []struct {
		Schema int             `json:"schema"`
		Root   bool            `json:"root"`
		Value  json.RawMessage `json:"value"`
	} `json:"cases"`
}

// verdict says pass, fail (a rule is false), error (a rule could not be evaluated, which refuses the object as well) or
// compile (the API server would not take the CRD).
type verdict struct {
	Verdict string `json:"verdict"`
	Path    string `json:"path,omitempty"`
	Detail  string `json:"detail,omitempty"`
}

type compiled struct {
	structural *schema.Structural
	validator  *cel.Validator
	err        error
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	cache := map[[2]int]compiled{}
	verdicts := make([]verdict, 0, len(in.Cases))
	for _, c := range in.Cases {
		key := [2]int{c.Schema, 0}
		if c.Root {
			key[1] = 1
		}
		if _, ok := cache[key]; !ok {
			cache[key] = compile(in.Schemas[c.Schema], c.Root)
		}
		verdicts = append(verdicts, judge(cache[key], c.Value))
	}
	return json.NewEncoder(os.Stdout).Encode(verdicts)
}

func compile(raw json.RawMessage, root bool) compiled {
	var v1 apiextensionsv1.JSONSchemaProps
	if err := json.Unmarshal(raw, &v1); err != nil {
		return compiled{err: err}
	}
	var props apiextensions.JSONSchemaProps
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(&v1, &props, nil); err != nil {
		return compiled{err: err}
	}
	structural, err := schema.NewStructural(&props)
	if err != nil {
		return compiled{err: err}
	}
	return compiled{structural: structural, validator: cel.NewValidator(structural, root, celconfig.PerCallLimit)}
}

func judge(c compiled, raw json.RawMessage) verdict {
	if c.err != nil {
		return verdict{Verdict: "compile", Detail: c.err.Error()}
	}
	var value any
	// Numbers without a fraction become int64, as when the API server reads a request.
	if err := utiljson.Unmarshal(raw, &value); err != nil {
		return verdict{Verdict: "compile", Detail: err.Error()}
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(value, c.structural)
	defaulting.Default(value, c.structural)
	errs, _ := c.validator.Validate(context.Background(), field.NewPath(""), c.structural, value, nil, celconfig.RuntimeCELCostBudget)
	return worst(errs)
}

func worst(errs field.ErrorList) verdict {
	result := verdict{Verdict: "pass"}
	rank := map[string]int{"pass": 0, "fail": 1, "error": 2, "compile": 3}
	for _, err := range errs {
		kind := "fail"
		switch {
		case strings.Contains(err.Detail, "rule compile error") || strings.Contains(err.Detail, "rule compiler initialization"):
			kind = "compile"
		case strings.Contains(err.Detail, " evaluating rule: ") || strings.Contains(err.Detail, "call arguments did not match"),
			strings.Contains(err.Detail, "cost budget") || strings.Contains(err.Detail, "call cost exceeds limit"):
			kind = "error"
		}
		if rank[kind] > rank[result.Verdict] {
			result = verdict{Verdict: kind, Path: strings.TrimPrefix(err.Field, "."), Detail: err.Detail}
		}
	}
	return result
}

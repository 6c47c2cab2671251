// Judges Istio's objects as `istioctl validate` does, with Istio's own packages: the object becomes Istio's message, and
// the validation of its kind looks at it. It is part of a test.
//
// Standard input: JSON objects of Kubernetes, one a line.
// Standard output: for each a line, see verdict.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/hashicorp/go-multierror"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/config/validation"
	"istio.io/istio/pkg/log"
)

// verdict is what Istio says of an object: it takes one that has no errors.
type verdict struct {
	Errors   []string `json:"errors"`
	Warnings []string `json:"warnings"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	// Istio logs to the standard output, where the verdicts belong.
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	if err := log.Configure(options); err != nil {
		return err
	}
	decoder := json.NewDecoder(bufio.NewReader(in))
	encoder := json.NewEncoder(out)
	for {
		var object map[string]any
		if err := decoder.Decode(&object); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		warnings, err := judge(&unstructured.Unstructured{Object: object})
		if err := encoder.Encode(verdict{Errors: messages(err), Warnings: messages(warnings)}); err != nil {
			return err
		}
	}
}

// judge does what validateResource of istioctl/pkg/validate does with a kind of Istio.
func judge(object *unstructured.Unstructured) (validation.Warning, error) {
	gvk := object.GroupVersionKind()
	schema, exists := collections.Pilot.FindByGroupVersionAliasesKind(config.GroupVersionKind{
		Group: gvk.Group, Version: gvk.Version, Kind: gvk.Kind,
	})
	if !exists {
		return nil, fmt.Errorf("%s is no kind of Istio", gvk)
	}
	converted, err := convert(schema, object)
	if err != nil {
		return nil, fmt.Errorf("cannot parse proto message: %w", err)
	}
	return schema.ValidateConfig(*converted)
}

func convert(schema resource.Schema, object *unstructured.Unstructured) (*config.Config, error) {
	text, err := json.Marshal(object.Object["spec"])
	if err != nil {
		return nil, err
	}
	spec, err := schema.NewInstance()
	if err != nil {
		return nil, err
	}
	if err := config.ApplyJSONStrict(spec, string(text)); err != nil {
		return nil, err
	}
	namespace := object.GetNamespace()
	if namespace == "" {
		namespace = metav1.NamespaceDefault
	}
	return &config.Config{
		Meta: config.Meta{
			GroupVersionKind: schema.GroupVersionKind(),
			Name:             object.GetName(),
			Namespace:        namespace,
			Labels:           object.GetLabels(),
			Annotations:      object.GetAnnotations(),
		},
		Spec: spec,
	}, nil
}

func messages(err error) []string {
	texts := []string{}
	if err == nil {
		return texts
	}
	if several, ok := err.(*multierror.Error); ok {
		for _, one := range several.Errors {
			texts = append(texts, one.Error())
		}
		return texts
	}
	return append(texts, err.Error())
}

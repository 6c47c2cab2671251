package main

import (
	"sort"
	"strings"
)

// manifest is a Kubernetes object in the raw tree of an environment.
type manifest struct {
	path   treePath
	object map[string]any
	// environment is the path of the inline environment that holds it; nil in a static one.
	environment treePath
	// defaultNamespace is what Tanka sets when the object has none.
	defaultNamespace string
}

// collectManifests walks the raw tree as Tanka does: an object with apiVersion and kind is a manifest and is
// not descended into, except that the items of a List are manifests and that inline environments hold theirs
// under `data`. Source: pkg/process/extract.go, pkg/tanka/inline.go of Tanka v0.38.0.
func collectManifests(raw any, inherited manifest, inline bool, found *[]manifest) {
	switch value := raw.(type) {
	case []any:
		for i, element := range value {
			collectManifests(element, inherited.at(i), inline, found)
		}
	case map[string]any:
		if text(value["apiVersion"]) == "" || text(value["kind"]) == "" {
			for _, key := range sortedKeys(value) {
				if key != "__ksonnet" {
					collectManifests(value[key], inherited.at(key), inline, found)
				}
			}
			return
		}
		collectObject(value, inherited, inline, found)
	}
}

func collectObject(object map[string]any, here manifest, inline bool, found *[]manifest) {
	if items, ok := object["items"].([]any); ok {
		collectManifests(items, here.at("items"), inline, found)
		return
	}
	if inline && text(object["kind"]) == "Environment" {
		data := here.at("data")
		data.environment = here.path
		data.defaultNamespace = "default"
		if namespace, ok := member(object, "spec", "namespace").(string); ok {
			data.defaultNamespace = namespace
		}
		collectManifests(object["data"], data, false, found)
		return
	}
	here.object = object
	*found = append(*found, here)
}

// environments are the paths of what inline environments hold.
func environments(raw any, here treePath) []treePath {
	var found []treePath
	switch value := raw.(type) {
	case []any:
		for i, element := range value {
			found = append(found, environments(element, here.join(i))...)
		}
	case map[string]any:
		if text(value["kind"]) == "Environment" && text(value["apiVersion"]) != "" {
			return []treePath{here.join("data")}
		}
		for _, key := range sortedKeys(value) {
			found = append(found, environments(value[key], here.join(key))...)
		}
	}
	return found
}

func (m manifest) at(segment any) manifest {
	m.path = m.path.join(segment)
	return m
}

// matches says how well the manifest is the resource: 0 not at all, 2 in every part.
func (m manifest) matches(r Resource) int {
	name := text(member(m.object, "metadata", "name"))
	if name == "" {
		name = text(member(m.object, "metadata", "generateName"))
	}
	if text(m.object["apiVersion"]) != r.APIVersion || text(m.object["kind"]) != r.Kind || name != r.Name {
		return 0
	}
	namespace, set := member(m.object, "metadata", "namespace").(string)
	if namespace == r.Namespace || !set && m.defaultNamespace == r.Namespace {
		return 2
	}
	return 1
}

// findManifest gives the manifest of a resource, preferring the one whose namespace fits too.
func findManifest(manifests []manifest, r Resource) (manifest, bool) {
	best, score := manifest{}, 0
	for _, m := range manifests {
		if s := m.matches(r); s > score {
			best, score = m, s
		}
	}
	return best, score > 0
}

// inEnvironment keeps the manifests of the inline environment that tk would take for a name: the one
// that is called so, else those whose name contains it.
func inEnvironment(manifests []manifest, raw any, name string) []manifest {
	var exact, partial []manifest
	for _, m := range manifests {
		environment := text(valueAt(raw, m.environment.join("metadata", "name")))
		if environment == name {
			exact = append(exact, m)
		} else if strings.Contains(environment, name) {
			partial = append(partial, m)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return partial
}

func valueAt(value any, path treePath) any {
	for _, segment := range path {
		switch key := segment.(type) {
		case string:
			value = member(value, key)
		case int:
			list, ok := value.([]any)
			if !ok || key >= len(list) {
				return nil
			}
			value = list[key]
		}
	}
	return value
}

func member(value any, keys ...string) any {
	for _, key := range keys {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = object[key]
	}
	return value
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

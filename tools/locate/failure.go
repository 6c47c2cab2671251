package main

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/google/go-jsonnet"
)

// failure is what an evaluation that does not end says.
type failure struct {
	message string
	// frames are the places on the stack, the innermost first.
	frames []Position
}

func failureOf(err error) failure {
	var failed failure
	runtime, ok := err.(jsonnet.RuntimeError)
	if !ok {
		return failed
	}
	failed.message = runtime.Msg
	for i := len(runtime.StackTrace) - 1; i >= 0; i-- {
		at := runtime.StackTrace[i].Loc
		if at.IsSet() {
			failed.frames = append(failed.frames, Position{at.FileName, at.Begin.Line, at.Begin.Column})
		}
	}
	return failed
}

// complaint is a message of a check of arguments, taken apart: `deployment.new: replicas must be an integer, got
// string "3"` has the subject `deployment.new: replicas`.
type complaint struct {
	subject string
	// member is the field that is unknown or missing; empty where a value is wrong.
	member  string
	missing bool
	// gotType is the type of a wrong value; empty where the message does not tell it.
	gotType string
	// shown is whether the value itself stands in the message.
	shown bool
	value any
}

var (
	unknownField = regexp.MustCompile(`(?s)^(\S+: .+?) has no field "([^"]*)"`)
	missingField = regexp.MustCompile(`(?s)^(\S+: .+?) needs the field "([^"]*)"`)
	wrongValue   = regexp.MustCompile(`(?s)^(\S+: .+?) (?:must|has) `)
	gotValue     = regexp.MustCompile(`(?s), got (string|number|boolean|null|object|array)(?: (.*))?$`)
)

// parseComplaint reads the message of a check in a typed library or a mixin; false for any other message.
func parseComplaint(message string) (complaint, bool) {
	if m := unknownField.FindStringSubmatch(message); m != nil {
		return complaint{subject: m[1], member: m[2]}, true
	}
	if m := missingField.FindStringSubmatch(message); m != nil {
		return complaint{subject: m[1], member: m[2], missing: true}, true
	}
	m := wrongValue.FindStringSubmatch(message)
	if m == nil {
		return complaint{}, false
	}
	c := complaint{subject: m[1]}
	if got := gotValue.FindStringSubmatch(message); got != nil {
		c.gotType = got[1]
		c.shown = got[1] == "null" || json.Unmarshal([]byte(got[2]), &c.value) == nil
	}
	return c, true
}

// isAbout says whether another message is of the same check of the same value.
func (c complaint) isAbout(message string) bool {
	other, ok := parseComplaint(message)
	return ok && other.subject == c.subject
}

// words are the names in the subject: the function, the parameter, and the path within it.
func (c complaint) words() []string {
	return strings.FieldsFunc(c.subject, func(r rune) bool {
		return strings.ContainsRune(`.:[]" `, r)
	})
}

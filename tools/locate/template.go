package main

import (
	"regexp"
	"strings"
)

// formatCode is a placeholder of std.format. Source: the Jsonnet standard library, `std.format`.
var formatCode = regexp.MustCompile(`%(\([^)]*\))?[-+ #0]*(\d+|\*)?(\.(\d+|\*))?[hlL]?[diouxXeEfFgGcrs%]`)

// isTemplate says whether a string has placeholders and all the text between them is in the value, in order.
func isTemplate(format, value string) bool {
	if !formatCode.MatchString(format) {
		return false
	}
	for _, fixed := range formatCode.Split(format, -1) {
		i := strings.Index(value, fixed)
		if i < 0 {
			return false
		}
		value = value[i+len(fixed):]
	}
	return longestFixed(format) != ""
}

// longestFixed is the longest text between the placeholders of a format string.
func longestFixed(format string) string {
	longest := ""
	for _, fixed := range formatCode.Split(format, -1) {
		if len(fixed) > len(longest) {
			longest = fixed
		}
	}
	return longest
}

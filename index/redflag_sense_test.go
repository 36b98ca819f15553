package index

import (
	"bytes"
	"encoding/binary"
	"flag"
	"math"
	"os"
	"testing"

	"skindesk/faq"
	"skindesk/index/encoder"
)

var learnSense = flag.Bool("sense", false, "learn alarms/sense.bin anew from the sentences and the clinic's file")

const (
	senseScale = 6.0 // a vector counts so much against the bias
	senseShare = 0.6 // of what it learned is heard: the ear has learned from the same sentences
	senseEven  = 0.7 // there are more harmless ones than urgent ones; the ear has counted that already
)

// What is heard of vectors is learned with: go test ./index -run TestSense -sense
func TestSenseTellsUrgentVectors(t *testing.T) {
	if *learnSense {
		if err := os.WriteFile("alarms/sense.bin", sensed(t), 0o644); err != nil {
			t.Fatal(err)
		}
		senseFile = sensed(t)
		sense, senseBias = readSense(senseFile)
	}
	e, err := encoder.Shared()
	if err != nil {
		t.Fatal(err)
	}
	var more, pairs float64
	cases := flagCases(t, "testdata/redflags-blind3.jsonl", "testdata/redflags-blind5.jsonl")
	said := make([]float64, len(cases))
	g := newGlossary(loaded(t))
	for i, c := range cases {
		said[i] = feels(e.Encode(asked(g.english(bare(words(Clean(c.Q)))))))
	}
	for i, u := range cases {
		for j, h := range cases {
			if u.Urgent && !h.Urgent {
				pairs++
				more += float64(count(said[i] > said[j]))
			}
		}
	}
	if more/pairs < 0.85 {
		t.Errorf("an urgent sentence feels more urgent in %.3f of the pairs", more/pairs)
	}
}

// sensed learns the weights: our sentences, and every eighth phrasing of the clinic's file.
func sensed(t *testing.T) []byte {
	t.Helper()
	f := loaded(t)
	told, err := alarmSentences()
	if err != nil {
		t.Fatal(err)
	}
	enc, err := encoder.Shared()
	if err != nil {
		t.Fatal(err)
	}
	g := newGlossary(f)
	var texts []heard
	add := func(text string, urgent bool, weight float32) {
		v := enc.Encode(asked(g.english(bare(words(Clean(text))))))
		fs := make([]feature, len(v))
		for i, x := range v {
			fs[i] = feature{uint32(i), senseScale * x}
		}
		texts = append(texts, heard{fs, urgent, weight})
	}
	for _, s := range told {
		add(s.Q, s.Urgent, earTold)
	}
	n := 0
	for i := range f.Entries {
		for _, q := range f.Entries[i].Asked() {
			if n++; n%8 == 0 {
				add(q, f.Entries[i].Kind == faq.Urgent, 1)
			}
		}
	}
	by := &ear{weights: make([]float32, earSize)}
	by.learn(texts)
	var out bytes.Buffer
	for _, w := range by.weights[:encoder.Dim] {
		binary.Write(&out, binary.LittleEndian, math.Float32bits(senseShare*senseScale*w))
	}
	binary.Write(&out, binary.LittleEndian, math.Float32bits(senseShare*(by.bias+senseEven)))
	return out.Bytes()
}

package index

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
)

func TestMemoryForgetsAllWhenItIsFull(t *testing.T) {
	var m memory
	m.put("kept", []match{{phrase: 1, score: 2}})
	if found, ok := m.get("kept"); !ok || len(found) != 1 {
		t.Errorf("got %v, %v", found, ok)
	}
	for i := 0; i <= remembered/keyCost; i++ {
		m.put(fmt.Sprint("key ", i), nil)
	}
	if _, ok := m.get("kept"); ok {
		t.Error("more is remembered than there is room for")
	}
	if _, ok := m.get(fmt.Sprint("key ", remembered/keyCost)); !ok {
		t.Error("the last key was forgotten with the others")
	}
}

// Whoever asks at the same time gets what they would get alone, also where a word is asked for the first time.
func TestManyAskAtOnce(t *testing.T) {
	questions := []string{"how many sessions do i need", "does it hurt", "kitne session lagte hain", "price and pain?", "sesions needed", "nonsense zyxw"}
	alone := smallIndex(t)
	want := make([]Answer, len(questions))
	for i, q := range questions {
		want[i] = answerTo(t, alone, Question{Text: q})
	}
	crowd, err := New(t.Context(), alone.FAQ())
	if err != nil {
		t.Fatal(err)
	}
	defer crowd.Close()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i, q := range questions {
				if got, err := crowd.Ask(t.Context(), Question{Text: q}); err != nil || !reflect.DeepEqual(got, want[i]) {
					t.Errorf("%q: got %+v, %v, alone %+v", q, got, err, want[i])
				}
			}
		})
	}
	all.Wait()
}

package index

import (
	"fmt"
	"sync"
	"testing"

	"skindesk/faq"
)

// tiny builds an index whose only answer has the id.
func tiny(t *testing.T, id string) *Index {
	t.Helper()
	f, _, err := faq.Parse(fmt.Appendf(nil, `{"entries": [{"id": %q, "questions": {"en": ["how many sessions do i need"]}, "answer": {"en": "Four sessions are needed."}}]}`, id))
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func isOpen(t *testing.T, x *Index) bool {
	t.Helper()
	_, err := x.Ask(t.Context(), Question{Text: "how many sessions do i need"})
	return err == nil
}

func TestLiveSwitchWaitsForWhoIsInside(t *testing.T) {
	first, second := tiny(t, "first"), tiny(t, "second")
	l := NewLive(first)
	a, releaseA := l.Pin()
	b, releaseB := l.Pin()
	l.Switch(second)
	c, releaseC := l.Pin()
	if a != first || b != first || c != second {
		t.Fatal("pinned another index")
	}
	releaseA()
	releaseA() // once too often lets nobody else's pin go
	if !isOpen(t, first) {
		t.Error("closed under the one who still asks")
	}
	releaseB()
	if isOpen(t, first) {
		t.Error("the old index was never closed")
	}
	releaseC()
	if !isOpen(t, second) {
		t.Error("the index in use was closed")
	}
	l.Close()
	if isOpen(t, second) {
		t.Error("Close left the index open")
	}
	if x, release := l.Pin(); x != nil {
		t.Error("an index after Close")
	} else {
		release()
	}
	l.Close() // twice is once
}

func TestLiveCloseWaitsForWhoIsInside(t *testing.T) {
	only := tiny(t, "only")
	l := NewLive(only)
	_, release := l.Pin()
	l.Close()
	if !isOpen(t, only) {
		t.Error("closed under the one who still asks")
	}
	release()
	if isOpen(t, only) {
		t.Error("never closed")
	}
}

// Patients ask while the admin publishes: nobody meets a closed index, and whoever asks gets one version, not two.
func TestLiveUnderLoad(t *testing.T) {
	versions := []*Index{tiny(t, "v0"), tiny(t, "v1"), tiny(t, "v2")}
	l := NewLive(versions[0])
	stop := make(chan struct{})
	var patients sync.WaitGroup
	asked := make(chan struct{}, 1)
	for range 4 {
		patients.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				x, release := l.Pin()
				a, err := x.Ask(t.Context(), Question{Text: "how many sessions do i need"})
				if err != nil || a.Scores[0].ID != x.FAQ().Entries[0].ID {
					t.Errorf("got %+v, %v", a, err)
				}
				release()
				select {
				case asked <- struct{}{}:
				default:
				}
			}
		})
	}
	for _, x := range versions[1:] {
		for range 5 {
			<-asked
		}
		l.Switch(x)
	}
	for range 5 {
		<-asked
	}
	close(stop)
	patients.Wait()
	l.Close()
	for i, x := range versions {
		if isOpen(t, x) {
			t.Errorf("version %d is still open", i)
		}
	}
}

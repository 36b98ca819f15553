// Package eval measures the answers: labelled questions go in, a report comes out that says how often a patient would get the
// right answer, a button for it, a hand-over, or something wrong.
package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"skindesk/index"
)

// Case is a question with what it should be met with.
type Case struct {
	ID     string   `json:"id"`
	Q      string   `json:"q"`
	After  string   `json:"after"`  // id of the entry answered just before
	Topic  string   `json:"topic"`  // id of the wanted entry, or a label
	Accept []string `json:"accept"` // ids and labels that are as good
	Both   []string `json:"both"`   // ids of the two entries that a double question wants
	Lang   string   `json:"lang"`
	Kind   string   `json:"kind"`
}

// The labels that stand for no entry.
const (
	Unanswerable = "unanswerable" // met by staff, unknown or human
	OffTopic     = "off-topic"    // the kind offtopic
)

var labels = []string{Unanswerable, "booking", "human", "urgent", "chitchat", OffTopic, "abuse"}

// ReadCases reads JSON lines: either of the shape of Case, or {"q", "id", "kind"} with the wanted entry as id, where an empty
// id is a stranger that no entry fits.
func ReadCases(r io.Reader) ([]Case, error) {
	var cs []Case
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var c Case
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if c.Topic == "" {
			c.Topic, c.ID = c.ID, fmt.Sprintf("L%d", n)
		}
		if c.Topic == "" {
			c.Topic = Unanswerable
		}
		cs = append(cs, c)
	}
	return cs, lines.Err()
}

// answerable tells whether an entry is wanted.
func (c Case) answerable() bool { return !slices.Contains(labels, c.Topic) }

// wanted returns the ids and labels that are right.
func (c Case) wanted() []string {
	return slices.Concat([]string{c.Topic}, c.Accept, c.Both)
}

// entries returns the ids of entries that are right.
func (c Case) entries() []string {
	return slices.DeleteFunc(c.wanted(), func(w string) bool { return slices.Contains(labels, w) })
}

func label(k index.Kind) string {
	if k == index.KindOffTopic {
		return OffTopic
	}
	return string(k)
}

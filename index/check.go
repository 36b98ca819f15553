package index

import (
	"context"
	"slices"

	"skindesk/faq"
)

// Finds tells whether an entry of the file says itself, or is offered, for at least one of its own questions. The first
// that does settles it.
func (x *Index) Finds(ctx context.Context, e *faq.Entry) (bool, error) {
	for _, q := range e.Asked() {
		a, err := x.Ask(ctx, Question{Text: q})
		if err != nil {
			return false, err
		}
		if slices.Contains(a.Entries, e.ID) || slices.Contains(a.Choices, e.ID) {
			return true, nil
		}
	}
	return false, nil
}

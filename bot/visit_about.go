package bot

import (
	"skindesk/faq"
	"slices"
)

// aboutClinic answers an entry of kind booking that is no wish for a visit but asks about the clinic or about a visit that was
// agreed on. done is false for a wish.
func (t *turn) aboutClinic(x exchange) (done bool, err error) {
	i := slices.IndexFunc(x.Entries, func(id string) bool {
		e, found := t.faq.Entry(id)
		return found && e.Kind == faq.Booking
	})
	if i < 0 {
		return false, nil
	}
	e, _ := t.faq.Entry(x.Entries[i])
	switch e.About {
	case "":
		if e.Clinic == "" {
			return false, nil
		}
	case faq.AboutStatus, faq.AboutChange, faq.AboutCancel, faq.AboutLate:
		return true, t.aboutVisit(x, e.About)
	}
	t.sayBlocks(t.blocks(x, ""), [][]button{{{t.w.ButtonClinic, action{do: doAsk, n: x.N}}, {t.w.ButtonBook, action{do: doBook}}}})
	return true, nil
}

// aboutVisit deals with what somebody writes of a visit that they have asked for: with one, at once; with several they are shown; with
// none the team is offered.
func (t *turn) aboutVisit(x exchange, about faq.About) error {
	open, err := t.openVisits()
	if err != nil {
		return err
	}
	switch {
	case len(open) == 0:
		t.sayBlocks(t.blocks(x, ""), [][]button{{{t.w.ButtonAsk, action{do: doAsk, n: x.N}}, {t.w.ButtonBook, action{do: doBook}}}})
		return nil
	case len(open) == 1 && about == faq.AboutChange:
		return t.changeVisit(open[0])
	case len(open) == 1 && about == faq.AboutCancel:
		return t.askCancel(open[0])
	}
	if about == faq.AboutLate {
		t.sayBlocks(t.blocks(x, ""), nil) // the words themselves have gone under the card
	}
	for _, c := range open {
		if err := t.showVisit("", c); err != nil {
			return err
		}
	}
	return nil
}

package eval

import (
	"slices"
	"time"

	"skindesk/index"
)

// Figures are the numbers of a report. Shares are between 0 and 1; a share of nothing is 0.
type Figures struct {
	Questions         int     `json:"questions"`
	Right             float64 `json:"right"`              // of the questions that have an entry
	RightOrButton     float64 `json:"right_or_button"`    // likewise
	Wrong             float64 `json:"wrong"`              // likewise
	NeedlessHandover  float64 `json:"needless_handover"`  // likewise: handed over although an entry answers it
	UnanswerableRight float64 `json:"unanswerable_right"` // of the questions that no entry answers: handed over
	FalseAnswers      float64 `json:"false_answers"`      // likewise: an entry was said as the answer
	BadButtons        float64 `json:"bad_buttons"`        // likewise: only entries were offered
	Booking           float64 `json:"booking"`
	Human             float64 `json:"human"`
	Urgent            float64 `json:"urgent"` // recall of alarms
	FalseAlarms       int     `json:"false_alarms"`
	A1                float64 `json:"a1"`    // the wanted entry scores best, of the questions that have one
	A3                float64 `json:"a3"`    // it is among the best three
	AUROC             float64 `json:"auroc"` // chance that a question with an entry has a higher best score than one without
	OSCR              float64 `json:"oscr"`  // area under "answered rightly" against "strangers answered", over all thresholds
	ECE               float64 `json:"ece"`   // how far the best score is from the chance to be right, on average
	P50Ms             float64 `json:"ms_p50"`
	P99Ms             float64 `json:"ms_p99"`
}

// Figures counts the report.
func (r *Report) Figures() Figures {
	s := r.Shares()
	f := Figures{
		Questions: len(r.Results), Right: s[shareRight].Value(), RightOrButton: s[shareRightOrButton].Value(), Wrong: s[shareWrong].Value(),
		NeedlessHandover: s[shareNeedless].Value(), UnanswerableRight: s[shareUnanswerable].Value(), FalseAnswers: s[shareFalse].Value(),
		BadButtons: s[shareBadButtons].Value(), Booking: s[shareBooking].Value(), Human: s[shareHuman].Value(), Urgent: s[shareUrgent].Value(),
		FalseAlarms: s[shareAlarms].Hits, A1: s[shareA1].Value(), A3: s[shareA3].Value(),
		P50Ms: r.percentile(0.5), P99Ms: r.percentile(0.99),
	}
	f.AUROC, f.OSCR = r.areas()
	f.ECE = r.Calibration().ECE
	return f
}

// The names of the shares, which are also those in the JSON.
const (
	shareRight         = "right"
	shareRightOrButton = "right_or_button"
	shareWrong         = "wrong"
	shareNeedless      = "needless_handover"
	shareUnanswerable  = "unanswerable_right"
	shareFalse         = "false_answers"
	shareBadButtons    = "bad_buttons"
	shareBooking       = "booking"
	shareHuman         = "human"
	shareUrgent        = "urgent"
	shareAlarms        = "false_alarms"
	shareA1            = "a1"
	shareA3            = "a3"
)

// shareNames is the order in which people read them.
var shareNames = []string{
	shareRight, shareRightOrButton, shareWrong, shareNeedless, shareUnanswerable, shareFalse, shareBadButtons, shareBooking, shareHuman, shareUrgent, shareAlarms,
	shareA1, shareA3,
}

// Shares counts what the figures are shares of.
func (r *Report) Shares() map[string]Share {
	answerable := func(x Result) bool { return x.Case.answerable() }
	topic := func(t string) func(Result) bool { return func(x Result) bool { return x.Case.Topic == t } }
	met := func(os ...Outcome) func(Result) bool {
		return func(x Result) bool { return slices.Contains(os, x.Outcome) }
	}
	calm := func(x Result) bool { return !slices.Contains(x.Case.wanted(), "urgent") }
	return map[string]Share{
		shareRight:         r.share(answerable, met(Right)),
		shareRightOrButton: r.share(answerable, met(Right, Button)),
		shareWrong:         r.share(answerable, met(Wrong)),
		shareNeedless: r.share(answerable, func(x Result) bool {
			return x.Outcome == Missed && slices.Contains(handed, label(x.Answer.Kind))
		}),
		shareUnanswerable: r.share(topic(Unanswerable), met(Right)),
		shareFalse:        r.share(topic(Unanswerable), met(False)),
		shareBadButtons:   r.share(topic(Unanswerable), met(BadButton)),
		shareBooking:      r.share(topic("booking"), met(Right)),
		shareHuman:        r.share(topic("human"), met(Right)),
		shareUrgent:       r.share(topic("urgent"), met(Right)),
		shareAlarms:       r.share(calm, func(x Result) bool { return x.Answer.Kind == index.KindUrgent }),
		shareA1:           r.share(answerable, func(x Result) bool { return x.rank() == 1 }),
		shareA3:           r.share(answerable, func(x Result) bool { return x.rank() >= 1 && x.rank() <= 3 }),
	}
}

func (r *Report) share(of, is func(Result) bool) Share {
	var s Share
	for _, x := range r.Results {
		if of(x) {
			s.Of++
			if is(x) {
				s.Hits++
			}
		}
	}
	return s
}

func (r *Report) percentile(p float64) float64 {
	if len(r.Results) == 0 {
		return 0
	}
	took := make([]time.Duration, len(r.Results))
	for i, x := range r.Results {
		took[i] = x.Took
	}
	slices.Sort(took)
	return float64(took[int(float64(len(took)-1)*p)].Microseconds()) / 1000
}

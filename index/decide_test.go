package index

import (
	"testing"

	"skindesk/faq"
)

func TestAWishThatSeveralEntriesShare(t *testing.T) {
	f := &faq.FAQ{Entries: []faq.Entry{
		{ID: "interval", Kind: faq.Answer}, {ID: "book", Kind: faq.Booking}, {ID: "move", Kind: faq.Booking}, {ID: "person", Kind: faq.Human},
	}}
	tests := []struct {
		name   string
		shares [4]float64
		want   Kind
	}{
		{"together they have more than the first", [4]float64{0.38, 0.11, 0.34, 0.10}, KindBooking},
		{"together they have less than the first", [4]float64{0.48, 0.10, 0.31, 0.05}, KindAnswer},
		{"though the first alone would be said", [4]float64{0.40, 0.11, 0.34, 0.05}, KindBooking},
		{"nothing is met by what two kinds have", [4]float64{0.34, 0.16, 0.17, 0.33}, KindChoose},
		{"an answer that is clear is said", [4]float64{0.56, 0.20, 0.24, 0}, KindAnswer},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := &Index{faq: f, policy: usual}
			r := &ranking{}
			for _, entry := range []int{0, 2, 1, 3} {
				r.candidates = append(r.candidates, candidate{entry: entry, evidence: 20, share: test.shares[entry]})
			}
			if v := x.judge(r); v.kind != test.want {
				t.Errorf("judge() = %s, want %s", v.kind, test.want)
			}
		})
	}
}

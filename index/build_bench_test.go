package index

import (
	"os"
	"testing"

	"skindesk/faq"
)

func loaded(tb testing.TB) *faq.FAQ {
	tb.Helper()
	data, err := os.ReadFile("../faq.json")
	if err != nil {
		tb.Fatal(err)
	}
	f, _, err := faq.Parse(data)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func BenchmarkNew(b *testing.B) {
	f := loaded(b)
	b.ReportAllocs()
	for b.Loop() {
		x, err := New(b.Context(), f)
		if err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}

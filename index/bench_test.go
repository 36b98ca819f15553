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

// BenchmarkNew measures the start: cold, and with the vectors of the start before.
func BenchmarkNew(b *testing.B) {
	f, folder := loaded(b), b.TempDir()
	run := func(o ...Option) func(b *testing.B) {
		return func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x, err := New(b.Context(), f, o...)
				if err != nil {
					b.Fatal(err)
				}
				x.Close()
			}
		}
	}
	b.Run("cold", run())
	b.Run("fill", run(CacheIn(folder)))
	b.Run("warm", run(CacheIn(folder)))
}

func BenchmarkAsk(b *testing.B) {
	x, err := New(b.Context(), loaded(b))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	for name, q := range map[string]string{
		"english": "how many sessions do i need for acne scars?",
		"roman":   "mujhe kitne session karwane parenge daag ke liye",
		"urdu":    "کتنے سیشن کروانے پڑتے ہیں؟",
		"two":     "does it hurt? and how long does it last?",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.Ask(b.Context(), Question{Text: q}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

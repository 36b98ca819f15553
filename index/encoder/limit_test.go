package encoder

import (
	"slices"
	"testing"
	"time"
)

// multiplyAdds is how many a sentence of so many tokens takes: those of the matrices, and of the attention's two products.
func (m *model) multiplyAdds(tokens int) int {
	n := m.out.in * m.out.out
	for _, l := range m.layers {
		for _, d := range []*dense{&l.qkv, &l.mix, l.residual, &l.up, &l.down} {
			if d != nil {
				n += tokens * d.in * d.out
			}
		}
		n += 2 * tokens * tokens * l.width
	}
	return n
}

func TestMultiplyAddsOfTheShapes(t *testing.T) {
	m := shared(t).model
	// Per token 2.03 million in the first layer and 2.62 million in the second (query, key and value; mix; residual; up; down).
	const perToken = 256*768 + 256*512 + 256*512 + 2*512*1536 + 512*1536 + 512*512 + 2*512*1536
	if got, want := m.multiplyAdds(10), 512*512+10*perToken+2*100*(256+512); got != want {
		t.Errorf("10 tokens take %d multiply-adds, want %d", got, want)
	}
}

// BenchmarkLimit holds a question's time against what one core could do at best: the multiply-adds of the question, at the speed
// that the bare kernel has on data in the first cache. Kernel and question take turns; medians are reported.
func BenchmarkLimit(b *testing.B) {
	e, err := Shared()
	if err != nil {
		b.Fatal(err)
	}
	const question = "how many sessions do i need for acne scars?"
	const turns = 2000 // of the kernel at once
	t := anyTile(noFloor)
	t.in = Dim // 4 rows by 512 numbers, a panel of 512 by 32 weights: 20 KB
	tokens := len(e.tokens.tokenize(question))
	work := e.model.multiplyAdds(tokens)
	var peaks, took []float64
	for b.Loop() {
		start := time.Now()
		for range turns {
			t.multiply()
		}
		peaks = append(peaks, float64(turns*rowsAtOnce*panelWidth*t.in)/float64(time.Since(start).Nanoseconds()))
		start = time.Now()
		for range 10 {
			e.Encode(question)
		}
		took = append(took, float64(time.Since(start).Nanoseconds())/10)
	}
	slices.Sort(peaks)
	slices.Sort(took)
	peak, time := peaks[len(peaks)/2], took[len(took)/2]
	limit := float64(work) / peak
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(tokens), "tokens")
	b.ReportMetric(float64(work)/1e6, "M-multiply-adds")
	b.ReportMetric(peak, "G/s-of-the-kernel")
	b.ReportMetric(limit/1000, "µs-limit")
	b.ReportMetric(time/1000, "µs-question")
	b.ReportMetric(time/limit, "times-the-limit")
}

package eval

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// The picture's measures, in its own units.
const (
	pictureWidth, pictureHeight         = 760, 470
	plotLeft, plotTop                   = 70, 60
	plotRight, plotBottom               = 740, 410
	plotWidth, plotHeight       float64 = plotRight - plotLeft, plotBottom - plotTop
)

// colours of the lines: they are told apart also by those who see no red or green (Okabe, Ito 2008).
var colours = []string{"#000000", "#0072b2", "#d55e00", "#009e73"}

// WritePicture draws trade-offs as SVG: to the right what is left to buttons and to the clinic, upwards what is wrong. A dot is what
// the verdict really does.
func WritePicture(w io.Writer, title string, ts []Tradeoff) error {
	top := pictureTop(ts)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">`+"\n", pictureWidth, pictureHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", pictureWidth, pictureHeight)
	fmt.Fprintf(&b, `<text x="%d" y="28" font-size="16" font-weight="bold">%s</text>`+"\n", plotLeft, escaped(title))
	fmt.Fprintf(&b, `<text x="%d" y="48" fill="#555555">a line: every threshold for saying an entry; a dot: what the bot does</text>`+"\n", plotLeft)
	writeAxes(&b, top)
	for i, t := range ts {
		writeLine(&b, t, colours[i%len(colours)], top)
		writeLegend(&b, t, colours[i%len(colours)], i)
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// pictureTop returns where the upward axis ends: at the next full step above all lines.
func pictureTop(ts []Tradeoff) float64 {
	top := 0.0
	for _, t := range ts {
		top = max(top, t.Actual.Wrong)
		for _, p := range t.Points {
			top = max(top, p.Wrong)
		}
	}
	return max(0.05, math.Ceil(top*20-1e-9)/20)
}

func writeAxes(b *strings.Builder, top float64) {
	b.WriteString(`<g stroke="#dddddd" fill="none">` + "\n")
	for i := range 11 {
		fmt.Fprintf(b, `<path d="M%.1f %dV%d"/>`+"\n", across(float64(i)/10), plotTop, plotBottom)
	}
	steps := int(math.Round(top * 20))
	for i := range steps + 1 {
		fmt.Fprintf(b, `<path d="M%d %.1fH%d"/>`+"\n", plotLeft, upwards(float64(i)/20, top), plotRight)
	}
	b.WriteString("</g>\n")
	for i := range 11 {
		fmt.Fprintf(b, `<text x="%.1f" y="%d" text-anchor="middle">%d %%</text>`+"\n", across(float64(i)/10), plotBottom+18, 10*i)
	}
	for i := range steps + 1 {
		fmt.Fprintf(b, `<text x="%d" y="%.1f" text-anchor="end">%d %%</text>`+"\n", plotLeft-6, upwards(float64(i)/20, top)+4, 5*i)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">questions with an entry that are not answered at once, but by buttons or the clinic</text>`+"\n",
		(plotLeft+plotRight)/2, plotBottom+42)
	fmt.Fprintf(b, `<text transform="translate(18 %d) rotate(-90)" text-anchor="middle">wrong or false answers, of all</text>`+"\n", (plotTop+plotBottom)/2)
}

func writeLine(b *strings.Builder, t Tradeoff, colour string, top float64) {
	fmt.Fprintf(b, `<polyline fill="none" stroke="%s" stroke-width="2" points="%.1f,%.1f`, colour, across(1), upwards(0, top))
	last := TradeoffPoint{NotSaid: 1}
	for _, p := range t.Points {
		if p.NotSaid != last.NotSaid || p.Wrong != last.Wrong {
			fmt.Fprintf(b, " %.1f,%.1f", across(p.NotSaid), upwards(p.Wrong, top))
		}
		last = p
	}
	b.WriteString(`"/>` + "\n")
	fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="5.5" fill="%s" stroke="#ffffff" stroke-width="1.5"/>`+"\n", across(t.Actual.NotSaid), upwards(t.Actual.Wrong, top), colour)
}

func writeLegend(b *strings.Builder, t Tradeoff, colour string, i int) {
	x, y := plotRight-330, plotTop+22+20*i
	fmt.Fprintf(b, `<path d="M%d %dh28" stroke="%s" stroke-width="2"/><circle cx="%d" cy="%d" r="5.5" fill="%s"/>`+"\n", x, y-4, colour, x+14, y-4, colour)
	fmt.Fprintf(b, `<text x="%d" y="%d">%s: %.0f %% not at once, %.1f %% wrong</text>`+"\n", x+36, y, escaped(t.Name), 100*t.Actual.NotSaid, 100*t.Actual.Wrong)
}

func across(share float64) float64 { return plotLeft + share*plotWidth }

func upwards(share, top float64) float64 { return plotBottom - share/top*plotHeight }

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

package bot

import (
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-analyze/charts"
)

// The picture of /stats is made for a telephone: upright, few words, large. Its font has Latin letters only and shapes no Urdu, so
// it is in English for every admin; the words under it are in theirs.

const (
	chartWidth  = 900
	headHeight  = 200
	daysHeight  = 520
	titleHeight = 50
	topicHeight = 66 // of each bar
	topicsHead  = titleHeight + 40
)

// The colours of what a question was met with, and of words.
var (
	inkAnswered = charts.ColorRGB(34, 139, 94)
	inkOffered  = charts.ColorRGB(66, 126, 207)
	inkStaff    = charts.ColorRGB(232, 170, 50)
	inkUnknown  = charts.ColorRGB(201, 76, 76)
	inkTopic    = charts.ColorRGB(108, 122, 158)
	inkText     = charts.ColorRGB(40, 44, 52)
	inkFaint    = charts.ColorRGB(110, 116, 128)
)

// bar is a name and how often.
type bar struct {
	name string
	n    int64
}

// chart is what the picture shows.
type chart struct {
	clinic string
	days   []time.Time // oldest first; the last is today
	met    [4][]int64  // answered, choices, for the clinic, not known: of each day
	topics []bar       // most first
}

// draw returns the picture as a PNG.
func (c chart) draw() ([]byte, error) {
	height := headHeight + daysHeight
	if len(c.topics) > 0 {
		height += topicsHead + topicHeight*len(c.topics)
	}
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: chartWidth, Height: height, Theme: chartTheme})
	p.FilledRect(0, 0, chartWidth, height, charts.ColorWhite, charts.ColorWhite, 0)
	c.drawHead(p)
	if err := c.drawDays(child(p, "Questions, the last 7 days", headHeight, headHeight+daysHeight)); err != nil {
		return nil, fmt.Errorf("draw the days: %w", err)
	}
	if len(c.topics) > 0 {
		if err := c.drawTopics(child(p, "Topics", headHeight+daysHeight, height)); err != nil {
			return nil, fmt.Errorf("draw the topics: %w", err)
		}
	}
	return p.Bytes()
}

var chartTheme = charts.GetTheme(charts.ThemeLight).WithTextColor(inkText).WithSeriesColors([]charts.Color{inkAnswered, inkOffered, inkStaff, inkUnknown})

// child is the place for a part of the picture, under its title.
func child(p *charts.Painter, title string, top, bottom int) *charts.Painter {
	p.Text(title, 40, top+40, 0, style(24, inkText))
	return p.Child(charts.PainterBoxOption(charts.NewBox(0, top+titleHeight, chartWidth, bottom)))
}

// drawHead writes the week's sums in large figures.
func (c chart) drawHead(p *charts.Painter) {
	p.Text(latin(c.clinic), 40, 50, 0, style(22, inkFaint))
	figures := []struct {
		name string
		n    int64
		ink  charts.Color
	}{{"asked", 0, inkText}, {"answered", sum(c.met[0]), inkAnswered}, {"choices", sum(c.met[1]), inkOffered}, {"for clinic", sum(c.met[2]), inkStaff}, {"not known", sum(c.met[3]), inkUnknown}}
	for _, f := range figures[1:] {
		figures[0].n += f.n
	}
	for i, f := range figures {
		x := 40 + i*(chartWidth-60)/len(figures)
		p.Text(strconv.FormatInt(f.n, 10), x, 130, 0, style(46, f.ink))
		p.Text(f.name, x, 170, 0, style(20, inkFaint))
	}
}

func (c chart) drawDays(p *charts.Painter) error {
	values := make([][]float64, len(c.met))
	most := int64(0)
	for i, counts := range c.met {
		for _, n := range counts {
			values[i] = append(values[i], float64(n))
		}
	}
	labels := make([]string, len(c.days))
	for i, d := range c.days {
		labels[i] = d.Format("Mon 2")
		day := int64(0)
		for _, counts := range c.met {
			day += counts[i]
		}
		most = max(most, day)
	}
	opt := charts.NewBarChartOptionWithData(values)
	opt.Theme = chartTheme
	opt.Padding = charts.NewBox(30, 20, 30, 20)
	opt.StackSeries = charts.Ptr(true)
	opt.Legend = charts.LegendOption{Show: charts.Ptr(false)} // the figures above have the colours and names
	opt.CategoryAxis = charts.CategoryAxisOption{Labels: labels, LabelCount: len(labels), LabelFontStyle: style(17, inkText)}
	opt.ValueAxis = []charts.ValueAxisOption{{LabelFontStyle: style(20, inkFaint), Min: charts.Ptr(0.0), Unit: unit(most)}}
	opt.ValueFormatter = whole
	return p.BarChart(opt)
}

func (c chart) drawTopics(p *charts.Painter) error {
	values, labels := make([]float64, len(c.topics)), make([]string, len(c.topics))
	for i, t := range c.topics {
		at := len(c.topics) - 1 - i // the first bar stands at the bottom
		values[at], labels[at] = float64(t.n), cut(latin(t.name), 22)
	}
	opt := charts.NewBarChartOptionWithData([][]float64{values})
	opt.Theme = chartTheme.WithSeriesColors([]charts.Color{inkTopic})
	opt.Horizontal = true
	opt.Padding = charts.NewBox(30, 20, 60, 20)
	opt.Legend = charts.LegendOption{Show: charts.Ptr(false)}
	opt.CategoryAxis = charts.CategoryAxisOption{Labels: labels, LabelFontStyle: style(20, inkText)}
	opt.ValueAxis = []charts.ValueAxisOption{{Show: charts.Ptr(false), Min: charts.Ptr(0.0)}}
	opt.SeriesList[0].Label = charts.SeriesLabel{Show: charts.Ptr(true), FontStyle: style(20, inkText), ValueFormatter: whole}
	opt.ValueFormatter = whole
	return p.BarChart(opt)
}

func style(size float64, ink charts.Color) charts.FontStyle {
	return charts.FontStyle{FontSize: size, FontColor: ink}
}

func whole(v float64) string { return strconv.FormatInt(int64(v), 10) }

// unit keeps the scale at whole numbers.
func unit(most int64) float64 { return float64(max(1, (most+4)/5)) }

func sum(ns []int64) (all int64) {
	for _, n := range ns {
		all += n
	}
	return all
}

// latin leaves out what the picture's font cannot show.
func latin(s string) string {
	out := make([]rune, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		if r < 0x250 {
			out = append(out, r)
		}
	}
	return string(out)
}

package main

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

var drawScreens = flag.Bool("screens", false, "draw the pictures of docs/screens anew")

const maxScreen = 150_000 // bytes of a picture

// TestScreens plays on faq.json and draws the pictures that the documents show:
//
//	go test ./cmd/skindesk -run TestScreens -screens
func TestScreens(t *testing.T) {
	if !*drawScreens {
		t.Skip("the pictures are drawn only with -screens")
	}
	s := openScreen(t, filepath.Join("..", "..", "faq.json"))
	s.size(1280, 800, false)
	s.starts(adminPane)
	s.drawEnglish()
	s.drawRomanUrdu()
	s.drawUrdu()
	s.drawWorld()
	if faults := s.complaints(); len(faults) > 0 {
		t.Errorf("the page complains: %q", faults)
	}
}

// TestScreensVisit draws the moments of a visit, at a clinic that has set its hours.
func TestScreensVisit(t *testing.T) {
	if !*drawScreens {
		t.Skip("the pictures are drawn only with -screens")
	}
	s := openScreen(t, filepath.Join("testdata", "clinic.json"))
	s.size(1280, 800, false)
	s.playVisit(func(moment string) { s.draw("visit-" + moment) })
}

// draw keeps a picture of the page as it is.
func (s *screen) draw(name string) {
	s.t.Helper()
	s.still()
	s.eval(`() => { for (const l of document.querySelectorAll(".log")) l.scrollTop = l.scrollHeight; document.activeElement.blur(); }`)
	shot, err := chromedp.Run(s.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		s.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		s.t.Fatal(err)
	}
	var small bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, fewColours(img)); err != nil {
		s.t.Fatal(err)
	}
	if small.Len() > maxScreen {
		s.t.Errorf("%s has %d bytes, more than %d", name, small.Len(), maxScreen)
	}
	if err := os.WriteFile(filepath.Join("..", "..", "docs", "screens", name+".png"), small.Bytes(), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// fewColours is the picture in its 256 most frequent colours: those of a page are few, and a text's edges are shades of them.
func fewColours(img image.Image) *image.Paletted {
	round := func(c color.Color) color.RGBA {
		r, g, b, _ := c.RGBA()
		near := func(v uint32) uint8 { return uint8(min((v>>8+4)&^7, 255)) }
		return color.RGBA{near(r), near(g), near(b), 255}
	}
	count, exact := map[color.RGBA]int{}, map[color.RGBA]map[color.Color]int{}
	box := img.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := img.At(x, y)
			near := round(c)
			count[near]++
			if exact[near] == nil {
				exact[near] = map[color.Color]int{}
			}
			exact[near][c]++
		}
	}
	frequent := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int { return count[b] - count[a] })
	var palette color.Palette
	for _, near := range frequent[:min(len(frequent), 256)] {
		shades := exact[near] // the most frequent of them keeps large areas exactly as they are
		palette = append(palette, slices.MaxFunc(slices.Collect(maps.Keys(shades)), func(a, b color.Color) int { return shades[a] - shades[b] }))
	}
	small := image.NewPaletted(box, palette)
	index := map[color.RGBA]uint8{}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			near := round(img.At(x, y))
			if _, known := index[near]; !known {
				index[near] = uint8(palette.Index(near))
			}
			small.SetColorIndex(x, y, index[near])
		}
	}
	return small
}

// drawEnglish: a choice on a phone, and a question that goes to the team and comes back.
func (s *screen) drawEnglish() {
	w := wordsOf(s.t, "en")
	s.picks("Anna")
	s.starts(patientPane)
	s.sees(patientPane, "/start")
	s.says(patientPane, "results")
	s.sees(patientPane, w("choose"))
	s.size(360, 740, false)
	s.draw("phone-light-choices")
	s.size(1280, 800, false)
	s.tapsFirst(patientPane)
	s.says(patientPane, "what does one session cost?")
	s.taps(patientPane, w("button_ask"))
	s.taps(patientPane, w("button_send"))
	s.sees(teamPane, "what does one session cost")
	s.taps(teamPane, w("button_take"))
	s.replies(teamPane, "what does one session cost", "It depends on the area, Anna. We gladly tell you the price before anything begins.")
	s.sees(patientPane, before(w("relay")), "depends on the area")
	s.draw("desk-light-reply")
}

func (s *screen) drawRomanUrdu() {
	s.picks("Ayesha")
	s.starts(patientPane)
	s.sees(patientPane, "/start")
	s.says(patientPane, "kitne session lagte hain?")
	s.sees(patientPane, wordsOf(s.t, "ur-Latn")("button_not_meant"))
	s.size(360, 740, false)
	s.draw("phone-light-roman-urdu")
}

func (s *screen) drawUrdu() {
	w := wordsOf(s.t, "ur")
	s.picks("نور")
	s.starts(patientPane)
	s.sees(patientPane, "/start")
	s.says(patientPane, "کتنے سیشن لگتے ہیں")
	s.sees(patientPane, w("button_not_meant"))
	s.size(360, 740, true)
	s.draw("phone-dark-urdu")
	s.size(1280, 800, true)
	s.says(patientPane, "قیمت کیا ہے؟")
	s.taps(patientPane, w("button_ask"))
	s.taps(patientPane, w("button_send"))
	s.sees(teamPane, "قیمت کیا ہے؟")
	s.draw("desk-dark-urdu")
	s.size(360, 740, true)
	s.tab(2)
	s.draw("phone-dark-team")
	s.tab(1)
}

// drawWorld: the clock's panel, and an outage with its panel.
func (s *screen) drawWorld() {
	s.size(1280, 800, false)
	s.picks("Anna")
	s.fault("Telegram is away", true)
	s.says(patientPane, "how long do the results last?")
	s.until("waiting", `() => !document.querySelector("#faults b").hidden`)
	s.opens("faults")
	s.draw("desk-light-network")
	s.eval(`() => document.querySelector(".pop").hidePopover()`)
	s.fault("Telegram is away", false)
}

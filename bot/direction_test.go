package bot

import (
	"os"
	"strings"
	"testing"

	"skindesk/faq"
)

func TestLinesOfUrduKeepTheirOrder(t *testing.T) {
	const ltr, rtl = leftToRight, rightToLeft
	for text, want := range map[string]string{
		"آپ کا نمبر <b>#{case}</b> ہے۔":    "آپ کا نمبر <b>" + ltr + "#{case}</b> ہے۔",
		"بات فوری ہے (#{case})، لیکن":      "بات فوری ہے " + ltr + "(#{case})، لیکن",
		"<b>#{case}: کنفرم ہے</b>":         rtl + "<b>#{case}: کنفرم ہے</b>",
		"⏰ #{case}: مریض نے":               rtl + "⏰ " + ltr + "#{case}: مریض نے",
		"{name} اب ٹیم میں نہیں":           rtl + "{name} اب ٹیم میں نہیں",
		"مزید: /privacy":                   "مزید: " + ltr + "/privacy",
		"<b>ٹیم</b>\n#{case} خالی ہے":      "<b>ٹیم</b>\n" + rtl + "#{case} خالی ہے",
		"{day}: {hours}":                   "{day}: {hours}",
		"/season start NAME":               "/season start NAME",
		"Aap ka number #{case} hai":        "Aap ka number #{case} hai",
		"دیکھیے: https://example.org/a/b":  "دیکھیے: https://example.org/a/b",
		"🔔 چاہتے ہیں کہ <i>حال</i> پوچھیں": "🔔 چاہتے ہیں کہ <i>حال</i> پوچھیں",
	} {
		if got := directed(text); got != want {
			t.Errorf("directed(%q) = %q, want %q", text, got, want)
		}
	}
	for value, want := range map[string]string{
		"1042": "1042", "11:30": "11:30", "25/12": "25/12", "Anna": "Anna", "کتنے سیشن؟": "کتنے سیشن؟", "": "",
		"+92 300 1234567": ltr + "+92 300 1234567", "0300 1234567": ltr + "0300 1234567", "how much?": "how much?" + ltr, "2027-02-08": ltr + "2027-02-08",
	} {
		if got := within("آپ نے لکھا: {x}", value); got != want {
			t.Errorf("in Urdu, %q stands as %q, want %q", value, got, want)
		}
		if got := within("You wrote: {x}", value); got != value {
			t.Errorf("in English, %q stands as %q", value, got)
		}
	}
}

// No text file holds a mark that cannot be seen, and what is said never has two of them in a row, of which Telegram would drop one.
func TestMarksOfDirectionAreSetInOnePlace(t *testing.T) {
	for _, l := range faq.Languages {
		data, err := os.ReadFile("text/" + string(l) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		for _, mark := range []string{leftToRight, rightToLeft, `\u200`, `\u206`} {
			if strings.Contains(string(data), mark) {
				t.Errorf("%s: the file holds %q", l, mark)
			}
		}
		all, err := Sentences(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if strings.Contains(s.Text, rightToLeft+leftToRight) || strings.Contains(s.Text, leftToRight+rightToLeft) {
				t.Errorf("%s, %s: two marks in a row: %q", l, s.Name, s.Text)
			}
		}
	}
}

package bot

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"skindesk/faq"
	"skindesk/preview"
)

var placeholder = regexp.MustCompile(`\{[a-z]*\}`)

// Every language has every text, with the same values in it, and Telegram can show it.
func TestTextsAreComplete(t *testing.T) {
	english, err := Texts(faq.English)
	if err != nil {
		t.Fatal(err)
	}
	keys := textKeys()
	for _, l := range faq.Languages {
		texts, err := Texts(l)
		if err != nil {
			t.Fatal(err)
		}
		for key, field := range keys {
			if texts[key] == "" {
				t.Errorf("%s: the text %q (%s) is missing", l, key, field)
			}
		}
		for key, text := range texts {
			if keys[key] == "" {
				t.Errorf("%s: no code says %q", l, key)
			}
			got, want := placeholder.FindAllString(text, -1), placeholder.FindAllString(english[key], -1)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q has the values %q, in English %q", l, key, got, want)
			}
			if _, _, err := preview.ParseHTML(text); err != nil {
				t.Errorf("%s: %q: %v", l, key, err)
			}
			if n := units(text); strings.HasPrefix(key, "button_") && n > 30 || strings.HasPrefix(key, "tap_") && n > 180 {
				t.Errorf("%s: %q has %d characters, too many for where it stands", l, key, n)
			}
			if strings.HasPrefix(key, "tap_") && strings.ContainsAny(text, "<&") {
				t.Errorf("%s: %q has markup, which a small notice shows as it stands", l, key)
			}
		}
	}
}

// textKeys maps the keys of the files to the fields of words.
func textKeys() map[string]string {
	keys := map[string]string{}
	w := reflect.TypeFor[words]()
	for i := range w.NumField() {
		if !w.Field(i).IsExported() {
			continue // no text
		}
		keys[w.Field(i).Tag.Get("json")] = w.Field(i).Name
	}
	return keys
}

// A text that nothing says any more is taken out.
func TestTextsAreUsed(t *testing.T) {
	unused := map[string]bool{}
	for _, field := range textKeys() {
		unused[field] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				delete(unused, s.Sel.Name)
			}
			return true
		})
	}
	for _, field := range slices.Sorted(maps.Keys(unused)) {
		t.Errorf("no code says words.%s", field)
	}
}

func TestFillEscapes(t *testing.T) {
	if got, want := fill("<b>{name}</b> & {other}", "name", "<i>{other}", "other", "x"), "<b>&lt;i&gt;{other}</b> & x"; got != want {
		t.Errorf("fill = %q, want %q", got, want)
	}
}

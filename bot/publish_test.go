package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// board is a clinic's file on a disk that can fail.
type board struct {
	data   []byte // nil: none
	broken error  // for writing
	race   []byte // what somebody saves in the moment of the next writing
	aside  []byte
}

func (d *board) file() FAQFile {
	return FAQFile{
		Read: func() ([]byte, error) {
			if d.data == nil {
				return nil, fs.ErrNotExist
			}
			return d.data, nil
		},
		Replace: func(known string, data []byte) error {
			if d.race != nil {
				d.data, d.race = d.race, nil
			}
			if d.broken != nil {
				return d.broken
			}
			if d.data != nil && sumOf(d.data) != known {
				return ErrFileChanged
			}
			d.data = data
			return nil
		},
		SetAside: func(data []byte) (string, error) {
			d.aside = data
			return "faq.aside.json", d.broken
		},
	}
}

// indexOutside makes indexes where no bubble is: bleve works with goroutines of the whole process.
type indexOutside struct {
	orders chan *faq.FAQ
	made   chan *index.Index
}

func newIndexOutside(t *testing.T) *indexOutside {
	in := &indexOutside{orders: make(chan *faq.FAQ), made: make(chan *index.Index)}
	go func() {
		for f := range in.orders {
			ix, err := index.New(context.Background(), f)
			if err != nil {
				t.Error(err)
			}
			in.made <- ix
		}
	}()
	t.Cleanup(func() { close(in.orders) })
	return in
}

func (in *indexOutside) build(_ context.Context, f *faq.FAQ) (*index.Index, error) {
	in.orders <- f
	return <-in.made, nil
}

// inPublishing runs a test in a clinic with a file on a disk, which is in force as version 1.
func inPublishing(t *testing.T, test func(c *clinic, d *board, now string)) {
	data, err := os.ReadFile("testdata/faq.json")
	if err != nil {
		t.Fatal(err)
	}
	d := &board{data: data}
	in := newIndexOutside(t)
	inClinicWith(t, func(cfg *Config) { cfg.Build, cfg.File = in.build, d.file() }, func(c *clinic) {
		c.live.Pin() // the tests' own index stays
		if err := c.bot.Adopt(context.Background(), data); err != nil {
			t.Fatal(err)
		}
		test(c, d, string(data))
	})
}

// save edits the file, as an editor and the watch would.
func (c *clinic) save(d *board, content string) {
	c.t.Helper()
	d.data = []byte(content)
	if err := c.bot.FileChanged(context.Background(), d.data); err != nil {
		c.t.Error(err)
	}
	c.settle()
}

func (c *clinic) active() (v store.FAQVersion) {
	c.t.Helper()
	err := c.store.View(context.Background(), func(tx *store.Tx) (err error) { v, err = tx.ActiveFAQ(); return err })
	if err != nil {
		c.t.Error(err)
	}
	return v
}

// adminRead wants the newest message of the admin to hold these.
func (c *clinic) adminRead(pieces ...string) {
	c.t.Helper()
	text := c.admin.Last().Text
	for _, p := range pieces {
		if !strings.Contains(text, p) {
			c.t.Errorf("the admin does not read %q in %q", p, text)
		}
	}
}

func TestAnUndoThatCannotBeWrittenHoldsAllTheSame(t *testing.T) {
	inPublishing(t, func(c *clinic, d *board, first string) {
		second := strings.Replace(first, "six to eight", "nine", 1)
		c.save(d, second)
		d.broken = errors.New("read-only file system")
		c.admin.Say("/faq undo")
		c.settle()
		c.adminRead("may not write faq.json", "read-only file system")
		if v := c.active(); v.N != 3 || v.Restores != 1 || string(d.data) != second {
			t.Errorf("version %+v, on the disk the second: %v", v, string(d.data) == second)
		}
		before := len(c.admin.Messages())
		c.save(d, second) // looked at again: it is not an edit
		if n := len(c.admin.Messages()); n != before || c.active().N != 3 {
			t.Errorf("what an undo could not overwrite came back: %d messages", n-before)
		}
		body, err := InForce(context.Background(), c.store, d.data)
		if err != nil || string(body) != first {
			t.Errorf("a start would answer from something else: %v", err)
		}
		d.broken = nil
		if err := c.bot.Adopt(context.Background(), body); err != nil || string(d.data) != first {
			t.Errorf("a start that may write does not: %v", err)
		}
		c.save(d, second) // now it is an edit
		c.adminRead("version 4")
	})
}

func TestAnEditInTheMomentOfAnUndoIsNotOverwritten(t *testing.T) {
	inPublishing(t, func(c *clinic, d *board, first string) {
		c.save(d, strings.Replace(first, "six to eight", "nine", 1))
		d.race = []byte(strings.Replace(first, "six to eight", "twelve", 1))
		c.admin.Say("/faq undo")
		c.settle()
		c.adminRead("in the same moment", "not overwritten")
		c.save(d, string(d.data)) // as the watch does
		c.adminRead("version 4", "sessions-count")
		if !strings.Contains(string(d.data), "twelve") {
			t.Error("the edit is lost")
		}
	})
}

func TestAFaultyFileThatCannotBeSetAsideStays(t *testing.T) {
	inPublishing(t, func(c *clinic, d *board, first string) {
		c.save(d, "{")
		c.adminRead("Faults in faq.json", "1:")
		d.broken = errors.New("no space left")
		c.admin.Say("/faq undo")
		c.settle()
		c.adminRead("no space left")
		if string(d.data) != "{" {
			t.Error("it was overwritten")
		}
		d.broken = nil
		c.admin.Say("/faq undo")
		c.settle()
		c.adminRead("taken back to version 1", "faq.aside.json")
		if string(d.data) != first || string(d.aside) != "{" {
			t.Errorf("on the disk %.20q, aside %.20q", d.data, d.aside)
		}
	})
}

func TestAnEntryThatNothingFindsIsAFault(t *testing.T) {
	inPublishing(t, func(c *clinic, d *board, first string) {
		hidden := `{"id": "hidden", "questions": {"en": ["how many sessions do i need"]}, "answer": {"en": "Never said."}},`
		var many strings.Builder
		for i := range 4 { // the same question in so many entries that choices have no room for all
			many.WriteString(strings.Replace(hidden, `"hidden"`, fmt.Sprintf(`"hidden-%d"`, i), 1))
		}
		c.save(d, strings.Replace(first, `"entries": [`, `"entries": [`+many.String(), 1))
		c.adminRead("Faults in faq.json", "none of its questions finds this entry")
		if v := c.active(); v.N != 1 {
			t.Errorf("version %d is in force", v.N)
		}
	})
}

func TestFaultsAreSplitOverMessagesOrCloseToThem(t *testing.T) {
	one := faq.Fault{Line: 12, Column: 5, Entry: "sessions-count", Reason: strings.Repeat("<x> & ", 40), Hint: "mend it"}
	for _, n := range []int{1, 20, 60, 900} {
		faults := make(faq.Faults, n)
		for i := range faults {
			faults[i] = one
			faults[i].Line = i + 1
		}
		memos := faultMemos("<b>head</b>", faults)
		told, document := "", ""
		for _, m := range memos {
			if units(faq.Plain(m.text)) > maxMessage {
				t.Errorf("%d faults: a message has %d units", n, units(faq.Plain(m.text)))
			}
			told += m.text
			document += string(m.file.Body)
		}
		if !strings.HasPrefix(told, "<b>head</b>") || len(memos) > maxFaultMemos+1 {
			t.Errorf("%d faults: %d messages, the first begins %.20q", n, len(memos), told)
		}
		last := fmt.Sprintf("%d:5", n)
		if !strings.Contains(told, "<code>"+last+"</code>") && !strings.Contains(document, "\n"+last+": ") {
			t.Errorf("%d faults: the last is not told", n)
		}
	}
}

package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"skindesk/preview"
)

// TestTheFileChangesWhileQuestionsAreAnswered replaces faq.json again and again, every second time by a faulty one, while 20 questions a
// second are asked. Every question must get its answer, whole and from one version; no chat may hear an older version after a newer one;
// the admin must be told of every file; and the memory must not grow. LIVE_REPLACEMENTS says how many files (the usual few are quick).
func TestTheFileChangesWhileQuestionsAreAnswered(t *testing.T) {
	replacements := 12
	if n, err := strconv.Atoi(os.Getenv("LIVE_REPLACEMENTS")); err == nil {
		replacements = n
	}
	l := newLiveClinic(t)
	stop, asked := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(asked)
		l.askUntil(stop)
	}()
	before := uint64(0)
	for i := 1; i <= replacements; i++ {
		l.replace(i)
		if i == max(2, replacements/10) {
			before = heap()
		}
	}
	after := heap()
	close(stop)
	<-asked
	l.checkAnswers()
	told := l.told()
	t.Logf("%d files (half of them faulty), %d questions (%d of them two at once) in %d chats; %d words to the admin; heap %.1f MB after the first files, %.1f MB after the last; slowest file %v",
		replacements, l.questions(), l.double, len(l.patients), told, float64(before)/1e6, float64(after)/1e6, l.slowest.Round(time.Millisecond))
	if l.double == 0 {
		t.Error("no answer could have been mixed of two versions")
	}
	if told != replacements {
		t.Errorf("the admin was told %d times of %d files", told, replacements)
	}
	if after > before+8<<20+uint64(l.questions())*standInKeeps {
		t.Errorf("the heap has grown from %d to %d bytes", before, after)
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC() // what finalizers let go
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

const (
	standInKeeps = 16 << 10 // bytes of a question, its answer and their calls, which the stand-in never forgets

	liveChats = 80 // so that nobody asks more often than a patient may
	liveRate  = 20 // questions a second
)

// liveClinic is a running skindesk whose file is changed.
type liveClinic struct {
	t        *testing.T
	path     string
	admin    *preview.Person
	patients []*preview.Person
	asked    [][]int // the ids of their questions
	slowest  time.Duration
	double   int // answers to two questions at once
}

func newLiveClinic(t *testing.T) *liveClinic {
	telegram := preview.New(preview.Options{})
	t.Cleanup(telegram.Close)
	l := &liveClinic{t: t, path: filepath.Join(t.TempDir(), "faq.json"), admin: telegram.Person("Admin"), asked: make([][]int, liveChats)}
	group := telegram.Supergroup("Clinic", l.admin)
	for i := range liveChats {
		l.patients = append(l.patients, telegram.Person("Patient "+strconv.Itoa(i)))
	}
	put(t, l.path, liveFAQ(0), 0o644)
	withoutDotenv(t, smallFAQ)
	c, err := readConfig(func(name string) (string, bool) {
		v, ok := map[string]string{
			"TELEGRAM_BOT_TOKEN": telegram.Token(), "TELEGRAM_API_URL": "http://telegram.preview", "FAQ_FILE": l.path, "DATA_DIR": t.TempDir(),
			"STAFF_CHAT_ID": id(group.ID()), "ADMIN_IDS": id(l.admin.ID()), "SEND_RATE": "3000",
		}[name]
		return v, ok
	})
	if err != nil {
		t.Fatal(err)
	}
	c.client = telegram.Client()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := start(ctx, c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s.watch.pace = pace{rest: 10 * time.Millisecond, most: time.Second, settle: 20 * time.Millisecond, absent: time.Hour, look: time.Second}
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	l.admin.Say("/start")
	l.await("the bot to start", func() bool { return l.admin.Last().FromBot })
	return l
}

// liveWordings are what is asked; each finds an entry of liveFAQ, the last two find two.
var liveWordings = []string{
	"how many sessions do i need", "number of sessions", "how many treatments are necessary",
	"does it hurt", "is the needling painful", "how painful is the treatment",
	"how long do the results last", "when does the effect wear off", "is the effect permanent",
	"why do i need sunscreen", "do i have to use sunblock", "is sun protection important",
	"how many sessions do i need? and does it hurt?", "how long do the results last? and why do i need sunscreen?",
}

// liveFAQ is a small file whose every answer names its version.
func liveFAQ(version int) string {
	var b strings.Builder
	b.WriteString(`{"clinic": {"name": "Clinic", "timezone": "Asia/Karachi", "languages": ["en"], "example": true}, "entries": [`)
	for i, id := range []string{"sessions", "pain", "results", "sun"} {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n{\"id\": %q, \"questions\": {\"en\": [%q, %q, %q]}, \"answer\": {\"en\": \"What the clinic says of %s in v%d.\"}}",
			id, liveWordings[3*i], liveWordings[3*i+1], liveWordings[3*i+2], id, version)
	}
	return b.String() + "\n]}\n"
}

// replace puts the i-th file in place, a good one or a faulty one, in one of the ways in which editors do it, and waits until the
// admin reads of it.
func (l *liveClinic) replace(i int) {
	content, word := liveFAQ(i), fmt.Sprintf("in force as version %d", 1+i/2)
	if i%2 == 1 {
		content = strings.Replace(content, `"answer"`, fmt.Sprintf(`"answer%d"`, i), 1)
		word = fmt.Sprintf(`unknown field "answer%d"`, i)
	}
	began := time.Now()
	if i%4 < 2 {
		put(l.t, l.path, content, 0o644)
	} else {
		put(l.t, l.path+".new", content, 0o644)
		if err := os.Rename(l.path+".new", l.path); err != nil {
			l.t.Fatal(err)
		}
	}
	l.await("“"+word+"”", func() bool { return strings.Contains(l.admin.Last().Text, word) })
	l.slowest = max(l.slowest, time.Since(began))
}

func (l *liveClinic) await(what string, so func() bool) {
	l.t.Helper()
	for deadline := time.Now().Add(time.Minute); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			l.t.Fatalf("waited in vain for %s; the admin has %q", what, l.admin.Last().Text)
		}
	}
}

// askUntil has the patients ask in turn.
func (l *liveClinic) askUntil(stop <-chan struct{}) {
	tick := time.NewTicker(time.Second / liveRate)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		case <-tick.C:
			i := n % liveChats
			l.asked[i] = append(l.asked[i], l.patients[i].Say(liveWordings[(n/liveChats+i)%len(liveWordings)]).ID)
		}
	}
}

func (l *liveClinic) questions() (n int) {
	for _, ids := range l.asked {
		n += len(ids)
	}
	return n
}

// told counts the words about files that the admin has got.
func (l *liveClinic) told() (n int) {
	for _, m := range l.admin.Messages() {
		if m.FromBot && strings.Contains(m.Text, "faq.json") {
			n++
		}
	}
	return n
}

var liveVersion = regexp.MustCompile(`in v(\d+)\.`)

// checkAnswers waits for every answer and looks at each.
func (l *liveClinic) checkAnswers() {
	l.t.Helper()
	for i, p := range l.patients {
		var answers []preview.Message
		l.await("all answers of "+p.Name(), func() bool {
			answers = slices.DeleteFunc(p.Messages(), func(m preview.Message) bool { return !m.FromBot })
			return len(answers) >= len(l.asked[i])
		})
		newest := 0
		for k, a := range answers {
			if a.ReplyTo != l.asked[i][k] {
				l.t.Errorf("%s: message %d answers %d, want %d", p.Name(), a.ID, a.ReplyTo, l.asked[i][k])
			}
			newest = l.checkAnswer(p, a, newest)
		}
	}
}

// checkAnswer wants what is said to be from one version, not older than what was heard before. It returns that version.
func (l *liveClinic) checkAnswer(p *preview.Person, a preview.Message, newest int) int {
	l.t.Helper()
	said := liveVersion.FindAllStringSubmatch(a.Text, -1)
	if len(said) == 0 {
		l.t.Errorf("%s got no answer: %q", p.Name(), a.Text)
		return newest
	}
	if len(said) > 1 {
		l.double++
	}
	for _, s := range said {
		v, _ := strconv.Atoi(s[1])
		if s[1] != said[0][1] || v < newest || v%2 == 1 {
			l.t.Errorf("%s, who had heard version %d, got %q", p.Name(), newest, a.Text)
		}
		newest = max(newest, v)
	}
	return newest
}

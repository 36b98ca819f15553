package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing/synctest"
	"time"

	"skindesk/preview"
)

// person is somebody of the scripts.
type person struct {
	*preview.Person
	name string
	home *preview.Group // where this person usually writes; nil: the private chat
}

func (p *person) key() string { return strings.ToLower(p.name) }

// place is one person's view of one chat.
type place struct {
	*preview.Person
	name string
	as   string // how a failure names it
}

// at returns the person in the place that the line names, or usually.
func (w *world) at(p *person, args []string) (place, []string) {
	where := "private"
	if p.home != nil {
		where = "team"
	}
	if len(args) > 2 && args[0] == "in" {
		where, args = args[1], args[2:]
	}
	here := place{Person: p.Person, name: p.name, as: p.name + " in " + where}
	switch where {
	case "private":
	case "team":
		here.Person = p.In(w.team)
	case "other":
		here.Person = p.In(w.other)
	default:
		w.failf("no place is called %q", where)
	}
	return here, args
}

// text reads an argument: a file of the script, a Go string, or as it stands.
func (w *world) text(arg string) string {
	switch {
	case strings.HasPrefix(arg, "@"):
		return strings.TrimSuffix(w.ts.ReadFile(arg[1:]), "\n")
	case len(arg) > 1 && arg[0] == '"':
		s, err := strconv.Unquote(arg)
		w.check(err)
		return s
	}
	return arg
}

// line plays one line of a person.
func (w *world) line(p *person, args []string) {
	here, args := w.at(p, args)
	if len(args) == 0 {
		w.failf("%s does what?", p.name)
	}
	verb, args := args[0], args[1:]
	if verb == "anonymously" && len(args) > 0 {
		here.Person, verb, args = here.Anonymous(), args[0], args[1:]
	}
	if look, ok := looks[verb]; ok {
		look(w, here, args)
		return
	}
	act, ok := acts[verb]
	if !ok {
		w.failf("nobody can %q; acts are %s, looks %s", verb, keys(acts), keys(looks))
	}
	w.act(func() { act(w, here, args) })
}

func keys[V any](m map[string]V) string { return strings.Join(slices.Sorted(maps.Keys(m)), " ") }

// act does something and lets its effect settle; what is seen afterwards is compared with what was seen before.
func (w *world) act(do func()) {
	w.mark()
	do()
	w.settle(time.Second)
}

// acts are what people do.
var acts = map[string]func(w *world, p place, args []string){
	"says": func(w *world, p place, args []string) {
		for _, text := range args {
			p.Say(text)
		}
	},
	"replies":  reply,
	"requests": request,
	"edits": func(w *world, p place, args []string) {
		args = w.split(args, "to", 2)
		p.Edit(w.own(p, args[0]), args[1])
	},
	"deletes":  func(w *world, p place, args []string) { p.Delete(w.find(p, strings.Join(args, " "))) },
	"taps":     tap,
	"forges":   forge,
	"shares":   share,
	"sends":    send,
	"blocks":   func(w *world, p place, _ []string) { p.Block() },
	"unblocks": func(w *world, p place, _ []string) { p.Unblock() },
	"leaves":   func(w *world, p place, _ []string) { p.DeleteAccount() },
	"follows":  follow,
	"enters":   func(w *world, p place, _ []string) { w.team.Add(p.Person) },
	"quits":    func(w *world, p place, _ []string) { w.team.Remove(p.Person) },
	"forbids":  func(w *world, _ place, _ []string) { w.team.NoReactions() },
	"promotes": func(w *world, _ place, _ []string) { w.team.PromoteBot() },
	"adds":     func(w *world, p place, _ []string) { w.other = w.telegram.Supergroup("Another group", p.Person) },
	"removes":  func(w *world, p place, _ []string) { w.team.RemoveBot() },
	"silences": func(w *world, _ place, _ []string) { w.team.SilenceBot() },
	"brings":   func(w *world, p place, _ []string) { w.team.AddBot() },
}

// request fills in a request for a visit with typed words and sends it: treatment, day, part of the day, and a number if one is given.
func request(w *world, p place, args []string) {
	if len(args) < 3 || len(args) > 4 {
		w.failf("usage: requests 'Micro-needling' 'monday' 'morning' ['0300 1234567']")
	}
	phone := "no phone please"
	if len(args) == 4 {
		phone = args[3]
	}
	for _, text := range []string{"/book", args[0], args[1], args[2], p.name, phone, "skip", "Skip the questions", "send"} {
		if text == "Skip the questions" {
			if _, err := p.Tap(text); err != nil {
				continue // the clinic asks nothing before
			}
		} else {
			p.Say(text)
		}
		w.settle(4 * time.Second) // a chat gets a message a second
	}
}

func reply(w *world, p place, args []string) {
	args = slices.Clone(args)
	n := slices.Index(args, "to") + 1
	first := n > 0 && n < len(args)-1 && args[n] == "first"
	if first {
		args = slices.Delete(args, n, n+1)
	}
	with := len(args) > 0 && args[0] == "with"
	if with {
		args = args[1:]
	}
	n = slices.Index(args, "to")
	if n < 1 || n != len(args)-2 {
		w.failf("usage: replies 'x' to 'y', replies with album ['caption'] to 'y'")
	}
	to := w.find(p, args[n+1])
	if first {
		to = w.oldest(p, args[n+1])
	}
	if with {
		p.Person = p.Answering(to)
		send(w, p, args[:n])
		return
	}
	p.Reply(to, strings.Join(args[:n], " "))
}

var startCode = regexp.MustCompile(`\?start=([A-Za-z0-9_-]+)`)

// follow opens the newest link to the bot that somebody else has in their private chat.
func follow(w *world, p place, args []string) {
	if len(args) != 1 || w.people[args[0]] == nil {
		w.failf("usage: follows omar")
	}
	code := ""
	for _, m := range w.people[args[0]].Messages() {
		if found := startCode.FindStringSubmatch(m.Text); found != nil {
			code = found[1]
		}
	}
	if code == "" {
		w.failf("%s has got no link", args[0])
	}
	p.Say("/start " + code)
}

// oldest returns the oldest message of the bot that holds the text.
func (w *world) oldest(p place, text string) preview.Message {
	ms := p.Messages()
	return ms[slices.IndexFunc(ms, func(m preview.Message) bool { return m.FromBot && strings.Contains(m.Text, text) })]
}

// split takes a word out of the arguments and wants n others.
func (w *world) split(args []string, word string, n int) []string {
	rest := slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == word })
	if len(rest) != n {
		w.failf("%d arguments are wanted, beside %q: %q", n, word, args)
	}
	return rest
}

// find returns the newest message of the bot that holds the text.
func (w *world) find(p place, text string) preview.Message {
	return w.newest(p, text, func(m preview.Message) bool { return m.FromBot })
}

// own returns the newest message of this person that holds the text.
func (w *world) own(p place, text string) preview.Message {
	return w.newest(p, text, func(m preview.Message) bool { return m.From == p.ID() })
}

func (w *world) newest(p place, text string, from func(preview.Message) bool) preview.Message {
	return w.look(p, text, func() (found preview.Message) {
		for _, m := range p.Messages() {
			if from(m) && strings.Contains(m.Text, text) {
				found = m
			}
		}
		return found
	})
}

// look waits for a message that holds a text.
func (w *world) look(p place, text string, find func() preview.Message) (m preview.Message) {
	if !w.await(func() bool { m = find(); return m.ID != 0 }) {
		w.failf("no such message holds %q\n%s", text, w.chat(p))
	}
	return m
}

func tap(w *world, p place, args []string) {
	times := 1
	if len(args) > 1 && args[0] == "twice" {
		times, args = 2, args[1:]
	}
	press := func() (preview.Tapped, error) { return p.Tap(args[0]) }
	switch {
	case len(args) == 3 && args[1] == "under":
		m := w.find(p, args[2])
		press = func() (preview.Tapped, error) { return p.TapMessage(m, args[0]) }
	case len(args) == 4 && args[1] == "under" && args[2] == "first":
		m := w.oldest(p, args[3])
		press = func() (preview.Tapped, error) { return p.TapMessage(m, args[0]) }
	case len(args) != 1:
		w.failf("usage: taps [twice] 'label' [under [first] 'text']")
	}
	var err error
	if !w.await(func() bool { _, err = press(); return err == nil }) {
		w.failf("%v\n%s", err, w.chat(p))
	}
	for range times - 1 {
		_, err = press()
		w.check(err)
	}
}

func forge(w *world, p place, args []string) {
	args = w.split(args, "under", 2)
	_, err := p.TapData(w.find(p, args[1]), args[0])
	w.check(err)
}

func share(w *world, p place, args []string) {
	switch {
	case len(args) == 1 && args[0] == "phone":
		keys := p.Keyboard()
		if len(keys) == 0 {
			w.failf("there is no keyboard with which to share a number\n%s", w.chat(p))
		}
		if _, err := p.Tap(keys[0][0]); err != nil && !errors.Is(err, preview.ErrNoButton) { // the number stands first
			w.failf("%v", err)
		}
	case len(args) == 2 && args[0] == "contact":
		p.ShareOtherContact("Somebody", args[1], 0)
	default:
		w.failf("usage: shares phone | shares contact '+92…'")
	}
}

func send(w *world, p place, args []string) {
	caption := strings.Join(args[min(1, len(args)):], " ")
	switch strings.Join(args[:min(1, len(args))], "") {
	case "sticker":
		p.SendSticker()
	case "voice":
		p.SendVoice()
	case "video":
		p.SendVideoNote()
	case "photo":
		p.SendPhoto(caption)
	case "album":
		p.SendAlbum(3, caption)
	case "document":
		p.SendDocument("report.pdf", []byte("%PDF-1.7"), caption)
	case "faq":
		p.SendDocument("faq.json", []byte("{}"), caption)
	case "location":
		p.SendLocation()
	default:
		w.failf("nobody can send %q", args)
	}
}

// looks are what people look at.
var looks = map[string]func(w *world, p place, args []string){
	"sees": func(w *world, p place, args []string) {
		if len(args) > 1 && args[0] == "not" {
			w.seesNot(p, args[1:])
			return
		}
		w.sees(p, args)
	},
	"opens":   opens,
	"gets":    gets,
	"has":     has,
	"alerted": alerted,
}

// opens reads the newest file of that name in the chat, as Telegram hands it out, with folded lines as one.
func opens(w *world, p place, args []string) {
	w.settle(moment)
	ms := p.Messages()
	slices.Reverse(ms)
	i := slices.IndexFunc(ms, func(m preview.Message) bool { return len(args) > 0 && m.FileName == args[0] })
	if i < 0 {
		w.failf("there is no such file: %q\n%s", args, w.chat(p))
	}
	var got struct {
		Result struct {
			Path string `json:"file_path"`
		}
	}
	token := w.telegram.Token()
	w.check(json.Unmarshal(w.get("/bot"+token+"/getFile?file_id="+ms[i].File), &got))
	text := strings.ReplaceAll(string(w.get("/file/bot"+token+"/"+got.Result.Path)), "\r\n ", "")
	for _, piece := range args[1:] {
		_, rest, ok := strings.Cut(text, piece)
		if !ok {
			w.failf("%q is not (or not after the others) in\n%s", piece, text)
		}
		text = rest
	}
}

func (w *world) get(path string) []byte {
	resp, err := w.telegram.Client().Get("http://telegram.preview" + path)
	w.check(err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	w.check(err)
	return data
}

// patience is how long somebody looks for what should come.
const patience = 45 * time.Second

// await lets time pass until something is so.
func (w *world) await(so func() bool) bool {
	for range int(patience / time.Second) {
		if so() {
			return true
		}
		w.settle(time.Second)
	}
	return so()
}

func (w *world) sees(p place, pieces []string) {
	missing := ""
	found := w.await(func() bool {
		rest, ok := w.news(p), true
		for _, piece := range pieces {
			if _, rest, ok = strings.Cut(rest, piece); !ok {
				missing = piece
				return false
			}
		}
		return true
	})
	if !found {
		w.failf("%s does not see %q (or not after the others) in what is new:\n%s\n%s", p.as, missing, indent(w.news(p)), w.chat(p))
	}
}

// moment is how long somebody waits for what should not come.
const moment = 3 * time.Second

func (w *world) seesNot(p place, pieces []string) {
	w.settle(moment)
	for _, piece := range pieces {
		if news := w.news(p); strings.Contains(news, piece) {
			w.failf("%s sees %q in what is new:\n%s\n%s", p.as, piece, indent(news), w.chat(p))
		}
	}
}

func gets(w *world, p place, args []string) {
	w.settle(moment)
	n := 0
	before := w.before[p.as]
	for _, m := range p.Messages() {
		if m.FromBot && before[m.ID] != show(p, m) {
			n++
		}
	}
	if want := w.number(args); n != want {
		w.failf("%s has got %d messages, want %d:\n%s\n%s", p.as, n, want, indent(w.news(p)), w.chat(p))
	}
}

func has(w *world, p place, args []string) {
	if len(args) != 2 {
		w.failf("usage: has 2 'text'")
	}
	w.settle(moment)
	n := 0
	for _, m := range p.Messages() {
		if m.FromBot && strings.Contains(body(m), args[1]) {
			n++
		}
	}
	if want := w.number(args[:1]); n != want {
		w.failf("%s has %d messages that hold %q, want %d\n%s", p.as, n, args[1], want, w.chat(p))
	}
}

func alerted(w *world, p place, args []string) {
	text := strings.Join(args, " ")
	if !w.await(func() bool { return strings.Contains(strings.Join(w.alerts(p), "\n"), text) }) {
		w.failf("%s is not alerted %q but %q\n%s", p.name, text, w.alerts(p), w.chat(p))
	}
}

func (w *world) number(args []string) int {
	if len(args) != 1 {
		w.failf("a number is wanted: %q", args)
	}
	n, err := strconv.Atoi(args[0])
	w.check(err)
	return n
}

// mark notes every chat as it looks now.
func (w *world) mark() {
	w.before, w.alertsBefore = map[string]map[int]string{}, map[int64]int{}
	for _, p := range w.people {
		w.alertsBefore[p.ID()] = len(p.Alerts())
		w.note(place{Person: p.Person, name: p.name, as: p.name + " in private"})
		w.note(place{Person: p.In(w.team), name: p.name, as: p.name + " in team"})
		if w.other != nil {
			w.note(place{Person: p.In(w.other), name: p.name, as: p.name + " in other"})
		}
	}
}

// keyboardID stands for the reply keyboard among the messages.
const keyboardID = -1

func (w *world) note(p place) {
	seen := map[int]string{keyboardID: keyboard(p)}
	for _, m := range p.Messages() {
		seen[m.ID] = show(p, m)
	}
	w.before[p.as] = seen
}

func (w *world) alerts(p place) []string { return p.Alerts()[w.alertsBefore[p.ID()]:] }

// news is what the bot has written or changed since the last act, a line for a message.
func (w *world) news(p place) string {
	before := w.before[p.as]
	var lines []string
	for _, m := range p.Messages() {
		line := show(p, m)
		switch {
		case before[m.ID] == line:
		case m.FromBot:
			lines = append(lines, line)
		case len(m.Reactions) > 0:
			lines = append(lines, m.Name+": "+strings.Join(m.Reactions, " "))
		}
	}
	if k := keyboard(p); k != before[keyboardID] {
		lines = append(lines, k)
	}
	return strings.Join(lines, "\n")
}

// show is a message as a line.
func show(p place, m preview.Message) string {
	var b strings.Builder
	b.WriteString(m.Name)
	if m.FromBot {
		b.Reset()
		b.WriteString("bot")
	}
	if m.ReplyTo != 0 {
		for _, to := range p.Messages() {
			if to.ID == m.ReplyTo {
				b.WriteString(", to “" + firstOf(to.Text) + "”")
			}
		}
	}
	b.WriteString(": " + body(m))
	return strings.TrimSpace(b.String() + " " + strings.Join(m.Reactions, " "))
}

// body is what stands in a message: media, text, buttons.
func body(m preview.Message) string {
	var b strings.Builder
	for _, what := range []string{m.Service, m.Media, m.FileName} {
		if what != "" {
			b.WriteString("<" + what + "> ")
		}
	}
	b.WriteString(oneLine(m.Text))
	for _, row := range m.Buttons {
		for _, button := range row {
			b.WriteString(" [" + button.Text + "]")
		}
	}
	return b.String()
}

func firstOf(text string) string {
	runes := []rune(oneLine(text))
	return string(runes[:min(len(runes), 40)])
}

// oneLine has " / " for the line breaks.
func oneLine(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	return strings.Join(lines, " / ")
}

// keyboard is the reply keyboard as a line.
func keyboard(p place) string {
	rows := p.Keyboard()
	if rows == nil {
		return "no keyboard"
	}
	return "keyboard: [" + strings.Join(slices.Concat(rows...), "] [") + "]"
}

// chat is the end of a chat as it looks, for a failure.
func (w *world) chat(p place) string {
	ms := p.Messages()
	lines := []string{p.as + " has before them:"}
	for _, m := range ms[max(0, len(ms)-15):] {
		lines = append(lines, "  "+show(p, m))
	}
	lines = append(lines, "  "+keyboard(p), fmt.Sprintf("  notices: %q", p.Alerts()))
	return strings.Join(lines, "\n")
}

func indent(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

// worldCommands are what nobody of the people does.
var worldCommands = map[string]func(w *world, args []string){
	"clock":    clock,
	"restart":  func(w *world, _ []string) { w.act(func() { w.close(); w.check(w.start()) }) },
	"crash":    func(w *world, _ []string) { w.act(w.crash) },
	"down":     down,
	"setting":  change,
	"faq":      file,
	"telegram": weather,
	"called":   called,
	"nowhere":  nowhere,
	"team":     teamGroup,
	"crowd":    crowd,
}

// crowdSize is how many guests there can be.
const crowdSize = 30

// crowd lets many new patients, guest1 and so on, ask the clinic something at the same time.
func crowd(w *world, args []string) {
	if len(args) != 3 || args[1] != "asks" {
		w.failf("usage: crowd 12 asks 'which laptop should i buy'")
	}
	var guests []place
	for i := range min(w.number(args[:1]), crowdSize) {
		name := fmt.Sprintf("Guest%d", i+1)
		w.enter(name)
		guests = append(guests, place{Person: w.people[strings.ToLower(name)].Person, name: name, as: name + " in private"})
	}
	for _, g := range guests {
		g.Say(args[2])
	}
	for _, label := range []string{"Ask the clinic", "Send"} {
		for _, g := range guests {
			if !w.await(func() bool { _, err := g.Tap(label); return err == nil }) {
				w.failf("there is no button %q\n%s", label, w.chat(g))
			}
			synctest.Wait() // so that their cases are numbered as they are
		}
	}
	w.settle(time.Second)
}

// long is from which on time is not waited for but moved: nobody plays a night minute by minute.
const long = 2 * time.Hour

func clock(w *world, args []string) {
	d, err := time.ParseDuration(strings.TrimPrefix(strings.Join(args, ""), "+"))
	if err != nil {
		d = w.untilClock(strings.Join(args, " "))
	}
	w.act(func() {
		if d < long || w.away {
			time.Sleep(d)
			return
		}
		w.check(w.clock.Forward(context.Background(), w.clock.Now().Add(d)))
	})
}

// down is a time in which the program does not run.
func down(w *world, args []string) {
	d, err := time.ParseDuration(strings.Join(args, ""))
	w.check(err)
	w.act(func() {
		w.close()
		w.check(w.clock.Forward(context.Background(), w.clock.Now().Add(d)))
		w.check(w.start())
	})
}

// untilClock is how long it is until the clinic's clock shows a time: "Tue 19:00" or "5 Sep 11:00".
func (w *world) untilClock(text string) time.Duration {
	zone, err := time.LoadLocation("Asia/Karachi")
	w.check(err)
	now := w.clock.Now().In(zone)
	y, m, d := now.Date()
	day := "Mon 15:04"
	if text[0] >= '0' && text[0] <= '9' {
		day = "2 Jan 15:04"
	}
	want, err := time.Parse("15:04", text[strings.LastIndexByte(text, ' ')+1:])
	w.check(err)
	for range 366 {
		at := time.Date(y, m, d, want.Hour(), want.Minute(), 0, 0, zone)
		if at.After(now) && at.Format(day) == text {
			return at.Sub(now)
		}
		d++
	}
	w.failf("the clinic's clock never shows %q", text)
	return 0
}

func change(w *world, args []string) {
	if len(args) != 2 {
		w.failf("usage: setting NAME 'value'")
	}
	w.set[args[0]] = args[1]
}

// file is what somebody at the clinic's computer does with faq.json.
func file(w *world, args []string) {
	quietly := len(args) > 0 && args[0] == "quietly"
	if quietly {
		args = args[1:]
	}
	path := w.set["FAQ_FILE"]
	now, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		w.check(err)
	}
	holds := func(text string) bool { return strings.Contains(string(now), text) }
	var changed func(context.Context) error
	switch {
	case len(args) == 2 && (args[0] == "holds" || args[0] == "lacks"):
		if holds(args[1]) != (args[0] == "holds") {
			w.failf("the file %s not %q", args[0], args[1])
		}
		return
	case len(args) == 3 && args[0] == "replaces" && holds(args[1]):
		now = []byte(strings.Replace(string(now), args[1], args[2], 1))
	case len(args) == 2 && args[0] == "is" && args[1] == "gone":
		w.check(os.Remove(path))
		changed = w.running.bot.FileGone
	case len(args) == 2 && args[0] == "is":
		now = []byte(args[1])
	default:
		w.failf("faq replaces 'x' 'y' | is 'x' | is gone | holds 'x' | lacks 'x': %q", args)
	}
	if changed == nil {
		w.check(os.WriteFile(path, now, 0o640))
		changed = func(ctx context.Context) error { return w.running.bot.FileChanged(ctx, now) }
	}
	if !quietly {
		w.act(func() { w.check(changed(context.Background())) })
	}
}

// troubles are the faults by the words of the scripts.
var troubles = map[string]preview.Fault{
	"refuses":  {Kind: preview.Refuse},
	"errs":     {Kind: preview.ServerError},
	"stumbles": {Kind: preview.BadGateway},
	"limits":   {Kind: preview.TooMany},
	"rejects":  {Kind: preview.Reject},
	"cuts":     {Kind: preview.Cut},
	"hangs":    {Kind: preview.Hang, CarriedOut: true},
	"repeats":  {Kind: preview.Twice},
}

// weather is what Telegram does to the bot.
func weather(w *world, args []string) {
	switch line := strings.Join(args, " "); {
	case line == "is away", line == "is back":
		w.away = line == "is away"
		w.act(func() { w.telegram.Faults().Outage(w.away) })
		return
	case line == "taps twice":
		w.telegram.Faults().Add(preview.Fault{Kind: preview.TapTwice, Times: 1})
		return
	case len(args) == 3 && args[0] == "delivers":
		body := os.Expand(args[2], func(name string) string {
			if name == "TEAM" {
				return id(w.team.ID())
			}
			return id(w.people[strings.ToLower(name)].ID())
		})
		w.act(func() { w.telegram.Deliver(args[1], []byte(body)) })
		return
	}
	fault, known := troubles[args[0]]
	if !known || len(args) < 2 {
		w.failf("telegram cannot %q", args)
	}
	fault.Times = w.number(args[1:2])
	args = args[2:]
	if fault.Kind == preview.TooMany && len(args) > 0 {
		d, err := time.ParseDuration(args[0])
		w.check(err)
		fault.RetryAfter, args = int(d.Seconds()), args[1:]
	}
	if fault.Kind == preview.Reject && len(args) > 0 {
		fault.Description, args = args[0], args[1:]
	}
	fault.Methods = args
	w.telegram.Faults().Add(fault)
}

func called(w *world, args []string) {
	if len(args) != 2 {
		w.failf("usage: called 1 leaveChat")
	}
	w.settle(moment)
	n := 0
	for _, c := range w.telegram.Calls() {
		if strings.EqualFold(c.Method, args[1]) && c.Status == 200 {
			n++
		}
	}
	if want := w.number(args[:1]); n != want {
		w.failf("%s was answered with success %d times, want %d", args[1], n, want)
	}
}

// regroup starts the program with the team's group that there is now.
func (w *world) regroup() {
	for _, p := range w.people {
		if p.home != nil {
			p.home = w.team
		}
	}
	w.set["STAFF_CHAT_ID"] = id(w.team.ID())
	w.check(w.start())
}

// teamGroup makes the team's group a basic one, as groups begin, or has that become a supergroup.
func teamGroup(w *world, args []string) {
	switch strings.Join(args, " ") {
	case "is basic":
		w.close()
		w.team = w.telegram.Group("Clinic team", w.people["omar"].Person, w.people["sana"].Person, w.people["eve"].Person)
		w.regroup()
	case "upgrades":
		w.act(w.team.Upgrade)
	case "moves": // the settings name another group; the one before is then "other"
		w.act(func() {
			w.close()
			w.other = w.team
			w.team = w.telegram.Supergroup("New team", w.people["omar"].Person, w.people["sana"].Person, w.people["eve"].Person)
			w.regroup()
		})
	default:
		w.failf("the team cannot %q", args)
	}
}

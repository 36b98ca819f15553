package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// memo is something to tell an admin: a text, with a file and buttons if there are any.
type memo struct {
	text string
	file store.File
	rows [][]button
}

// row makes a memo a call. The text of one with a file stands under it.
func (m memo) row(chat int64) (method string, params any) {
	var markup models.ReplyMarkup
	if k := keyboard(m.rows...); len(k.InlineKeyboard) > 0 {
		markup = k
	}
	switch {
	case strings.HasSuffix(m.file.Name, ".png"):
		return "sendPhoto", &telegram.SendPhotoParams{ChatID: chat, Caption: m.text, ParseMode: models.ParseModeHTML, ReplyMarkup: markup}
	case m.file.Name != "":
		return "sendDocument", &telegram.SendDocumentParams{ChatID: chat, Caption: m.text, ParseMode: models.ParseModeHTML, ReplyMarkup: markup}
	}
	return "sendMessage", &telegram.SendMessageParams{
		ChatID: chat, Text: m.text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: markup,
	}
}

// toAdmins queues for every admin what say says in their language; topic begins the keys.
func (b *Bot) toAdmins(tx *store.Tx, topic string, say func(*words, faq.Language) []memo) error {
	n, err := tx.Number("admin-memo")
	if err != nil {
		return err
	}
	for _, id := range b.admins {
		l, err := b.languageOf(tx, id)
		if err != nil {
			return fmt.Errorf("tell admin %d: %w", id, err)
		}
		for i, m := range say(b.words[l], l) {
			method, params := m.row(int64(id))
			err := tx.Queue(store.Outbound{
				Key: fmt.Sprintf("%s/%d/%d/%d", topic, n, id, i), Chat: int64(id), Lane: store.LaneNotice, CreatedAt: b.now(),
				Purpose: purpose{what: toAdmin}.String(), Method: method, Body: body(params), File: m.file,
			})
			if err != nil {
				return fmt.Errorf("tell admin %d: %w", id, err)
			}
		}
	}
	return nil
}

// languageOf is what somebody has chosen, else English.
func (b *Bot) languageOf(tx *store.Tx, id desk.PersonID) (faq.Language, error) {
	p, err := tx.Person(id)
	if err != nil && !isNotFound(err) {
		return "", err
	}
	if b.words[p.Language] == nil {
		return faq.English, nil
	}
	return p.Language, nil
}

// tell says something to the admin who has written.
func (t *turn) tell(m memo) {
	method, params := m.row(t.chat.ID)
	t.queue(t.chat.ID, method, params, store.Outbound{Purpose: purpose{what: toAdmin}.String(), File: m.file})
	t.said = true
}

// adminCommand does what only an admin may ask for.
func (t *turn) adminCommand(name, payload string, m meaning) error {
	admin, err := t.isAdmin(t.tx, t.person.ID)
	switch {
	case err != nil:
		return err
	case !admin:
		t.log.Info("command of an admin refused", "user", t.person.ID, "command", name)
		t.say(t.w.AdminOnly, t.menuRow())
		return nil
	case name == "/invite":
		return t.invite()
	case name == "/team":
		return t.team(0)
	case name == "/stats":
		return t.stats(m.report)
	case m.undo != nil:
		return t.undoFAQ(m.undo)
	case payload != "":
		t.say(t.w.FAQHelp)
		return nil
	}
	return t.showFAQ()
}

// showFAQ sends the version in force, byte for byte.
func (t *turn) showFAQ() error {
	d, err := readDisk(t.tx)
	if err != nil {
		return err
	}
	if d.active.N == 0 {
		t.say(t.w.FAQNone)
		return nil
	}
	data, err := t.tx.FAQBody(d.active.N)
	if err != nil {
		return err
	}
	by, err := t.publisher(d.active)
	if err != nil {
		return err
	}
	text := fill(t.w.FAQNow, "n", version(d.active.N), "when", t.moment(d.active.At), "by", by, "counts", t.faqCounts(t.faq))
	if d.active.Restores > 0 {
		text += "\n" + fill(t.w.FAQSameAs, "n", version(d.active.Restores))
	}
	switch d.told {
	case "":
	case gone:
		text += "\n\n" + t.w.FAQDiskGone
	default:
		text += "\n\n" + t.w.FAQDiskFaulty
	}
	t.tell(memo{
		text: text + "\n\n" + t.w.FAQHelp, file: store.File{Name: fmt.Sprintf("faq-v%d.json", d.active.N), Body: data}, rows: undoRow(t.w, d.active),
	})
	return nil
}

// undoRow offers to go back from a version, if there is one before it. A tap on it counts only as long as that version is in force.
func undoRow(w *words, v store.FAQVersion) [][]button {
	if v.Content() < 2 {
		return nil
	}
	return [][]button{{{w.ButtonUndo, action{do: doUndo, n: v.N}}}}
}

// publisher names who published a version.
func (t *turn) publisher(v store.FAQVersion) (string, error) {
	id, err := strconv.ParseInt(v.By, 10, 64)
	if err != nil {
		return t.w.FAQByFile, nil
	}
	p, err := t.tx.Person(desk.PersonID(id))
	if err != nil && !isNotFound(err) {
		return "", err
	}
	if p.Name == "" {
		return v.By, nil
	}
	return p.Name, nil
}

// faqCounts tells how much a file holds.
func (t *turn) faqCounts(f *faq.FAQ) string {
	wordings := 0
	for i := range f.Entries {
		wordings += len(f.Entries[i].Asked())
	}
	return fill(t.w.FAQCounts, "entries", strconv.Itoa(len(f.Entries)), "wordings", strconv.Itoa(wordings))
}

// moment is a date and time of the clinic, in the reader's words.
func (t *turn) moment(at time.Time) string {
	at = at.In(clinicZone(t.faq))
	return strconv.Itoa(at.Day()) + " " + t.month(at.Format(time.DateOnly)) + ", " + at.Format("15:04")
}

// tellPublished tells the admins that a version is in force and what it changes.
func (b *Bot) tellPublished(tx *store.Tx, n int64, old, f *faq.FAQ, warnings int) error {
	v, err := tx.FAQVersion(n)
	if err != nil {
		return err
	}
	return b.toAdmins(tx, "faq/published", func(w *words, _ faq.Language) []memo {
		text := fill(w.FAQPublished, "n", version(n)) + changes(w, faq.Compare(old, f))
		if warnings > 0 {
			text += "\n" + fill(w.FAQWarnings, "count", strconv.Itoa(warnings))
		}
		return []memo{{text: text, rows: undoRow(w, v)}}
	})
}

const listed = 15 // ids of each list that a message names

// changes tells what differs between two versions, a line for each kind of difference.
func changes(w *words, c faq.Changes) string {
	var b strings.Builder
	for _, list := range []struct {
		sentence string
		ids      []string
	}{{w.FAQAdded, c.Added}, {w.FAQChanged, c.Changed}, {w.FAQRemoved, c.Removed}} {
		if len(list.ids) == 0 {
			continue
		}
		ids := strings.Join(list.ids[:min(len(list.ids), listed)], ", ")
		if more := len(list.ids) - listed; more > 0 {
			ids += " …"
		}
		b.WriteString("\n" + fill(list.sentence, "count", strconv.Itoa(len(list.ids)), "ids", ids))
	}
	if len(c.Moved) > 0 {
		b.WriteString("\n" + fill(w.FAQMoved, "count", strconv.Itoa(len(c.Moved))))
	}
	if c.Other {
		b.WriteString("\n" + w.FAQOther)
	}
	if c.None() {
		b.WriteString("\n" + w.FAQSameWords)
	}
	return b.String()
}

const (
	maxFaultMemos = 4  // messages; more faults than go into them come as a document
	firstFaults   = 10 // that are shown all the same
)

// faultMemos tell every fault under a heading: in as many messages as it takes, or the first ones and a document with all.
func faultMemos(head string, faults faq.Faults) []memo {
	var memos []memo
	text := head
	for _, f := range faults {
		line := faultLine(f)
		if units(faq.Plain(text+"\n\n"+line)) > maxMessage {
			memos, text = append(memos, memo{text: text}), line
			continue
		}
		text += "\n\n" + line
	}
	if memos = append(memos, memo{text: text}); len(memos) <= maxFaultMemos {
		return memos
	}
	first := faultMemos(head, faults[:firstFaults])
	return append(first, memo{file: store.File{Name: "faults.txt", Body: []byte(faults.Error() + "\n")}})
}

// faultLine is a fault as a message shows it.
func faultLine(f faq.Fault) string {
	line := fmt.Sprintf("<code>%d:%d</code>", f.Line, f.Column)
	if f.Entry != "" {
		line += " <b>" + escape(cut(f.Entry, 60)) + "</b>"
	}
	line += " · " + escape(cut(f.Reason, 600))
	if f.Hint != "" {
		line += "\n→ " + escape(cut(f.Hint, 600))
	}
	return line
}

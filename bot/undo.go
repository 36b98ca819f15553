package bot

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"

	"skindesk/faq"
	"skindesk/store"
)

// undo is how an admin's wish to go one version back can be met. It is found before the transaction that does it, and publishing
// is kept to itself until that has ended.
type undo struct {
	bot    *Bot
	disk   disk
	onDisk string           // what the file holds now, "" if it is not there
	to     store.FAQVersion // the version whose bytes come back
	next   *draft           // made of them; nil: nothing is published
	faults faq.Faults       // why they cannot come back
	aside  string           // the name under which a faulty file was kept
	unkept error            // why it could not be
	body   []byte           // what the file has to hold in the end; nil: it stays
	why    undoing
	n      int64 // the version that it has become
}

// undoing is what becomes of the wish.
type undoing int

const (
	undoReady   undoing = iota
	undoFirst           // there is nothing before
	undoStale           // the button was about another version
	undoBusy            // somebody has just saved another file
	undoFile            // the file on the disk is faulty or gone: that is what is taken back
	undoMisfits         // the earlier version has faults by today's rules
)

// wishesUndo tells whether an update asks to go back, and from which version (0: whichever is in force).
func (m *meaning) wishesUndo() (from int64, ok bool) {
	if m.kind == aTap {
		return m.act.n, m.act.do == doUndo
	}
	name, payload := commandOf(m.text)
	return 0, m.kind == aCommand && name == "/faq" && payload == "undo"
}

// findUndo prepares an admin's wish to go back; for others it does nothing. Whoever gets one ends it.
func (b *Bot) findUndo(ctx context.Context, m *meaning, t *turn) (*undo, error) {
	from, wished := m.wishesUndo()
	if !wished {
		return nil, nil
	}
	b.publishing.Lock()
	u := &undo{bot: b}
	var body []byte
	admin := false
	err := b.store.View(ctx, func(tx *store.Tx) (err error) {
		if admin, err = b.isAdmin(tx, t.person.ID); err != nil || !admin {
			return err
		}
		if u.disk, err = readDisk(tx); err != nil {
			return err
		}
		body, err = u.look(tx, from)
		return err
	})
	if err == nil && admin && u.why == undoReady {
		err = u.draft(ctx, body)
	}
	if err != nil || !admin {
		u.end()
		return nil, err
	}
	return u, nil
}

// look finds out what is to come back, and returns it.
func (u *undo) look(tx *store.Tx, from int64) (body []byte, err error) {
	active := u.disk.active
	if from != 0 && from != active.N {
		u.why = undoStale
		return nil, nil
	}
	if done, err := u.lookAtFile(tx); done || err != nil {
		return nil, err
	}
	if active.Content() < 2 {
		u.why = undoFirst
		return nil, nil
	}
	if u.to, err = tx.FAQVersion(active.Content() - 1); err != nil {
		return nil, err
	}
	return tx.FAQBody(u.to.N)
}

// lookAtFile sees to what stands on the disk and is not in force: nothing of it may be lost. A faulty file is set aside, and the version
// in force is what comes back; one that has not been read yet has to be, first.
func (u *undo) lookAtFile(tx *store.Tx) (done bool, err error) {
	file := u.bot.file
	if file.Read == nil {
		return false, nil
	}
	data, err := file.Read()
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing { // it cannot be written either, of which the admin will be told
		u.onDisk = u.disk.known
		return false, nil
	}
	if !missing {
		u.onDisk = sumOf(data)
		if !u.disk.isEdit(u.onDisk) {
			return false, nil
		}
		if u.onDisk != u.disk.told {
			u.why = undoBusy
			return true, nil
		}
		if u.aside, u.unkept = file.SetAside(data); u.unkept != nil { // then it must not be overwritten
			u.why = undoFile
			return true, nil
		}
	}
	u.why = undoFile
	u.body, err = tx.FAQBody(u.disk.active.N)
	return true, err
}

// draft makes the earlier version ready.
func (u *undo) draft(ctx context.Context, body []byte) (err error) {
	u.next, err = u.bot.newDraft(ctx, body)
	if errors.As(err, &u.faults) {
		u.why, err = undoMisfits, nil
	}
	u.body = body
	return err
}

// end lets others publish again. What was not taken into use is dropped.
func (u *undo) end() {
	if u == nil {
		return
	}
	if u.next != nil {
		u.next.drop(u.bot)
	}
	u.bot.publishing.Unlock()
}

// committed follows a transaction with undoFAQ in it: the version is taken into use and written to the file.
func (u *undo) committed(ctx context.Context) error {
	if u == nil || u.why != undoReady && u.why != undoFile {
		return nil
	}
	if u.next != nil {
		u.bot.use(u.next, u.n)
		u.next = nil
	}
	if u.bot.file.Replace == nil || u.body == nil {
		return nil
	}
	return u.bot.rewrite(ctx, u.onDisk, u.body)
}

// undoFAQ goes back as it was prepared and says what is different now; other admins hear of it, too.
func (t *turn) undoFAQ(u *undo) error {
	d, err := readDisk(t.tx)
	if err != nil {
		return err
	}
	if d != u.disk {
		return errMoved
	}
	n := version(d.active.N)
	switch u.why {
	case undoFirst:
		t.say(fill(t.w.FAQFirst, "n", n))
	case undoStale:
		t.toast = fill(t.w.FAQStale, "n", n)
		t.strip()
	case undoBusy:
		t.say(t.w.FAQBusy)
	case undoFile:
		if u.unkept != nil {
			t.say(fill(t.w.FAQUnwritten, "reason", cut(u.unkept.Error(), reasonLength)))
			return nil
		}
		text := fill(t.w.FAQFileBack, "n", n)
		if u.aside != "" {
			text += " " + fill(t.w.FAQAside, "name", u.aside)
		}
		t.say(text)
	case undoMisfits:
		for _, p := range faultMemos(fill(t.w.FAQMisfits, "n", version(u.to.N)), u.faults) {
			t.tell(p)
		}
	default:
		return t.restoreFAQ(u)
	}
	return nil
}

func (t *turn) restoreFAQ(u *undo) (err error) {
	by := strconv.FormatInt(int64(t.person.ID), 10)
	if u.n, err = t.tx.RestoreFAQ(u.to.N, by, t.now); err != nil {
		return err
	}
	if err := t.tx.Audit(t.now, int64(t.person.ID), "faq undo", version(u.n)); err != nil {
		return err
	}
	now, err := t.tx.FAQVersion(u.n)
	if err != nil {
		return err
	}
	t.toast = fill(t.w.FAQUndone, "n", version(u.n), "was", version(now.Restores))
	t.strip()
	done := func(w *words, _ faq.Language) []memo {
		text := "<b>" + fill(w.FAQUndone, "n", version(u.n), "was", version(now.Restores)) + "</b> " + fill(w.FAQUndoneBy, "name", t.person.Name)
		return []memo{{text: text + changes(w, faq.Compare(t.faq, u.next.faq)), rows: undoRow(w, now)}}
	}
	if !slices.Contains(t.admins, t.person.ID) { // made one by another admin
		t.tell(done(t.w, t.lang)[0])
	}
	return t.toAdmins(t.tx, "faq/undone", done)
}

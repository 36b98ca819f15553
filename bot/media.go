package bot

import (
	"strconv"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/store"
)

// maxFiles is how many recordings and pictures go to the team at once: the group takes twenty messages a minute.
const maxFiles = 20

// media meets what has to be heard or looked at: it is never judged, and passed on only when the patient agrees. The parts
// of an album make one form.
func (t *turn) media(m meaning) error {
	msg := t.message()
	id, group := int64(msg.ID), msg.MediaGroupID
	if t.person.Muted(t.now) {
		t.say(t.w.Muted)
		return nil
	}
	if isFAQFile(msg.Document) {
		if admin, err := t.isAdmin(t.tx, t.person.ID); err != nil || admin {
			t.say(t.w.FAQHelp)
			return err
		}
	}
	f := t.talk.Form
	if f != nil && len(f.Files) >= maxFiles && t.now.Sub(f.At) < formFor {
		if group == "" || f.Group != group { // of an album it is said once
			f.Group = group
			t.say(fill(t.w.FileFull, "count", strconv.Itoa(len(f.Files))), t.fileRows(f)...)
		}
		return nil
	}
	if group != "" && f != nil && f.Group == group {
		f.Files = append(f.Files, id)
		f.Words = cut(strings.TrimSpace(f.Words+"\n"+m.text), maxWords)
		return nil
	}
	if group != "" && t.talk.Album.Group == group {
		c, err := t.desk.Append(t.tx, t.talk.Album.Case, t.person.ID, strings.TrimSpace(t.label(msg)+" "+m.text))
		if err != nil {
			return err
		}
		t.passFile(c, id)
		t.talk.went(id, c.ID)
		return nil
	}
	if f != nil && len(f.Files) > 0 && t.now.Sub(f.At) < formFor { // one more of what is about to be sent
		f.Files, f.Group, f.At = append(f.Files, id), group, t.now
		f.Words = cut(strings.TrimSpace(f.Words+"\n"+strings.TrimSpace(t.label(msg)+" "+m.text)), maxWords)
		t.say(fill(t.w.FileMore, "count", strconv.Itoa(len(f.Files))), t.fileRows(f)...)
		return nil
	}
	f = t.talk.interrupt(form{
		Kind: desk.Question, Words: strings.TrimSpace(t.label(msg) + " " + m.text), Topic: t.talk.after(t.now),
		Files: []int64{id}, Group: group, Step: stepReview,
	}, t.now)
	text := t.w.File
	if m.kind == aVoice {
		text = t.w.Voice
	}
	if t.person.Consent.IsZero() { // it is asked for once
		text += "\n\n" + t.w.Consent
	}
	t.say(text, t.fileRows(f)...)
	return nil
}

func (t *turn) fileRows(f *form) [][]button {
	return [][]button{
		{{t.w.ButtonPass, action{do: doSend, n: f.N}}},
		{{t.w.ButtonType, action{do: doType, n: f.N}}, {t.w.ButtonCancel, action{do: doCancel, n: f.N}}},
	}
}

// label names what a message holds beside text, or "".
func (t *turn) label(m *models.Message) string {
	switch {
	case len(m.Photo) > 0:
		return t.w.LabelPhoto
	case m.Voice != nil:
		return t.w.LabelVoice
	case m.Video != nil, m.VideoNote != nil:
		return t.w.LabelVideo
	case m.Audio != nil:
		return t.w.LabelAudio
	case m.Document != nil:
		return t.w.LabelDocument
	case m.Text == "":
		return t.w.LabelOther
	}
	return ""
}

// passFile copies a patient's message to the team, after the card of its case; many of them keep back no other card.
func (t *turn) passFile(c desk.Case, message int64) {
	lane := store.LaneNotice
	if c.Kind == desk.Urgent {
		lane = store.LaneUrgent
	}
	t.queue(t.staffChat(), "copyMessage", &telegram.CopyMessageParams{
		ChatID: t.staffChat(), FromChatID: t.chat.ID, MessageID: int(message),
	}, store.Outbound{Lane: lane, Object: objectOf(c.ID), Purpose: purpose{what: toThread}.String()})
}

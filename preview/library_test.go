package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
)

// TestLibrary drives the server with the outgoing methods of go-telegram/bot, which streams multipart bodies of unknown
// length and decodes every answer into its models.
func TestLibrary(t *testing.T) {
	s := New(Options{})
	srv := httptest.NewServer(s)
	defer srv.Close()
	defer s.Close()
	b, err := bot.New(s.Token(), bot.WithServerURL(srv.URL))
	if err != nil {
		t.Fatal(err)
	}
	driveLibrary(t, s, b, srv.Client(), srv.URL)
}

// The same over pipes, in a bubble.
func TestLibraryInBubble(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		b, err := bot.New(s.Token(), bot.WithServerURL("http://telegram.preview"), bot.WithHTTPClient(0, c.http))
		if err != nil {
			t.Fatal(err)
		}
		driveLibrary(t, s, b, c.http, "http://telegram.preview")
	})
}

func driveLibrary(t *testing.T, s *Server, b *bot.Bot, client *http.Client, base string) {
	ctx := context.Background()
	anna, sana := begun(s, "Anna"), begun(s, "Sana")
	group := s.Supergroup("Staff", sana)
	group.PromoteBot()
	staff := sana.In(group)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}

	keyboard := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
		{Text: "Take", CallbackData: "take:1", Style: "primary"}, {Text: "Map", URL: "https://clinic.example/map"},
	}}}
	card, err := b.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: group.ID(), Text: "<b>#1</b> what does it cost?", ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: bot.True()},
	})
	ok(err)
	want := [][]Button{{{Text: "Take", Data: "take:1", Style: "primary"}, {Text: "Map", URL: "https://clinic.example/map"}}}
	if got := staff.Last(); got.HTML() != "<b>#1</b> what does it cost?" || !cmp.Equal(want, got.Buttons) {
		t.Errorf("card %s %v", got.HTML(), got.Buttons)
	}
	_, err = b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: group.ID(), MessageID: card.ID, Text: "taken"})
	ok(err)
	_, err = b.EditMessageReplyMarkup(ctx, &bot.EditMessageReplyMarkupParams{ChatID: group.ID(), MessageID: card.ID, ReplyMarkup: keyboard})
	ok(err)
	done, err := b.PinChatMessage(ctx, &bot.PinChatMessageParams{ChatID: group.ID(), MessageID: card.ID})
	if ok(err); !done {
		t.Error("pin: false")
	}

	tapped, err := staff.Tap("Take")
	ok(err)
	query := s.lastQuery()
	_, err = b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: query, Text: "yours"})
	ok(err)
	if text, _, answered := tapped.Answer(); text != "yours" || !answered {
		t.Errorf("answer %q", text)
	}

	// What a patient and the staff send is passed on by copies.
	album := anna.SendAlbum(2, "my skin")
	ids := []int{album[0].ID, album[1].ID}
	copied, err := b.CopyMessages(ctx, &bot.CopyMessagesParams{ChatID: group.ID(), FromChatID: formatID(anna.ID()), MessageIDs: ids})
	ok(err)
	seen := staff.Messages()
	if len(copied) != 2 || seen[len(seen)-2].Text != "my skin" || seen[len(seen)-1].Album == "" || seen[len(seen)-1].Album == album[0].Album {
		t.Errorf("album: %+v", seen[len(seen)-2:])
	}
	voice := staff.SendVoice()
	_, err = b.CopyMessage(ctx, &bot.CopyMessageParams{ChatID: anna.ID(), FromChatID: group.ID(), MessageID: voice.ID, Caption: "from the clinic"})
	ok(err)
	if got := anna.Last(); got.Media != "voice" || got.Text != "from the clinic" || !got.FromBot || got.Forwarded != "" {
		t.Errorf("copy %+v", got)
	}
	forwarded, err := b.ForwardMessage(ctx, &bot.ForwardMessageParams{ChatID: group.ID(), FromChatID: anna.ID(), MessageID: ids[0]})
	ok(err)
	if o := forwarded.ForwardOrigin; o == nil || o.MessageOriginUser == nil || o.MessageOriginUser.SenderUser.ID != anna.ID() {
		t.Errorf("origin %+v", o)
	}

	// Files there and back.
	content := []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
	document, err := b.SendDocument(ctx, &bot.SendDocumentParams{
		ChatID: anna.ID(), Document: &models.InputFileUpload{Filename: "visit.ics", Data: bytes.NewReader(content)}, Caption: "Your visit",
	})
	ok(err)
	if d := document.Document; d == nil || d.FileName != "visit.ics" || d.FileSize != int64(len(content)) || document.Caption != "Your visit" {
		t.Fatalf("document %+v", document.Document)
	}
	file, err := b.GetFile(ctx, &bot.GetFileParams{FileID: document.Document.FileID})
	ok(err)
	answer, err := client.Get(base + "/file/bot" + s.Token() + "/" + file.FilePath)
	ok(err)
	got, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if ok(err); !bytes.Equal(got, content) {
		t.Errorf("download %q", got)
	}
	photo, err := b.SendPhoto(ctx, &bot.SendPhotoParams{
		ChatID: anna.ID(), Photo: &models.InputFileUpload{Filename: "x.png", Data: bytes.NewReader(picture(1))},
	})
	if ok(err); len(photo.Photo) != 1 || photo.Photo[0].Width != 96 {
		t.Errorf("photo %+v", photo.Photo)
	}
	_, err = b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: anna.ID(), Photo: &models.InputFileString{Data: photo.Photo[0].FileID}})
	ok(err)
	_, err = b.SendVoice(ctx, &bot.SendVoiceParams{ChatID: anna.ID(), Voice: &models.InputFileString{Data: voice.File}, Duration: 3})
	ok(err)
	if _, err = b.SendVoice(ctx, &bot.SendVoiceParams{ChatID: anna.ID(), Voice: &models.InputFileString{Data: "nothing"}}); !errors.Is(err, bot.ErrorBadRequest) {
		t.Errorf("unknown file: %v", err)
	}

	_, err = b.SetMessageReaction(ctx, &bot.SetMessageReactionParams{
		ChatID: group.ID(), MessageID: voice.ID,
		Reaction: []models.ReactionType{{Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: "👌"}}},
	})
	ok(err)
	if got := s.seen(group, voice.ID).Reactions; !cmp.Equal(got, []string{"👌"}) {
		t.Errorf("reactions %q", got)
	}
	_, err = b.SendChatAction(ctx, &bot.SendChatActionParams{ChatID: anna.ID(), Action: models.ChatActionTyping})
	ok(err)
	_, err = b.DeleteMessage(ctx, &bot.DeleteMessageParams{ChatID: group.ID(), MessageID: card.ID})
	if ok(err); s.seen(group, card.ID).ID != 0 {
		t.Error("the card is still there")
	}

	// Keyboards that people keep.
	_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: anna.ID(), Text: "Your number?", ReplyMarkup: &models.ReplyKeyboardMarkup{
		Keyboard: [][]models.KeyboardButton{{{Text: "Share my number", RequestContact: true}}, {{Text: "Skip"}}}, OneTimeKeyboard: true, ResizeKeyboard: true,
	}})
	ok(err)
	if got := anna.Keyboard(); !cmp.Equal(got, [][]string{{"Share my number"}, {"Skip"}}) {
		t.Errorf("keyboard %q", got)
	}
	shared, err := anna.Tap("Share my number")
	if ok(err); shared.Said.Media != "contact" || anna.Keyboard() != nil {
		t.Errorf("shared %+v, keyboard %q", shared.Said, anna.Keyboard())
	}
	_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: anna.ID(), Text: "Thanks", ReplyMarkup: &models.ReplyKeyboardRemove{RemoveKeyboard: true}})
	ok(err)

	commands := []models.BotCommand{{Command: "help", Description: "What I can do"}}
	for _, scope := range []models.BotCommandScope{nil, &models.BotCommandScopeAllPrivateChats{}, &models.BotCommandScopeChat{ChatID: group.ID()}} {
		_, err = b.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: commands, Scope: scope, LanguageCode: "ur"})
		ok(err)
		list, err := b.GetMyCommands(ctx, &bot.GetMyCommandsParams{Scope: scope, LanguageCode: "ur"})
		if ok(err); !cmp.Equal(list, commands) {
			t.Errorf("commands %v", list)
		}
		_, err = b.DeleteMyCommands(ctx, &bot.DeleteMyCommandsParams{Scope: scope, LanguageCode: "ur"})
		ok(err)
		if list, err = b.GetMyCommands(ctx, &bot.GetMyCommandsParams{Scope: scope, LanguageCode: "ur"}); err != nil || len(list) != 0 {
			t.Errorf("after deletion %v %v", list, err)
		}
	}
	if _, err = b.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: []models.BotCommand{{Command: "Help!", Description: "x"}}}); !errors.Is(err, bot.ErrorBadRequest) {
		t.Errorf("a wrong command: %v", err)
	}

	chat, err := b.GetChat(ctx, &bot.GetChatParams{ChatID: group.ID()})
	if ok(err); chat.Title != "Staff" || chat.Type != models.ChatTypeSupergroup {
		t.Errorf("chat %+v", chat)
	}
	for id, want := range map[int64]models.ChatMemberType{sana.ID(): "creator", s.Bot().ID: "administrator", anna.ID(): "left"} {
		m, err := b.GetChatMember(ctx, &bot.GetChatMemberParams{ChatID: group.ID(), UserID: id})
		if ok(err); m.Type != want {
			t.Errorf("member %d is %s, want %s", id, m.Type, want)
		}
	}
	_, err = b.LeaveChat(ctx, &bot.LeaveChatParams{ChatID: group.ID()})
	ok(err)
	if _, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: group.ID(), Text: "x"}); !errors.Is(err, bot.ErrorForbidden) {
		t.Errorf("after leaving: %v", err)
	}

	s.Faults().Add(Fault{Kind: TooMany, RetryAfter: 9, Times: 1})
	_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: anna.ID(), Text: "x"})
	var flood *bot.TooManyRequestsError
	if !errors.As(err, &flood) || flood.RetryAfter != 9 {
		t.Errorf("429: %v", err)
	}
	if _, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: anna.ID(), Text: strings.Repeat("x", 5000)}); !errors.Is(err, bot.ErrorBadRequest) {
		t.Errorf("too long: %v", err)
	}

	// Everything that happened decodes into the library's update.
	for _, raw := range s.waitingBodies() {
		var u models.Update
		ok(json.Unmarshal(raw, &u))
	}
}

// lastQuery is the id of the newest tap.
func (s *Server) lastQuery() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var last *query
	for _, q := range s.queries {
		if last == nil || q.id > last.id {
			last = q
		}
	}
	return last.id
}

// seen is one message of a group, or the zero Message.
func (s *Server) seen(g *Group, id int) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := g.c.find(id); m != nil {
		return m.view(s)
	}
	return Message{}
}

func (s *Server) waitingBodies() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all [][]byte
	for _, u := range s.updates.pending {
		all = append(all, encode(u))
	}
	return all
}

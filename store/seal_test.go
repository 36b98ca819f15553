package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/pressly/goose/v3"

	"skindesk/desk"
)

func testKey(fill byte) []byte { return bytes.Repeat([]byte{fill}, keyLength) }

func testSealer(t testing.TB, fill byte) *sealer {
	t.Helper()
	s, err := newSealer(testKey(fill))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASealedValueOpensOnlyInItsPlace(t *testing.T) {
	s := testSealer(t, 1)
	sealed := s.seal("case", desk.CaseID(1042), []byte("Anna"))
	if plain, err := s.open("case", int64(1042), sealed); err != nil || string(plain) != "Anna" {
		t.Fatalf("in its place: %q, %v", plain, err)
	}
	changed := slices.Clone(sealed)
	changed[len(changed)-1]++
	tests := []struct {
		name   string
		by     *sealer
		table  string
		key    any
		sealed []byte
		says   string
	}{
		{"another row", s, "case", 1043, sealed, "belongs to another row"},
		{"another table", s, "person", 1042, sealed, "belongs to another row"},
		{"changed", s, "case", 1042, changed, "was changed"},
		{"cut", s, "case", 1042, sealed[:20], "was changed"},
		{"another key", testSealer(t, 2), "case", 1042, sealed, "sealed with key " + s.String()},
		{"no key", nil, "case", 1042, sealed, "no key"},
		{"never sealed", s, "case", 1042, []byte(`{"name": "Anna"}`), "not sealed"},
		{"empty", s, "case", 1042, nil, "not sealed"},
	}
	for _, test := range tests {
		plain, err := test.by.open(test.table, test.key, test.sealed)
		if !errors.Is(err, ErrKey) || !strings.Contains(err.Error(), test.says) || plain != nil {
			t.Errorf("%s: got %q, %v", test.name, plain, err)
		}
	}
	if again := s.seal("case", 1042, []byte("Anna")); bytes.Equal(again, sealed) {
		t.Error("the same words look the same twice")
	}
}

// What is planted must not be found in any file.
const (
	plantedName    = "Zulekha Pechdar"
	plantedPhone   = "+92 300 7654321"
	plantedWords   = "my cheek burns since the seventh session"
	plantedUrdu    = "میرے گال پر جلن ہے"
	plantedReplies = "Sana says come by at seven"
)

var planted = []string{plantedName, plantedPhone, plantedWords, plantedUrdu, plantedReplies}

// forms are the ways in which a text may be written down.
func forms(text string) map[string][]byte {
	plain, _ := json.Marshal(text) // a string cannot fail
	ascii := ""
	little, big := []byte{}, []byte{}
	for _, u := range utf16.Encode([]rune(text)) {
		ascii += `\u` + string("0123456789abcdef"[u>>12]) + string("0123456789abcdef"[u>>8&15]) + string("0123456789abcdef"[u>>4&15]) + string("0123456789abcdef"[u&15])
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	all := map[string][]byte{
		"plain": []byte(text), "JSON": plain[1 : len(plain)-1], "escaped JSON": []byte(ascii), "UTF-16 little": little, "UTF-16 big": big,
	}
	for shift := range 3 { // base64 of it in the middle of something, but for the ends, which are mixed with what stands beside
		b := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + text))
		all["base64 "+string(rune('0'+shift))] = []byte(b[4 : len(b)-4])
	}
	return all
}

// betrayed looks for planted words in all files of folders.
func betrayed(t *testing.T, folders ...string) {
	t.Helper()
	files := 0
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			for _, text := range planted {
				for form, b := range forms(text) {
					if bytes.Contains(data, b) || bytes.Contains(bytes.ToLower(data), bytes.ToLower(b)) {
						t.Errorf("%s holds %q (%s)", path, text, form)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files == 0 {
		t.Error("there are no files to look into")
	}
}

func plantedCase() desk.Case {
	return desk.Case{
		ID: 1042, Kind: desk.Urgent, State: desk.Open, Version: 1, Patient: 7, Name: plantedName, Phone: plantedPhone,
		Words: plantedWords, Said: plantedUrdu, More: []desk.Line{{At: noon, From: 8, Text: plantedReplies}},
	}
}

func TestNoFileHoldsWhatPeopleWrote(t *testing.T) {
	folder, copies := t.TempDir(), t.TempDir()
	s := open(t, folder)
	escaped, err := json.Marshal(plantedWords)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, func(tx *Tx) error {
		_, err := tx.Receive(Inbound{UpdateID: 1, Chat: 7, Body: escaped}, Inbound{UpdateID: 2, Chat: 7, Body: []byte(plantedUrdu)})
		return errors.Join(err,
			tx.FailInbound(1, plantedWords, noon), tx.KillInbound(2, plantedName),
			tx.PutChat(Chat{ID: 7, State: []byte(plantedPhone)}),
			tx.PutCase(plantedCase()), tx.PutPerson(desk.Person{ID: 7, Name: plantedName, Phone: plantedPhone}),
			tx.Queue(Outbound{Key: "a", Chat: 7, Method: "sendMessage", Body: []byte(plantedReplies)}),
			tx.Queue(Outbound{Key: "b", Chat: 7, Method: "sendDocument", File: File{Name: "visit.ics", Body: []byte(plantedName)}}),
			tx.MarkDead(1, plantedWords, noon), tx.MigrateChat(7, 8))
	})
	if err := s.Backup(t.Context(), filepath.Join(copies, "copy.db")); err != nil {
		t.Fatal(err)
	}
	betrayed(t, folder, copies) // the log is there, too: the store is still open
	commit(t, s, func(tx *Tx) error {
		all, err := list(tx, tx.outbound, `SELECT `+outboundColumns+` FROM outbox`)
		if len(all) != 2 || string(all[0].Body) != plantedReplies || all[0].Reason != plantedWords {
			t.Errorf("the dead letter came back as %+v", all)
		}
		c, err2 := tx.Chat(8)
		same(t, string(c.State), plantedPhone)
		return errors.Join(err, err2)
	})
}

func TestAKeyIsMadeOnceAndIsTheOwnersOnly(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	s, err := Open(t.Context(), folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(filepath.Dir(folder), "skindesk.key")
	made := s.Key()
	same(t, made, Key{ID: made.ID, File: file, Made: true})
	commit(t, s, func(tx *Tx) error { return tx.PutCase(plantedCase()) })
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v %v", info, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, folder)
	same(t, s.Key(), Key{ID: made.ID, File: file})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	// What stands in the file is what DATA_KEY wants.
	key, err := ParseKey(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), folder, Options{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a test
	same(t, s.Key(), Key{ID: made.ID})
	same(t, do(t, s, func(tx *Tx) (desk.Case, error) { return tx.Case(1042) }), plantedCase())
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key file was made beside a given key: %v", err)
	}
}

func TestAnotherKeyOrNoneIsRefused(t *testing.T) {
	folder := filled(t)
	file := KeyFileBeside(folder)
	right, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := base64.StdEncoding.EncodeToString(testKey(9))
	tests := []struct {
		name string
		file string // what stands in the key file; "": there is none
		key  []byte
		says []string
	}{
		{"none", "", nil, []string{"DATA_KEY is empty", file + " is missing", "put that file back"}},
		{"another file", other, nil, []string{"but " + file + " holds key " + testSealer(t, 9).String(), "put the right key there"}},
		{"another DATA_KEY", string(right), testKey(8), []string{"but DATA_KEY holds key " + testSealer(t, 8).String()}},
		{"a broken file", "not a key", nil, []string{"the key in " + file, "32 bytes in base64"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			if test.file != "" {
				if err := os.WriteFile(file, []byte(test.file), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s, err := Open(t.Context(), folder, Options{Key: test.key})
			if err == nil {
				t.Fatal("opened", s.Close())
			}
			for _, says := range test.says {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("does not say %q: %v", says, err)
				}
			}
			if test.name != "a broken file" && !errors.Is(err, ErrKey) {
				t.Errorf("got %v, want ErrKey", err)
			}
			if kept, _ := os.ReadFile(file); string(kept) != test.file { // a missing file reads as nothing
				t.Errorf("the key file now holds %q", kept)
			}
		})
	}
	if err := os.WriteFile(file, right, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, folder)
	same(t, do(t, s, func(tx *Tx) (Chat, error) { return tx.Chat(100) }).Version, int64(1))
}

func TestABackupNeedsNoKeyButReadingDoes(t *testing.T) {
	folder := filled(t)
	if err := os.Remove(KeyFileBeside(folder)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), folder, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a test
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "copy.db")); err != nil {
		t.Error(err)
	}
	if err := s.View(t.Context(), func(tx *Tx) error { _, err := tx.Chat(1); return err }); !errors.Is(err, ErrKey) {
		t.Errorf("got %v, want ErrKey", err)
	}
}

// unsealed makes the database of a version that did not seal, with planted words, some of them deleted.
func unsealed(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	path := filepath.Join(folder, databaseFile)
	db, err := openDB(path, strings.Replace(writeOptions, "secure_delete(1)", "secure_delete(0)", 1))
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, migrations(), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	theCase, err := json.Marshal(plantedCase())
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO "case" VALUES (1042, 'urgent', 'open', 1, 7, 0, 0, $1)`, theCase)
	exec(`INSERT INTO person VALUES (7, 0, $1)`, `{"ID": 7, "Name": "`+plantedName+`"}`)
	exec(`INSERT INTO chat VALUES (7, 3, $1)`, []byte(plantedUrdu))
	// more than are sealed at a time
	exec(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 1200)
		INSERT INTO inbox SELECT n, n, 7, $1, 1, 0, 0, $2, 1 FROM i`, []byte(plantedWords), plantedName)
	exec(`INSERT INTO inbox VALUES (5000, 5000, 7, $1, 0, 0, 0, '', 1)`, []byte(plantedPhone))
	exec(`INSERT INTO outbox VALUES ('a/1', 1, 7, 0, '', 'answer', 'sendMessage', $1, 0, 0, 0, 0, 0, '', 0, 0)`, []byte(plantedReplies))
	exec(`DELETE FROM inbox WHERE seq < 600`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestAnUnsealedDatabaseIsSealedAtTheFirstStart(t *testing.T) {
	folder := unsealed(t)
	data, err := os.ReadFile(filepath.Join(folder, databaseFile))
	if err != nil || !bytes.Contains(data, []byte(plantedName)) {
		t.Fatalf("nothing was planted: %v", err)
	}
	s := open(t, folder)
	betrayed(t, folder)
	commit(t, s, func(tx *Tx) error {
		c, err := tx.Case(1042)
		same(t, c, plantedCase())
		p, err2 := tx.Person(7)
		same(t, p.Name, plantedName)
		chat, err3 := tx.Chat(7)
		same(t, chat, Chat{ID: 7, Version: 3, State: []byte(plantedUrdu)})
		in, found, err4 := tx.OldestInbound(7)
		same(t, []any{found, in.Seq, string(in.Body)}, []any{true, int64(5000), plantedPhone})
		out, found, err5 := tx.Head(7, noon)
		same(t, []any{found, string(out.Body)}, []any{true, plantedReplies})
		reason := ""
		_, err6 := tx.one([]any{&reason}, `SELECT reason FROM inbox WHERE seq = 1200`)
		plain, err7 := tx.sealer.openText("inbox.reason", 1200, reason)
		same(t, plain, plantedName)
		return errors.Join(err, err2, err3, err4, err5, err6, err7)
	})
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), "before-") {
			t.Errorf("the plain copy %s is still there", f.Name())
		}
	}
}

func TestSealingThatWasCutOffIsEndedAtTheNextStart(t *testing.T) {
	folder := unsealed(t)
	func() { // all but the scrubbing
		s := &Store{path: filepath.Join(folder, databaseFile), sealer: testSealer(t, 1)}
		if err := s.connect(context.Background(), s.path, true); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = errors.Join(closeDB(s.read), closeDB(s.write)) }()
		if err := migrate(t.Context(), s, goose.DialectSQLite3, migrations(), folder); err != nil {
			t.Fatal(err)
		}
	}()
	copies, err := filepath.Glob(filepath.Join(folder, "before-*.db"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("copies: %v %v", copies, err)
	}
	s, err := Open(t.Context(), folder, Options{Key: testKey(1)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a test
	betrayed(t, folder)
	_, left, err := view(t, s, metaPlainCopy)
	same(t, []any{left, err}, []any{false, nil})
}

func view(t *testing.T, s *Store, name string) (value string, found bool, err error) {
	t.Helper()
	err = s.View(t.Context(), func(tx *Tx) (err error) { value, found, err = tx.Meta(name); return err })
	return value, found, err
}

// A table that somebody adds has its byte columns sealed, or stands here with a reason.
func TestEveryByteColumnIsKnown(t *testing.T) {
	s := open(t, t.TempDir())
	got := []string{}
	rows, err := s.write.QueryContext(t.Context(), `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.type IN ('BYTEA', 'BLOB') ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // a test
	for rows.Next() {
		var name sql.NullString
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		got = append(got, name.String)
	}
	same(t, got, []string{
		"case.body", "chat.state",
		"faq_version.body", // not sealed: what the clinic says to everybody
		"gap.body", "inbox.body",
		"invite.hash", // not sealed: it is looked for, and tells nothing
		"outbox.body", "person.body", "upload.body",
	})
}

// BenchmarkSeal is the cost of keeping and reading a body of the usual length.
func BenchmarkSeal(b *testing.B) {
	s := testSealer(b, 1)
	body := make([]byte, 1000)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := s.open("inbox", 7, s.seal("inbox", 7, body)); err != nil {
			b.Fatal(err)
		}
	}
}

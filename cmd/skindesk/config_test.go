package main

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/joho/godotenv"
)

var update = flag.Bool("update", false, "rewrite .env.example and the README's settings from the table")

const goodToken = "123456789:AAE0abcdefghijklmnopqrstuvwxyz012345"

// good are settings that start the bot on Telegram.
func good(changes ...string) map[string]string {
	env := map[string]string{"TELEGRAM_BOT_TOKEN": goodToken, "ADMIN_IDS": "11, 12"}
	for i := 0; i < len(changes); i += 2 {
		env[changes[i]] = changes[i+1]
	}
	return env
}

func read(t *testing.T, env map[string]string) (*config, error) {
	t.Helper()
	return readConfig(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
}

func TestDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := read(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	want := &config{APIURL: "https://api.telegram.org", FAQFile: "faq.json", DataDir: "data", KeyFile: filepath.Join(here, "skindesk.key"), ListenAddr: "127.0.0.1:8081", SendRate: 30}
	if diff := cmp.Diff(want, c, cmp.AllowUnexported(config{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSettingsAreRead(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := read(t, good("STAFF_CHAT_ID", "-100200", "STAFF_IDS", "13,14,", "SEND_RATE", "300", "LOG_LEVEL", "debug", "TELEGRAM_API_URL", "http://127.0.0.1:9000/"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]int64{{11, 12}, {13, 14}, {-100200}}, [][]int64{c.Admins, c.Staff, {c.StaffChat}}); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	if c.SendRate != 300 || c.LogLevel.String() != "DEBUG" || c.APIURL != "http://127.0.0.1:9000" {
		t.Errorf("got %v %v %q", c.SendRate, c.LogLevel, c.APIURL)
	}
}

func TestTheEnvironmentGoesBeforeDotenv(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile(".env", []byte("DATA_DIR=from-file\nFAQ_FILE=from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := read(t, map[string]string{"FAQ_FILE": "from-environment"})
	if err != nil {
		t.Fatal(err)
	}
	if c.DataDir != "from-file" || c.FAQFile != "from-environment" {
		t.Errorf("got %q and %q", c.DataDir, c.FAQFile)
	}
}

func TestAllComplaintsAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	wrong := map[string]string{
		"TELEGRAM_BOT_TOKEN": "my token", "TELEGRAM_API_URL": "api.telegram.org", "STAFF_CHAT_ID": "12", "ADMIN_IDS": "@sana", "STAFF_IDS": "-5",
		"DATABASE_URL": "postgres://clinic:hush@db/clinic", "DATA_KEY": "c2hvcnQ=", "WEBHOOK_URL": "https://example.org/hook",
		"LISTEN_ADDR": "8081", "LOG_LEVEL": "loud", "SEND_RATE": "none",
	}
	_, err := read(t, wrong)
	if err == nil {
		t.Fatal("accepted")
	}
	lines := strings.Split(err.Error(), "\n")[1:]
	if len(lines) != len(wrong) {
		t.Errorf("%d complaints about %d wrong settings:\n%v", len(lines), len(wrong), err)
	}
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		line := complaintAbout(lines, name)
		if line == "" {
			t.Errorf("nothing about %s", name)
			continue
		}
		if s := settingNamed(name); s.example != "" && !strings.Contains(line, name+"="+s.example) {
			t.Errorf("no example in %q", line)
		} else if s.secret && strings.Contains(line, wrong[name]) {
			t.Errorf("a secret is shown in %q", line)
		}
	}
}

func complaintAbout(lines []string, name string) string {
	for _, l := range lines {
		if strings.HasPrefix(l, "  "+name+": ") {
			return l
		}
	}
	return ""
}

// Nothing starts on a wrong setting, whatever the command.
func TestWrongSettingsStartNothing(t *testing.T) {
	file := withoutDotenv(t, smallFAQ)
	for _, args := range [][]string{{}, {"serve"}, {"preview", "--addr", "127.0.0.1:0"}, {"backup", "copy.db"}, {"check"}, {"ask", "hello"}} {
		s := session{env: map[string]string{"FAQ_FILE": file, "SEND_RATE": "none"}}
		if err := s.run(t, args...); err == nil || !strings.Contains(err.Error(), "SEND_RATE") {
			t.Errorf("%v: got %v", args, err)
		}
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestWhatIsNotBuiltIsRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, plain := range map[string]string{
		"DATABASE_URL": "cannot be used yet: leave it empty, the data is kept in DATA_DIR",
		"WEBHOOK_URL":  "cannot be used yet: leave it empty, the bot fetches its messages itself",
	} {
		if _, err := read(t, good(name, "https://example.org")); err == nil || !strings.Contains(err.Error(), plain) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestATokenWantsAnAdmin(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, admins := range []string{"", " ", ","} {
		if _, err := read(t, good("ADMIN_IDS", admins)); err == nil || !strings.Contains(err.Error(), "ADMIN_IDS: is required with a token") {
			t.Errorf("ADMIN_IDS=%q: got %v", admins, err)
		}
	}
	if _, err := read(t, map[string]string{}); err != nil {
		t.Errorf("the preview needs no admin: %v", err)
	}
}

func TestTheTokenIsNeverShown(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, token := range []string{goodToken + "\nx", goodToken + " ", "https://" + goodToken, "Bearer " + goodToken} {
		_, err := read(t, good("TELEGRAM_BOT_TOKEN", token, "SEND_RATE", "none"))
		if err == nil || strings.Contains(err.Error(), goodToken) {
			t.Errorf("token %q: %v", token, err)
		}
	}
	env := good("DATABASE_URL", "postgres://clinic:hush@db/clinic", "DATA_KEY", "a-secret-key", "WEBHOOK_SECRET", "another")
	var out bytes.Buffer
	log := newLogger(&out, &config{Token: goodToken})
	logSettings(log, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	log.Error("a library's error", "err", fmt.Errorf("Post https://api.telegram.org/bot%s/getUpdates: EOF", goodToken))
	for _, secret := range []string{goodToken, "hush", "a-secret-key", "another"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, &out)
		}
	}
	for _, s := range settings {
		if !strings.Contains(out.String(), s.name+"=") {
			t.Errorf("%s is not logged", s.name)
		}
	}
}

// A slip in .env must be told without what stands on its line, which may be the token.
func TestAFaultyDotenvIsNotQuoted(t *testing.T) {
	for _, slip := range []string{"TELEGRAM_BOT_TOKEN '" + goodToken + "'", "TELEGRAM_BOT_TOKEN='" + goodToken} {
		t.Chdir(t.TempDir())
		if err := os.WriteFile(".env", []byte(slip+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := read(t, nil); err == nil || strings.Contains(err.Error(), goodToken[len(goodToken)-20:]) {
			t.Errorf(".env %q: %v", slip, err)
		}
	}
}

// envExample writes the settings as a file to copy.
func envExample() string {
	var b strings.Builder
	b.WriteString("# Every setting of skindesk with its default. Copy this file to .env and fill in what differs;\n# the environment goes before the file.\n")
	for _, s := range settings {
		fmt.Fprintf(&b, "\n# %s\n", s.help)
		if s.example != "" && s.example != s.preset {
			fmt.Fprintf(&b, "# for example %s=%s\n", s.name, s.example)
		}
		fmt.Fprintf(&b, "%s=%s\n", s.name, s.preset)
	}
	return b.String()
}

func TestEnvExampleNamesEverySetting(t *testing.T) {
	const file = "../../.env.example"
	want := envExample()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("-settings +.env.example (go test ./cmd/skindesk -run EnvExample -update writes it anew):\n%s", diff)
	}
	values, err := godotenv.Unmarshal(string(got))
	if err != nil {
		t.Fatal(err)
	}
	if len(values) != len(settings) {
		t.Errorf("%d values are read back, want %d", len(values), len(settings))
	}
	for _, s := range settings {
		if values[s.name] != s.preset {
			t.Errorf("%s is read back as %q, want %q", s.name, values[s.name], s.preset)
		}
	}
}

// Examples are shown to someone who got it wrong once.
func TestExamplesAreGood(t *testing.T) {
	for _, s := range settings {
		if s.example == "" {
			continue
		}
		if err := s.set(new(config), s.example); err != nil {
			t.Errorf("the example of %s is refused: %v", s.name, err)
		}
	}
}

// settingsTable writes the settings as they stand in the README.
func settingsTable() string {
	var b strings.Builder
	b.WriteString("| setting | default | what it is |\n| --- | --- | --- |\n")
	for _, s := range settings {
		preset := ""
		if s.preset != "" {
			preset = "`" + s.preset + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s.name, preset, s.help)
	}
	return b.String()
}

func TestReadmeNamesEverySetting(t *testing.T) {
	const file = "../../README.md"
	readme, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const head = "| setting | default |"
	before, rest, found := strings.Cut(string(readme), head)
	table, after, ended := strings.Cut(rest, "\n\n")
	if !found || !ended {
		t.Fatal("the README has no table of settings")
	}
	if *update {
		if err := os.WriteFile(file, []byte(before+settingsTable()+"\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(settingsTable(), head+table+"\n"); diff != "" {
		t.Errorf("-settings +README.md (go test ./cmd/skindesk -run Readme -update writes it anew):\n%s", diff)
	}
}

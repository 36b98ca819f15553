package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/joho/godotenv"

	"skindesk/store"
)

// config holds the settings of one run, checked.
type config struct {
	Token       string
	APIURL      string
	StaffChat   int64
	Admins      []int64
	Staff       []int64
	FAQFile     string
	DataDir     string
	DatabaseURL string
	DataKey     []byte
	KeyFile     string // of the key when DATA_KEY is empty
	WebhookURL  string
	ListenAddr  string
	LogLevel    slog.Level
	SendRate    float64

	client *http.Client     // for Telegram; the preview has its own
	now    func() time.Time // nil: the machine's clock; the preview has one that can be moved
}

// setting is one variable of the environment. A test keeps .env.example equal to this table.
type setting struct {
	name    string
	preset  string // the default
	help    string
	example string
	secret  bool
	set     func(c *config, s string) error
}

var settings = []setting{
	{"TELEGRAM_BOT_TOKEN", "", "the bot's token from @BotFather; empty: the preview runs instead", "123456789:AAE0example-of-a-token-with-35chars", true, setToken},
	{"TELEGRAM_API_URL", "https://api.telegram.org", "the Bot API server", "https://api.telegram.org", false, setAPIURL},
	{"STAFF_CHAT_ID", "", "the staff group's id; write /here in the group and the bot tells it", "-1001234567890", false, func(c *config, s string) error { return setChat(&c.StaffChat, s) }},
	{"ADMIN_IDS", "", "numeric Telegram ids of the admins, comma separated; required with a token", "123456789,987654321", false, func(c *config, s string) error { return setIDs(&c.Admins, s) }},
	{"STAFF_IDS", "", "numeric Telegram ids of staff, comma separated", "123456789,987654321", false, func(c *config, s string) error { return setIDs(&c.Staff, s) }},
	{"FAQ_FILE", "faq.json", "what the clinic says", "faq.json", false, func(c *config, s string) error { c.FAQFile = s; return nil }},
	{"DATA_DIR", "data", "the folder of the database", "data", false, func(c *config, s string) error { c.DataDir = s; return nil }},
	{"DATABASE_URL", "", "empty: SQLite in DATA_DIR", "", true, setDatabaseURL},
	{"DATA_KEY", "", "32 bytes in base64 that seal personal data at rest; empty: a key file beside DATA_DIR", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", true, setDataKey},
	{"WEBHOOK_URL", "", "empty: the bot fetches its messages itself", "", false, setWebhookURL},
	{"WEBHOOK_SECRET", "", "goes with WEBHOOK_URL", "", true, func(*config, string) error { return nil }},
	{"LISTEN_ADDR", "127.0.0.1:8081", "address of the health page", "127.0.0.1:8081", false, setListenAddr},
	{"LOG_LEVEL", "info", "debug, info, warn or error", "info", false, func(c *config, s string) error { return c.LogLevel.UnmarshalText([]byte(s)) }},
	{"SEND_RATE", "30", "messages a second that the bot may send; Telegram's limit is 30", "30", false, setSendRate},
}

// readConfig reads the settings from the environment and, for what is not set there, from a file .env. It returns all
// complaints at once, each with the variable, what is wrong and an example.
func readConfig(lookup func(string) (string, bool)) (*config, error) {
	file, err := godotenv.Read()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		// The reader's own words quote the line, and the line may be the token.
		return nil, errors.New(`.env cannot be read: every line is NAME=value (a value with blanks in "quotes"), a comment after #, or empty`)
	}
	c := &config{}
	var complaints []error
	for _, s := range settings {
		value, ok := lookup(s.name)
		if !ok {
			value = file[s.name]
		}
		if value = cmp.Or(strings.TrimSpace(value), s.preset); value == "" {
			continue
		}
		if err := s.set(c, value); err != nil {
			complaints = append(complaints, complaint(s, err))
		}
	}
	if c.Token != "" && len(c.Admins) == 0 {
		complaints = append(complaints, complaint(settingNamed("ADMIN_IDS"), errors.New("is required with a token: somebody must be told when something is wrong")))
	}
	c.KeyFile = store.KeyFileBeside(c.DataDir)
	if len(complaints) > 0 {
		return nil, fmt.Errorf("nothing was started, the settings need a look:\n%w", errors.Join(complaints...))
	}
	return c, nil
}

func complaint(s setting, err error) error {
	if s.example == "" {
		return fmt.Errorf("  %s: %w", s.name, err)
	}
	return fmt.Errorf("  %s: %w, for example %s=%s", s.name, err, s.name, s.example)
}

func settingNamed(name string) setting {
	for _, s := range settings {
		if s.name == name {
			return s
		}
	}
	return setting{name: name}
}

// tokenPattern is the shape of a bot's token. It is checked before the library sees it: a token with a line break or a
// blank ends up in the library's errors.
var tokenPattern = regexp.MustCompile(`^[0-9]{5,20}:[A-Za-z0-9_-]{20,100}$`)

func setToken(c *config, s string) error {
	if !tokenPattern.MatchString(s) {
		return errors.New("is not shaped like a token (it is not shown here, it is a secret)")
	}
	c.Token = s
	return nil
}

func setAPIURL(c *config, s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.User != nil {
		return fmt.Errorf("%q is no address of a server", s)
	}
	c.APIURL = strings.TrimRight(s, "/")
	return nil
}

func setChat(to *int64, s string) error {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id >= 0 {
		return fmt.Errorf("%q is no group's id, which is a negative number", s)
	}
	*to = id
	return nil
}

func setIDs(to *[]int64, s string) error {
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		id, err := strconv.ParseInt(part, 10, 64)
		if err != nil || id <= 0 {
			return fmt.Errorf("%q is no user id: a positive number, not a @name (names change hands)", part)
		}
		*to = append(*to, id)
	}
	return nil
}

func setDatabaseURL(*config, string) error {
	return errors.New("a database server cannot be used yet: leave it empty, the data is kept in DATA_DIR")
}

func setWebhookURL(*config, string) error {
	return errors.New("a webhook cannot be used yet: leave it empty, the bot fetches its messages itself")
}

func setDataKey(c *config, s string) error {
	key, err := store.ParseKey(s)
	c.DataKey = key
	return err
}

func setListenAddr(c *config, s string) error {
	if _, _, err := net.SplitHostPort(s); err != nil {
		return fmt.Errorf("%q is no address", s)
	}
	c.ListenAddr = s
	return nil
}

func setSendRate(c *config, s string) error {
	rate, err := strconv.ParseFloat(s, 64)
	if err != nil || rate < 1 || rate > 1e5 {
		return fmt.Errorf("%q is no rate between 1 and 100000", s)
	}
	c.SendRate = rate
	return nil
}

// newLogger returns the program's logger: text on w, the secrets taken out of every line.
func newLogger(w io.Writer, c *config) *slog.Logger {
	secrets := []string{}
	for _, s := range []string{c.Token, url.QueryEscape(c.Token)} {
		if s != "" {
			secrets = append(secrets, s, "[token]")
		}
	}
	return slog.New(slog.NewTextHandler(redactor{w, strings.NewReplacer(secrets...)}, &slog.HandlerOptions{Level: c.LogLevel}))
}

// redactor takes secrets out of what is written.
type redactor struct {
	w    io.Writer
	hide *strings.Replacer
}

func (r redactor) Write(p []byte) (int, error) {
	if _, err := io.WriteString(r.w, r.hide.Replace(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// logSettings tells what is in force, without secrets.
func logSettings(log *slog.Logger, lookup func(string) (string, bool)) {
	file, _ := godotenv.Read()
	args := []any{}
	for _, s := range settings {
		value, ok := lookup(s.name)
		if !ok {
			value = file[s.name]
		}
		value = cmp.Or(strings.TrimSpace(value), s.preset)
		if s.secret && value != "" {
			value = "[set]"
		}
		args = append(args, s.name, value)
	}
	log.Info("settings", args...)
}

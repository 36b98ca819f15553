package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"skindesk/bot"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// serve runs the bot on Telegram, or the preview where no token is set.
func serve(ctx context.Context, env environ, args []string) error {
	if err := flags(env, "serve").Parse(args); err != nil {
		return err
	}
	c, err := readConfig(env.lookup)
	if err != nil {
		return err
	}
	if c.Token == "" {
		fmt.Fprintln(env.stdout, "No TELEGRAM_BOT_TOKEN is set, so this is the preview: nothing leaves this machine.")
		return servePreview(ctx, env, nil)
	}
	log := newLogger(env.stderr, c)
	logSettings(log, env.lookup)
	health, err := net.Listen("tcp", c.ListenAddr)
	if err != nil {
		return fmt.Errorf("LISTEN_ADDR: %w", err)
	}
	s, err := start(ctx, c, log)
	if err != nil {
		return errors.Join(err, health.Close())
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveHTTP(ctx, health, s.health()) })
	group.Go(func() error { return s.run(ctx) })
	log.Info("skindesk is running", "health", "http://"+health.Addr().String()+"/healthz")
	return errors.Join(group.Wait(), s.close())
}

// service is a running skindesk: what it is made of, in the order in which it was begun.
type service struct {
	log   *slog.Logger
	now   func() time.Time
	store *store.Store
	live  *index.Live
	bot   *bot.Bot
	watch *watch // of the faq file
	built bool   // the index, just now: that needs several times the memory that stays
}

// start opens the store, loads the FAQ, builds the index and makes the bot. What was begun is ended when a step fails.
func start(ctx context.Context, c *config, log *slog.Logger) (s *service, err error) {
	s = &service{log: log, now: c.now}
	if s.now == nil {
		s.now = time.Now
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	data, f, err := readFAQ(c.FAQFile, log)
	if err != nil {
		return s, err
	}
	if s.store, err = store.Open(ctx, c.DataDir, store.Options{Key: c.DataKey, KeyFile: c.KeyFile}); err != nil {
		return s, err
	}
	logKey(log, s.store.Key())
	if data, f, err = inForce(ctx, s.store, data, f); err != nil {
		return s, err
	}
	build := func(ctx context.Context, f *faq.FAQ) (*index.Index, error) {
		return index.New(ctx, f, index.CacheIn(c.DataDir))
	}
	file, began := faqFile(c.FAQFile), time.Now()
	ix, err := build(ctx, f)
	if err != nil {
		return s, err
	}
	s.live, s.built = index.NewLive(ix), true
	debug.SetGCPercent(40) // a small machine has more processor than memory to spare
	log.Info("index built", "entries", len(f.Entries), "took", time.Since(began).Round(time.Millisecond))
	s.bot, err = bot.New(bot.Config{
		Store: s.store, Live: s.live, Build: build, File: file.forBot(), Client: c.client, Within: c.client != nil, Token: c.Token, APIURL: c.APIURL,
		StaffChat: c.StaffChat, Admins: c.Admins, Staff: c.Staff, Now: s.now, Log: log, SendRate: c.SendRate,
	})
	if err != nil {
		return s, err
	}
	s.watch = &watch{file: file, changed: s.bot.FileChanged, gone: s.bot.FileGone, log: log, pace: usualPace}
	return s, s.bot.Adopt(ctx, data)
}

// logKey warns of a key that lies beside the data: whoever gets both can read everything.
func logKey(log *slog.Logger, k store.Key) {
	switch {
	case k.Made:
		log.Warn("a key for personal data was made: keep a copy in another place, without it neither the database nor a backup can be read; "+
			"and move it away from the data, best into DATA_KEY", "file", k.File, "key", k.ID)
	case k.File != "":
		log.Warn("the key for personal data lies beside the data; it belongs elsewhere, best in DATA_KEY", "file", k.File, "key", k.ID)
	}
}

// run works until ctx ends and everything begun is finished.
func (s *service) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.bot.Run(ctx) })
	if s.built {
		group.Go(func() error { debug.FreeOSMemory(); return nil }) // the first patients need not wait for it
	}
	if s.watch != nil {
		group.Go(func() error { return s.watch.run(ctx) })
	}
	for _, c := range s.chores() {
		group.Go(func() error { return c.repeat(ctx, s.log) })
	}
	return group.Wait()
}

// close ends what start began, in the opposite order.
func (s *service) close() error {
	if s.live != nil {
		s.live.Close()
	}
	if s.store != nil {
		return s.store.Close()
	}
	return nil
}

// chore is something to do from time to time.
type chore struct {
	name  string
	every time.Duration
	do    func(context.Context) error
}

func (s *service) chores() []chore {
	return []chore{
		{"prune", time.Hour, func(ctx context.Context) error { return s.store.Prune(ctx, s.now()) }},
		{"team", time.Hour, s.bot.CheckTeam},
	}
}

// repeat does the chore until ctx ends. One that fails is logged and tried again at its next time.
func (c chore) repeat(ctx context.Context, log *slog.Logger) error {
	tick := time.NewTicker(c.every)
	defer tick.Stop()
	for {
		if err := c.do(ctx); err != nil && ctx.Err() == nil {
			log.Error("chore", "name", c.name, "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// readFAQ reads and parses the file. Its warnings are logged, its faults are the error.
func readFAQ(file string, log *slog.Logger) ([]byte, *faq.FAQ, error) {
	data, err := faqFile(file).read()
	if err != nil {
		return nil, nil, fmt.Errorf("read the faq file: %w", err)
	}
	f, warnings, err := faq.Parse(data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s is faulty, nothing was started:\n%w", file, err)
	}
	for _, w := range warnings {
		log.Warn("faq file", "file", file, "at", w.String())
	}
	return data, f, nil
}

// inForce returns what to answer from: the file, or the version that an undo has put in its place.
func inForce(ctx context.Context, s *store.Store, data []byte, f *faq.FAQ) ([]byte, *faq.FAQ, error) {
	body, err := bot.InForce(ctx, s, data)
	if err != nil || bytes.Equal(body, data) {
		return data, f, err
	}
	if undone, _, err := faq.Parse(body); err == nil { // else it is faulty by rules that are newer than it
		return body, undone, nil
	}
	return data, f, nil
}

// health answers on /healthz whether the database can be read.
func (s *service) health() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.store.View(r.Context(), func(tx *store.Tx) error { _, _, err := tx.Meta("health"); return err }); err != nil {
			s.log.Error("health", "err", err)
			http.Error(w, "the database cannot be read", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	return mux
}

// serveHTTP answers on the listener until ctx ends and its requests are finished.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := srv.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close() // a page's event stream never ends by itself
	}
	<-ended
	return err
}

// backup copies the database of a running or resting skindesk to a new file.
func backup(ctx context.Context, env environ, args []string) error {
	fs := flags(env, "backup")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() != 1 {
		return errors.New("backup: the new file's name is missing, for example: skindesk backup skindesk-backup.db")
	}
	c, err := readConfig(env.lookup)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, c.DataDir, store.Options{ReadOnly: true, Key: c.DataKey, KeyFile: c.KeyFile})
	if err != nil {
		return err
	}
	err = errors.Join(s.Backup(ctx, fs.Arg(0)), s.Close())
	if err == nil {
		fmt.Fprintf(env.stdout, "The database in %s was copied to %s.\nPersonal data in it is sealed with key %s: without that key nobody can read it, so keep the key too, in another place.\n",
			filepath.Clean(c.DataDir), fs.Arg(0), s.Key().ID)
	}
	return err
}

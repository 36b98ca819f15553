package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"skindesk/preview"
)

// The people of the preview. Their ids never change, so that the database knows them again after a restart.
const (
	previewToken = "7000000001:preview-of-skindesk-no-secret-at-all"

	annaID   = 5_000_000_001 // patients
	ayeshaID = 5_000_000_003
	noorID   = 5_000_000_004
	sanaID   = 5_000_000_002 // staff
	bilalID  = 5_000_000_005
	omarID   = 5_000_000_006 // admin
)

// servePreview runs the bot against a stand-in for Telegram, with a page to chat on.
func servePreview(ctx context.Context, env environ, args []string) error {
	fs := flags(env, "preview")
	addr := fs.String("addr", "127.0.0.1:8080", "address of the page; a port of 0 takes a free one")
	if err := fs.Parse(args); err != nil {
		return err
	}
	c, err := readConfig(env.lookup)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("preview: %w; choose another address with: skindesk preview --addr 127.0.0.1:8090", err)
	}
	fmt.Fprintf(env.stdout, "Reading %s; a first start takes some seconds.\n", c.FAQFile)
	c.DataDir = filepath.Join(c.DataDir, "preview")
	clock := recallClock(c.DataDir)
	telegram := standIn(c, clock)
	defer telegram.Close()
	s, err := start(ctx, c, newLogger(env.stderr, c))
	if err != nil {
		return errors.Join(err, l.Close())
	}
	s.follow(clock, c.DataDir)
	fmt.Fprintf(env.stdout, "The preview is at http://%s\nStop it with Ctrl+C.\n", l.Addr())
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		context.AfterFunc(ctx, telegram.Close) // ends the page's event streams
		return serveHTTP(ctx, l, telegram.Page())
	})
	group.Go(func() error { return s.run(ctx) })
	return errors.Join(group.Wait(), s.close())
}

// standIn makes the stand-in for Telegram with patients, the team's group and an admin, and points the settings at it.
func standIn(c *config, clock *preview.Clock) *preview.Server {
	name, zone := sign(c.FAQFile)
	telegram := preview.New(preview.Options{
		Token: previewToken, Name: name, Zone: zone, Clock: clock,
		// The database outlives the stand-in, so a later one must not count its messages from one again.
		FirstMessageID: int(time.Now().Unix() - 1_700_000_000),
	})
	telegram.Person("Anna", preview.WithID(annaID), preview.WithPhone("+923001234567"))
	telegram.Person("Ayesha", preview.WithID(ayeshaID), preview.WithPhone("+923217654321"))
	telegram.Person("نور", preview.WithID(noorID), preview.WithPhone("+923331112223"), preview.WithLanguage("ur"))
	sana := telegram.Person("Sana", preview.WithID(sanaID))
	bilal := telegram.Person("Bilal", preview.WithID(bilalID))
	omar := telegram.Person("Omar", preview.WithID(omarID), preview.WithTitle("Admin"))
	group := telegram.Supergroup("Clinic team", sana, bilal, omar)
	c.Token, c.APIURL, c.client, c.now = previewToken, "http://telegram.preview", telegram.Client(), clock.Now
	c.StaffChat, c.Admins, c.Staff = group.ID(), []int64{omarID}, []int64{sanaID, bilalID}
	return telegram
}

// sign reads the clinic's name and time zone, for the page. The file's faults are told elsewhere.
func sign(file string) (name, zone string) {
	var f struct {
		Clinic struct{ Name, Timezone string }
	}
	data, err := faqFile(file).read()
	if err == nil {
		err = json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &f)
	}
	if err != nil || f.Clinic.Name == "" {
		return "The clinic", ""
	}
	return f.Clinic.Name, f.Clinic.Timezone
}

// clockFile keeps how far the preview's clock was moved: what the database holds must not lie ahead of a later start.
func clockFile(folder string) string { return filepath.Join(folder, "clock") }

// recallClock makes the clock that goes on where that of the last preview in the folder was.
func recallClock(folder string) *preview.Clock {
	kept, err := os.ReadFile(clockFile(folder))
	if err != nil {
		return preview.NewClock(0) // never moved
	}
	ahead, err := time.ParseDuration(strings.TrimSpace(string(kept)))
	if err != nil {
		ahead = 0
	}
	return preview.NewClock(ahead)
}

// follow lets the service live by a clock that can be moved, and keeps where that stands.
func (s *service) follow(clock *preview.Clock, folder string) {
	clock.Follow(preview.Follower{
		Wake: func() {
			if err := os.WriteFile(clockFile(folder), []byte(clock.Ahead().String()), 0o600); err != nil {
				s.log.Error("keep the clock", "err", err)
			}
			s.bot.Wake()
		},
		Agenda: func(ctx context.Context) (time.Time, bool) {
			next, idle, err := s.bot.Agenda(ctx)
			if err != nil && ctx.Err() == nil {
				s.log.Error("agenda", "err", err)
			}
			return next, idle && err == nil
		},
	})
}

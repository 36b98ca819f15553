package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"skindesk/bot"
	"skindesk/faq"
)

// texts prints what the bot says, so that somebody can read it aloud: every sentence by its key with sample values, every message of a
// conversation with its buttons, and what patients, team and admin meet in the clinic's life.
func texts(ctx context.Context, env environ, args []string) error {
	fs := flags(env, "texts")
	file := fs.String("faq", "", "the faq file; by default that of the settings")
	language := fs.String("language", "", "en, ur-Latn or ur; by default all")
	if err := fs.Parse(args); err != nil {
		return err
	}
	f, err := loadFAQ(env, *file)
	if err != nil {
		return err
	}
	cache, err := os.MkdirTemp("", "skindesk-texts-*")
	if err != nil {
		return fmt.Errorf("a folder for the indexes: %w", err)
	}
	defer os.RemoveAll(cache)
	said := false
	for _, l := range faq.Languages {
		if *language != "" && faq.Language(*language) != l {
			continue
		}
		said = true
		if err := printTexts(ctx, env.stdout, l, f, cache); err != nil {
			return err
		}
	}
	if !said {
		return fmt.Errorf("texts: there is no language %q, for example: skindesk texts --language ur", *language)
	}
	return nil
}

func printTexts(ctx context.Context, w io.Writer, l faq.Language, f *faq.FAQ, cache string) error {
	sentences, err := bot.Sentences(l)
	if err != nil {
		return err
	}
	scenes, err := bot.Scenes(l, f)
	if err != nil {
		return err
	}
	plays, err := bot.Plays(ctx, l, f, cache)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "===== %s: sentences =====\n", l)
	for _, s := range sentences {
		fmt.Fprintf(w, "\n%s\n%s\n", s.Name, indented(s.Text))
	}
	fmt.Fprintf(w, "\n===== %s: messages and their buttons =====\n", l)
	for _, s := range scenes {
		printMessage(w, s.Name, s)
	}
	fmt.Fprintf(w, "\n===== %s: what happens at the clinic =====\n", l)
	for i, s := range plays {
		if i == 0 || plays[i-1].Name != s.Name {
			fmt.Fprintf(w, "\n--- %s ---\n", s.Name)
		}
		name := s.To
		if s.Notice {
			name += ", over the chat"
		}
		printMessage(w, name, s)
	}
	_, err = fmt.Fprintln(w)
	return err
}

func printMessage(w io.Writer, name string, s bot.Spoken) {
	fmt.Fprintf(w, "\n%s\n%s\n", name, indented(s.Text))
	for _, row := range s.Buttons {
		fmt.Fprintf(w, "    [%s]\n", strings.Join(row, "] ["))
	}
}

func indented(text string) string { return "    " + strings.ReplaceAll(text, "\n", "\n    ") }

// Command skindesk is the Telegram assistant of a skin clinic: it answers patients out of faq.json, hands what it cannot
// answer to the clinic's staff, and carries their replies back.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// errReported ends the program with exit code 1 when everything there is to say has been said.
var errReported = errors.New("reported")

// environ is what a command gets from the world.
type environ struct {
	lookup         func(string) (string, bool)
	stdin          io.Reader
	stdout, stderr io.Writer
}

// command is one word of the command line.
type command struct {
	name, args, help string
	run              func(ctx context.Context, env environ, args []string) error
}

var commands = []command{
	{"serve", "", "run the bot: on Telegram when TELEGRAM_BOT_TOKEN is set, else as preview", serve},
	{"preview", "[--addr 127.0.0.1:8080]", "chat with the bot in a browser, without Telegram", servePreview},
	{"ask", "[--faq F] [--after ENTRY_ID] [--json] QUESTION", "what a patient would get, and why; with --json - questions come as JSON lines", ask},
	{"check", "[FILE]", "validate a faq.json; every fault with its place, reason and hint", check},
	{"eval", "[--faq F] --cases C.jsonl [--json]", "measure the answers on labelled questions", evaluate},
	{"texts", "[--language L] [--faq F]", "print every sentence and message of the bot, to read aloud", texts},
	{"backup", "DEST", "write a copy of the database to a new file", backup},
	{"version", "", "print the version", version},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, environ{os.LookupEnv, os.Stdin, os.Stdout, os.Stderr}, os.Args[1:])
	if err != nil && !errors.Is(err, errReported) {
		fmt.Fprintln(os.Stderr, "skindesk:", err)
	}
	if err != nil {
		os.Exit(1)
	}
}

// run carries out one command line.
func run(ctx context.Context, env environ, args []string) error {
	name := "serve"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		name, args = args[0], args[1:]
	}
	for _, c := range commands {
		if c.name == name {
			err := c.run(ctx, env, args)
			if errors.Is(err, flag.ErrHelp) {
				return nil
			}
			return err
		}
	}
	usage(env.stderr)
	if name == "help" {
		return nil
	}
	return fmt.Errorf("there is no command %q", name)
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "skindesk is the Telegram assistant of a skin clinic. Its commands:")
	for _, c := range commands {
		fmt.Fprintf(w, "\n  skindesk %s %s\n        %s\n", c.name, c.args, c.help)
	}
	fmt.Fprintln(w, "\nSettings come from the environment or a file .env; .env.example names them all.")
}

// flags returns the flag set of a command; its faults go to stderr.
func flags(env environ, name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(env.stderr)
	return fs
}

func version(_ context.Context, env environ, _ []string) error {
	v, revision := "(devel)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			v = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value
			}
		}
	}
	_, err := fmt.Fprintf(env.stdout, "skindesk %s%s\n", v, revision)
	return err
}

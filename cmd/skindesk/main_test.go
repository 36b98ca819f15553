package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const smallFAQ = "testdata/small.faq.json"

// session is one call of the program with an environment of its own.
type session struct {
	stdin          io.Reader
	stdout, stderr bytes.Buffer
	env            map[string]string
}

func (s *session) run(t *testing.T, args ...string) error {
	t.Helper()
	if s.stdin == nil {
		s.stdin = strings.NewReader("")
	}
	return run(t.Context(), environ{s.lookup, s.stdin, &s.stdout, &s.stderr}, args)
}

func (s *session) lookup(name string) (string, bool) {
	v, ok := s.env[name]
	return v, ok
}

// withoutDotenv moves to an empty folder, for a .env beside the sources must not decide a test, and returns the path of a file
// as seen from there.
func withoutDotenv(t *testing.T, file string) string {
	t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	return path
}

func TestUnknownCommandShowsTheKnownOnes(t *testing.T) {
	var s session
	err := s.run(t, "serv")
	if err == nil || !strings.Contains(err.Error(), `"serv"`) {
		t.Errorf("got %v, want an error that names the word", err)
	}
	for _, c := range commands {
		if !strings.Contains(s.stderr.String(), "skindesk "+c.name+" "+c.args) {
			t.Errorf("%s is not shown:\n%s", c.name, &s.stderr)
		}
	}
	if s.stdout.Len() > 0 {
		t.Errorf("stdout got %q", &s.stdout)
	}
}

func TestHelpIsNoFault(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"ask", "-h"}, {"eval", "--help"}, {"preview", "-h"}, {"check", "-h"}, {"backup", "-h"}, {"serve", "-h"}} {
		var s session
		if err := s.run(t, args...); err != nil || s.stderr.Len() == 0 {
			t.Errorf("%v: %v, shown %q", args, err, &s.stderr)
		}
	}
}

func TestUnknownFlagIsAFault(t *testing.T) {
	for _, name := range []string{"serve", "preview", "ask", "check", "eval", "backup"} {
		var s session
		if err := s.run(t, name, "--no-such-flag"); err == nil {
			t.Errorf("%s --no-such-flag was accepted", name)
		}
	}
}

func TestVersion(t *testing.T) {
	var s session
	if err := s.run(t, "version"); err != nil {
		t.Fatal(err)
	}
	if got := s.stdout.String(); !strings.HasPrefix(got, "skindesk ") || strings.Count(got, "\n") != 1 {
		t.Errorf("version printed %q", got)
	}
}

// asProgram is set, to its arguments, where this very test is started as the program.
const asProgram = "SKINDESK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if args := os.Getenv(asProgram); args != "" {
		os.Args = append([]string{"skindesk"}, strings.Fields(args)...)
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestExitCodes(t *testing.T) {
	broken := brokenFAQ(t)
	for _, x := range []struct {
		args   string
		code   int
		stderr string // a part of it; "-" for nothing
	}{
		{"version", 0, "-"},
		{"check " + smallFAQ, 0, "-"},
		{"check " + broken, 1, "-"}, // the faults are on stdout, there is nothing to add
		{"check no-such-file.json", 1, "skindesk: read the faq file"},
		{"nonsense", 1, "skindesk: there is no command"},
		{"ask --faq " + broken + " hello", 1, "is faulty"},
	} {
		c := exec.CommandContext(t.Context(), os.Args[0])
		c.Env = append(os.Environ(), asProgram+"="+x.args)
		var stderr bytes.Buffer
		c.Stderr = &stderr
		if err := c.Run(); err != nil && c.ProcessState == nil {
			t.Fatal(err)
		}
		if got := c.ProcessState.ExitCode(); got != x.code {
			t.Errorf("skindesk %s ended with %d, want %d\n%s", x.args, got, x.code, &stderr)
		}
		if got := stderr.String(); x.stderr == "-" && got != "" || x.stderr != "-" && !strings.Contains(got, x.stderr) {
			t.Errorf("skindesk %s wrote %q to stderr, want %q", x.args, got, x.stderr)
		}
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room is a package of ours and what keeps it apart from the others.
type room struct {
	uses  string // the rooms that it may import
	tests string // further ones that its tests may import
}

// rooms are the arrows. A test may also import whatever its room reaches through others.
var rooms = map[string]room{
	"faq":                   {},
	"index/encoder":         {},
	"index/encoder/weights": {},                      // the program that makes the encoder's file
	"index/encoder/compare": {uses: "index/encoder"}, // the program that measures it beside the published package
	"preview":               {},
	"desk":                  {uses: "faq"},
	"index":                 {uses: "faq index/encoder"},
	"store":                 {uses: "desk"},
	"eval":                  {uses: "index faq"},
	"bot":                   {uses: "store desk index faq", tests: "preview"},
	"cmd/skindesk":          {uses: "bot eval store desk index faq preview"},
}

// owned are the imports that only some rooms may have, tests included. A path stands for itself and what lies below it.
var owned = []struct{ path, rooms string }{
	{"github.com/blevesearch", "index"},
	{"github.com/go-telegram/bot", "bot preview"},
	{"database/sql", "store"},
	{"modernc.org/sqlite", "store"},
	{"github.com/jackc/pgx", "store"},
	{"github.com/lib/pq", "store"},
	{"github.com/pressly/goose", "store"},
	{"github.com/joho/godotenv", "cmd/skindesk"},
	{"github.com/fsnotify/fsnotify", "cmd/skindesk"},
	{"github.com/go-analyze/charts", "bot"},
}

// unworldly rooms hold data and rules alone: nothing below them, however deep, may talk to the world.
var unworldly = []string{"faq", "desk"}

const module = "skindesk/"

// listed is what `go list` tells of a package.
type listed struct {
	Dir, ImportPath, Name              string
	GoFiles                            []string
	Imports, TestImports, XTestImports []string
	Deps                               []string
}

func (p listed) room() string { return strings.TrimPrefix(p.ImportPath, module) }

func (p listed) tests() []string { return slices.Concat(p.TestImports, p.XTestImports) }

func listPackages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=Dir,ImportPath,Name,GoFiles,Imports,TestImports,XTestImports,Deps", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var ps []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return ps
		}
		if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
}

// reach returns the rooms that a room can see through others.
func reach(name string) []string {
	var all []string
	for _, used := range strings.Fields(rooms[name].uses) {
		all = append(all, used)
		all = append(all, reach(used)...)
	}
	return all
}

func TestArrows(t *testing.T) {
	ps := listPackages(t)
	for _, p := range ps {
		r, known := rooms[p.room()]
		if !known {
			t.Errorf("%s is a new room: it needs a place among the arrows", p.room())
			continue
		}
		checkRooms(t, p.room(), p.Imports, strings.Fields(r.uses))
		checkRooms(t, "a test of "+p.room(), p.tests(), append(reach(p.room()), append(strings.Fields(r.tests), p.room())...))
	}
	if len(ps) != len(rooms) {
		t.Errorf("there are %d rooms, the arrows speak of %d", len(ps), len(rooms))
	}
}

func checkRooms(t *testing.T, who string, imports, allowed []string) {
	t.Helper()
	for _, path := range imports {
		if name, ours := strings.CutPrefix(path, module); ours && !slices.Contains(allowed, name) {
			t.Errorf("%s imports %s, which it must not know", who, name)
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, p := range listPackages(t) {
		for _, path := range append(p.tests(), p.Imports...) {
			for _, o := range owned {
				if within(path, o.path) && !slices.Contains(strings.Fields(o.rooms), p.room()) {
					t.Errorf("%s imports %s, which only %s may know", p.room(), path, o.rooms)
				}
			}
		}
		if p.room() == "preview" && slices.Contains(p.Imports, "github.com/go-telegram/bot") {
			t.Error("preview imports the Telegram library: it may know the types on the wire (models), the rest only in tests")
		}
	}
}

func TestRulesKnowNothingOfTheWorld(t *testing.T) {
	for _, p := range listPackages(t) {
		if !slices.Contains(unworldly, p.room()) {
			continue
		}
		for _, path := range p.Deps {
			for _, world := range []string{"net/http", "database/sql", "os/exec", "log/slog", "github.com/blevesearch", "github.com/go-telegram", "modernc.org"} {
				if within(path, world) {
					t.Errorf("%s reaches %s", p.room(), path)
				}
			}
		}
		for _, path := range p.Imports { // fmt imports os as well, so only what is said outright counts
			if path == "os" || path == "net" || path == "syscall" {
				t.Errorf("%s imports %s: it is data and rules, no I/O", p.room(), path)
			}
		}
	}
}

func within(path, tree string) bool { return path == tree || strings.HasPrefix(path, tree+"/") }

// onlyPrograms are the calls that belong to the one who starts everything: the environment, the logger, the end.
var onlyPrograms = []string{
	"os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv", "os.Exit", "syscall.Getenv", "syscall.Exit",
	"log.Fatal", "log.Fatalf", "log.Fatalln", "slog.NewTextHandler", "slog.NewJSONHandler", "slog.SetDefault", "slog.Default",
}

func TestOnlyProgramsReadTheEnvironmentAndExit(t *testing.T) {
	found := 0
	for _, p := range listPackages(t) {
		for _, file := range p.GoFiles {
			for _, call := range calls(t, filepath.Join(p.Dir, file)) {
				if !slices.Contains(onlyPrograms, call) {
					continue
				}
				if found++; p.Name != "main" {
					t.Errorf("%s/%s uses %s", p.room(), file, call)
				}
			}
		}
	}
	if found == 0 {
		t.Error("not even cmd reads the environment: the search is broken")
	}
}

// calls returns everything of another package that a file names, as package.Name.
func calls(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				names = append(names, x.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
	return names
}

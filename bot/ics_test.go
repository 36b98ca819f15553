package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// icsReading is what testdata/ics.py understands of a calendar file.
type icsReading struct {
	Method, UID, Status, Summary, Place, About, Zone, Local string
	Sequence, Minutes                                       int
	Known, Brought, Stamp                                   int64
}

// readICS has files read by python3-icalendar, which is nobody's of ours.
func readICS(t *testing.T, files ...[]byte) []icsReading {
	t.Helper()
	python := ""
	for _, p := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import icalendar").Run() == nil {
			python = p
			break
		}
	}
	if python == "" {
		t.Skip("python3 with the module icalendar is not here (Debian's package python3-icalendar)")
	}
	args := []string{filepath.Join("testdata", "ics.py")}
	for i, f := range files {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("%d.ics", i))
		if err := os.WriteFile(path, f, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(python, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var all []icsReading
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var r icsReading
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func icsFile(t *testing.T, a appointment) []byte {
	t.Helper()
	f, err := a.file()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func zoneNamed(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// A visit is confirmed, moved and cancelled; another program takes the three files for the same visit, the later for the truer.
func TestICSIsReadByAnotherProgram(t *testing.T) {
	karachi := zoneNamed(t, "Asia/Karachi")
	made := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	first := appointment{
		uid: "case-1042@1.skindesk", at: time.Date(2026, 11, 25, 6, 30, 0, 0, time.UTC), zone: karachi, made: made, length: 45 * time.Minute, about: "An hour is kept free; how long it takes, the clinic says.",
		summary: "Visit: Glamorous Clinic, Islamabad; گلیمرس کلینک میں ملاقات، آپ کا انتظار رہے گا", place: "Street 5, Blue Area; 2nd floor\nIslamabad",
	}
	moved := first
	moved.sequence, moved.at = 1, first.at.Add(24*time.Hour)
	off := moved
	off.sequence, off.cancelled = 2, true
	want := icsReading{
		Method: "PUBLISH", UID: first.uid, Status: "CONFIRMED", Summary: first.summary, Place: first.place, Zone: "Asia/Karachi",
		Local: "2026-11-25T11:30:00", Minutes: 45, About: first.about, Known: first.at.Unix(), Brought: first.at.Unix(), Stamp: made.Unix(),
	}
	wants := []icsReading{want, want, want}
	for i := range 2 {
		wants[i+1].Sequence, wants[i+1].Local = i+1, "2026-11-26T11:30:00"
		wants[i+1].Known, wants[i+1].Brought = moved.at.Unix(), moved.at.Unix()
	}
	wants[2].Method, wants[2].Status = "CANCEL", "CANCELLED"
	if diff := cmp.Diff(wants, readICS(t, icsFile(t, first), icsFile(t, moved), icsFile(t, off))); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
}

// The rules of a zone that the file brings along give the same instant as the zone itself, summer and winter, also right
// before and after the clocks are set.
func TestICSBringsTheZoneAlong(t *testing.T) {
	var files [][]byte
	var want []int64
	for _, name := range []string{"Asia/Karachi", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu", "Europe/Dublin"} {
		zone := zoneNamed(t, name)
		for _, day := range []string{"2026-01-15", "2026-07-15", "2026-03-28", "2026-03-30", "2026-10-24", "2026-10-26", "2026-11-02", "2026-04-06"} {
			at, err := time.ParseInLocation("2006-01-02 15:04", day+" 11:30", zone)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, icsFile(t, appointment{uid: "u", at: at, zone: zone, made: at, summary: "Visit"}))
			want = append(want, at.Unix())
		}
	}
	for i, r := range readICS(t, files...) {
		if r.Known != want[i] || r.Brought != want[i] {
			t.Errorf("%s %s: read as %d, by the file's rules %d, want %d\n%s", r.Zone, r.Local, r.Known, r.Brought, want[i], files[i])
		}
	}
}

func TestICSLines(t *testing.T) {
	a := appointment{
		uid: "case-1@1.skindesk", at: time.Date(2026, 11, 25, 6, 30, 0, 0, time.UTC), zone: zoneNamed(t, "Asia/Karachi"),
		made: time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC), summary: strings.Repeat("ملاقات ", 30),
	}
	text := string(icsFile(t, a))
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d bytes in a line: %s", len(line), line)
		}
		if strings.ContainsAny(line, "\r\n") {
			t.Errorf("a bare line break in %q", line)
		}
	}
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "\r\nMETHOD:PUBLISH\r\n", "DTSTART;TZID=Asia/Karachi:20261125T113000\r\n", "CLASS:PRIVATE"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text, "LOCATION") {
		t.Errorf("a place that nobody knows:\n%s", text)
	}
}

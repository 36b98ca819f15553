package faq

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/invopop/jsonschema"
)

// schemaField says of one field what the types do not: in plain words what to write there, and what else is allowed.
type schemaField struct {
	says  string
	limit func(*jsonschema.Schema)
}

const (
	timePattern = `([01]?[0-9]|2[0-3]):[0-5][0-9]`
	spanPattern = `^` + timePattern + `-(` + timePattern + `|24:00)$`
	datePattern = `^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$`
)

var schemaFields = map[string]schemaField{
	"FAQ.Schema":    {"Tells your editor where this description of the file is. Leave it as it is.", nil},
	"FAQ.Version":   {"The version of the file's shape. Always 1.", func(s *jsonschema.Schema) { s.Const = 1 }},
	"FAQ.Clinic":    {"What the clinic says about itself: hours, treatments, contact.", nil},
	"FAQ.Replies":   {"Ready-made answers that staff can send with one tap.", nil},
	"FAQ.Intake":    {"Questions that a patient is asked before a visit.", nil},
	"FAQ.Documents": {"What the clinic has written and the answers rest on. Entries name them by their id.", nil},
	"FAQ.Topics":    {"The headings of the menu, in the order in which they are shown. Entries name them by their id.", nil},
	"FAQ.Glossary":  {"Words and what they mean, by language. They help to find the right entry and are never shown.", nil},
	"FAQ.Links": {"The hosts that answers may link to, such as example.org. A link to any other host is refused.",
		func(s *jsonschema.Schema) { s.Items.Pattern = hostPattern.String() }},
	"FAQ.Entries": {"Everything the bot can say: one entry for each thing that patients ask.",
		func(s *jsonschema.Schema) { s.MinItems, s.MaxItems = limit(1), limit(MaxEntries) }},

	"Entry.ID":     {"A short name of its own for the entry, such as sessions-count. Nobody but you sees it; keep it when you change the texts.", isID},
	"Entry.Kind":   {`What the entry is for. answer: said as it stands. staff: only the clinic can answer this, and the patient is offered to ask it. booking, human, urgent, chitchat, offtopic, abuse: other things that people write. Without it the entry is an answer.`, nil},
	"Entry.Clinic": {`For what patients ask about the clinic itself: hours, address or phone. Once the clinic's own data is set (and "example" is false), the bot says that instead of the answer; until then it says the answer.`, nil},
	"Entry.About":  {`Of a booking entry that is no wish for a visit, what it is about: walk-in is answered; status, change, cancel and late are about a visit that was asked for already.`, nil},
	"Entry.Topic": {`The id of the heading in "topics" under which the menu shows the answer.`,
		atMost(MaxTitle)},
	"Entry.Clinical":  {`true if the answer touches health: the line "general information, not advice for you" is added.`, nil},
	"Entry.Title":     {"The question in a few words, as it stands on a button: at most 40 characters look well. Without it the first question is taken.", inEach(MaxTitle)},
	"Entry.Questions": {"How patients ask this, in their own words, by language: the more different the wordings, the better the entry is found.", nil},
	"Entry.Answer":    {"What the bot says, by language. A missing language falls back to English. Bold is <b>...</b>, a link <a href=\"https://...\">...</a>; write &lt; for < and &amp; for &.", inEach(MaxAnswer)},
	"Entry.Source":    {"Where in the clinic's documents this stands.", nil},
	"Entry.Related":   {"The ids of entries that are offered as buttons below the answer.", func(s *jsonschema.Schema) { isID(s.Items) }},
	"Entry.Reviewed":  {"The date on which a clinician signed this entry, as 2027-02-28. Leave it out until then.", matches(datePattern)},
	"Entry.ReviewBy":  {"The date by which it is to be read again, as 2028-02-28.", matches(datePattern)},

	"Source.Document": {`The id of a document in "documents".`, nil},
	"Source.Section":  {"The part of that document.", atMost(MaxTitle)},
	"Topic.ID":        {"A short name of its own for the heading.", isID},
	"Topic.Title":     {"The heading as it is shown, by language.", inEach(MaxTitle)},
	"Document.ID":     {"A short name of its own for the document.", isID},
	"Document.Title":  {"The document's title.", atMost(MaxTitle)},
	"Reply.ID":        {"A short name of its own for the reply.", isID},
	"Reply.Title":     {"What stands on the staff's button, by language.", inEach(MaxTitle)},
	"Reply.Text":      {"What the patient gets, by language.", inEach(MaxAnswer)},
	"Intake.ID":       {"A short name of its own for the question.", isID},
	"Intake.Question": {"The question, by language.", inEach(MaxQuestion)},

	"Clinic.Name": {"The clinic's name.", atMost(MaxTitle)},
	"Clinic.City": {"The town, by language: it stands beside each time, as in: 3:00 pm, clinic time (Islamabad). Empty: only clinic time.", func(s *jsonschema.Schema) {
		eachLanguage(s, func(l *jsonschema.Schema) { l.MaxLength = limit(MaxTitle) })
	}},
	"Clinic.Timezone":    {"The time zone of the hours below, such as Asia/Karachi.", func(s *jsonschema.Schema) { s.MinLength = limit(1) }},
	"Clinic.Languages":   {"The languages that the bot offers: en, ur-Latn (Roman Urdu), ur.", nil},
	"Clinic.Example":     {"true as long as the data here is only an example: the bot then states no hours, promises no time and names no phone. Set it to false once everything here is the clinic's own.", nil},
	"Clinic.Contact":     {"How the clinic is reached. What is empty is not said.", nil},
	"Clinic.Hours":       {"The opening hours by weekday. A weekday that is left out or [] is closed.", nil},
	"Clinic.SpecialDays": {"Days with other hours, such as Ramadan or a holiday.", nil},
	"Clinic.Booking":     {"What can be booked, and how far ahead.", nil},
	"Clinic.Visit":       {"What a patient is told about coming.", nil},
	"Clinic.Reminders":   {"When a patient is reminded of a visit.", nil},
	"Clinic.OnCall":      {"The Telegram user ids (numbers) of staff who are alerted outside the opening hours.", func(s *jsonschema.Schema) { s.Items.Minimum = "1" }},

	"Contact.Phone":           {"The phone number, such as +92 51 0000000.", matches(`^([-+ ()0-9]*[0-9][-+ ()0-9]*)?$`)},
	"Contact.EmergencyNumber": {`The number for emergencies. Empty: the bot says "your local emergency number".`, matches(`^([-+ ()0-9]*[0-9][-+ ()0-9]*)?$`)},
	"Contact.Address":         {"The address, on one line.", atMost(MaxTitle)},
	"Contact.MapURL":          {"A link to the place on a map. It begins with https://.", matches(`^(https://.+)?$`)},
	"SpecialDays.From":        {"The first of these days, as 2027-02-08.", matches(datePattern)},
	"SpecialDays.To":          {"The last of these days, as 2027-03-09; the same date for a single day.", matches(datePattern)},
	"SpecialDays.Name":        {"What these days are called.", atMost(MaxTitle)},
	"SpecialDays.Hours":       {"The hours by weekday. They replace the whole week; what is left out is closed.", nil},

	"BookingRules.Treatments":         {"What a visit can be requested for.", nil},
	"BookingRules.DaysAhead":          {"How many days ahead a visit can be requested, 1 to 365.", from(1, 365)},
	"BookingRules.NoticeMinutes":      {"How many minutes before its beginning a visit can still be requested.", from(0, 14*24*60)},
	"BookingRules.ChangeLimitMinutes": {"How many minutes before its beginning a visit can still be moved or cancelled by the patient.", from(0, 14*24*60)},
	"BookingRules.FemaleStaff":        {"true if patients may ask for a female member of staff.", nil},
	"Treatment.ID":                    {"A short name of its own for the treatment.", isID},
	"Treatment.Name":                  {"The treatment's name, by language.", inEach(MaxTitle)},
	"Visit.Bring": {"What to bring, by language. Empty: nothing is said.", func(s *jsonschema.Schema) {
		eachLanguage(s, func(l *jsonschema.Schema) { l.MaxLength = limit(MaxAnswer) })
	}},
	"Visit.Minutes":             {"How many minutes a visit takes, for the patient's calendar. 0 or left out: nothing is said of it.", from(0, 8*60)},
	"ReminderRules.EveningAt":   {"The time of the reminder on the evening before, such as 19:00.", matches(`^(` + timePattern + `)?$`)},
	"ReminderRules.HoursBefore": {"How many hours before the visit the second reminder is sent, 1 to 48.", from(1, 48)},
	"ReminderRules.Quiet":       {"The hours in which nobody is reminded, such as 22:00-08:00.", matches(strings.Replace(spanPattern, "^", "^$|^", 1))},
}

// required are the fields that may not be left out, by type; "" is the top.
var required = map[string][]string{
	"": {"entries"}, "Entry": {"id", "questions", "answer"}, "Topic": {"id", "title"}, "Document": {"id"}, "Reply": {"id", "title", "text"},
	"Intake": {"id", "question"}, "Treatment": {"id", "name"}, "SpecialDays": {"from", "to"}, "Clinic": {"timezone"},
}

func limit(n int) *uint64 { u := uint64(n); return &u }

func isID(s *jsonschema.Schema) { s.Pattern = idPattern.String() }

func matches(pattern string) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Pattern = pattern }
}

func atMost(n int) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.MaxLength = limit(n) }
}

func from(low, high int) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		s.Minimum, s.Maximum = json.Number(strconv.Itoa(low)), json.Number(strconv.Itoa(high))
	}
}

// inEach says that a text may be so long and not empty in each language.
func inEach(n int) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		s.MinProperties = limit(1)
		eachLanguage(s, func(l *jsonschema.Schema) { l.MinLength, l.MaxLength = limit(1), limit(n) })
	}
}

func eachLanguage(s *jsonschema.Schema, do func(*jsonschema.Schema)) {
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		do(p.Value)
	}
}

// schemaOf makes the schema of faq.json from the types and the table above.
func schemaOf(t *testing.T) []byte {
	unused := map[string]bool{}
	for name := range schemaFields {
		unused[name] = true
	}
	r := jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, RequiredFromJSONSchemaTags: true, Mapper: keyedByName}
	r.LookupComment = func(typ reflect.Type, field string) string {
		name := typ.Name() + "." + field
		if field == "" {
			return ""
		}
		if schemaFields[name].says == "" {
			t.Errorf("the schema says nothing of %s", name)
		}
		delete(unused, name)
		return schemaFields[name].says
	}
	s := r.Reflect(&FAQ{})
	if len(unused) > 0 {
		t.Errorf("the schema's table speaks of fields that are not there: %v", unused)
	}
	s.Title, s.Description = "What the clinic says", "The file that skindesk answers from. `skindesk check` tells what is wrong in it."
	restrict(s, reflect.TypeFor[FAQ](), required[""])
	for _, typ := range []reflect.Type{
		reflect.TypeFor[Entry](), reflect.TypeFor[Source](), reflect.TypeFor[Topic](), reflect.TypeFor[Document](), reflect.TypeFor[Reply](), reflect.TypeFor[Intake](),
		reflect.TypeFor[Clinic](), reflect.TypeFor[Contact](), reflect.TypeFor[SpecialDays](), reflect.TypeFor[BookingRules](), reflect.TypeFor[Treatment](), reflect.TypeFor[Visit](), reflect.TypeFor[ReminderRules](),
	} {
		if s.Definitions[typ.Name()] == nil {
			t.Fatalf("no definition of %s", typ.Name())
		}
		restrict(s.Definitions[typ.Name()], typ, required[typ.Name()])
	}
	if len(s.Definitions) != 13 {
		t.Errorf("%d definitions, 13 are restricted", len(s.Definitions))
	}
	return printed(t, s)
}

// restrict adds to an object's schema what the table says of its fields.
func restrict(s *jsonschema.Schema, typ reflect.Type, required []string) {
	s.Required = required
	for i := range typ.NumField() {
		f := typ.Field(i)
		if add := schemaFields[typ.Name()+"."+f.Name].limit; add != nil {
			property, _ := s.Properties.Get(f.Tag.Get("json"))
			add(property)
		}
	}
}

// keyedByName describes the types whose values the library cannot know: names of languages, kinds and weekdays.
func keyedByName(t reflect.Type) *jsonschema.Schema {
	text := func() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} }
	switch t {
	case reflect.TypeFor[Language]():
		return enum(Languages)
	case reflect.TypeFor[Fact]():
		return enum(FactsKnown)
	case reflect.TypeFor[Kind]():
		return enum(Kinds)
	case reflect.TypeFor[About]():
		return enum(Abouts)
	case reflect.TypeFor[Text]():
		return byName(Languages, text)
	case reflect.TypeFor[Week]():
		return byName(append(Weekdays[1:len(Weekdays):len(Weekdays)], Weekdays[0]), func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", Pattern: spanPattern, Description: "From and to, such as 11:00-20:00."}}
		})
	case reflect.TypeFor[map[Language][]string]():
		s := byName(Languages, func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string", MinLength: limit(1), MaxLength: limit(MaxQuestion)}}
		})
		s.MinProperties = limit(1)
		return s
	case reflect.TypeFor[map[Language]map[string]string]():
		return byName(Languages, func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string", MinLength: limit(1), MaxLength: limit(MaxGloss)}}
		})
	}
	return nil
}

func enum[T any](values []T) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, v := range values {
		s.Enum = append(s.Enum, v)
	}
	return s
}

func byName[T any](names []T, of func() *jsonschema.Schema) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema}
	for _, n := range names {
		s.Properties.Set(fmt.Sprint(n), of())
	}
	return s
}

func printed(t *testing.T, s *jsonschema.Schema) []byte {
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(b.String())
	return append([]byte(plain), '\n')
}

func TestSchemaIsThatOfTheTypes(t *testing.T) {
	golden(t, "../faq.schema.json", string(schemaOf(t)))
}

// The schema's patterns and the parser's rules are written apart; here they meet.
func TestSchemaPatterns(t *testing.T) {
	span, date, clock := regexp.MustCompile(spanPattern), regexp.MustCompile(datePattern), regexp.MustCompile("^"+timePattern+"$")
	for _, s := range []string{"11:00-20:00", "9:00-17:00", "00:00-24:00", "24:00-25:00", "11:00–20:00", "11-20", "11:60-12:00", "", "11:00-20:00 ", "111:00-20:00", "7 pm"} {
		if _, _, err := Span(s); (err == nil) != span.MatchString(s) {
			t.Errorf("hours %q: schema %v, parser %v", s, span.MatchString(s), err)
		}
	}
	for _, s := range []string{"2027-02-08", "2027-2-8", "08.02.2027", "2027-13-01", "2027-12-32", "2027-02-08 "} {
		if _, err := time.Parse(time.DateOnly, s); (err == nil) != date.MatchString(s) {
			t.Errorf("date %q: schema %v, parser %v", s, date.MatchString(s), err)
		}
	}
	for _, s := range []string{"19:00", "7:05", "24:00", "7 pm", "19:0", "19:00:00"} {
		if _, err := time.Parse("15:04", s); (err == nil) != clock.MatchString(s) {
			t.Errorf("time %q: schema %v, parser %v", s, clock.MatchString(s), err)
		}
	}
}

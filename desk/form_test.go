package desk

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skindesk/faq"
)

// filling is what a form is filled in with on Wednesday, 25 November 2026, at three in the afternoon.
func filling(t *testing.T) Around {
	t.Helper()
	clinic := week()
	clinic.Booking.FemaleStaff = true
	clinic.Booking.Treatments = []faq.Treatment{
		{ID: "micro-needling", Name: faq.Text{faq.English: "Micro-needling", faq.Urdu: "مائیکرو نیڈلنگ"}}, {ID: "consultation", Name: faq.Text{faq.English: "Consultation"}},
	}
	c := calendar(t, clinic)
	return Around{
		Calendar: c, Now: at(t, c, "2026-11-25 15:00"), Language: faq.English, FirstName: "Anna",
		Intake: []faq.Intake{{ID: "medicines", Question: faq.Text{faq.English: "Which medicines?"}}, {ID: "allergies", Question: faq.Text{faq.English: "Any allergy?"}}},
	}
}

// tapped taps choices, each at the question that is then asked.
func tapped(t *testing.T, f *Form, a Around, choices ...string) {
	t.Helper()
	for _, c := range choices {
		if err := f.Take(a, c); err != nil {
			t.Fatalf("%q at %s: %v", c, f.Step, err)
		}
	}
}

func TestFormFromTheFirstQuestionToTheLast(t *testing.T) {
	a := filling(t)
	f := Begin(Visit{}, a)
	for _, step := range []struct {
		asked   StepKey
		choices []string
		take    string
	}{
		{AskTreatment, []string{"micro-needling", "consultation", NotSure}, "consultation"},
		{AskDay, []string{"2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01", "2026-12-02", AnyDay}, "2026-11-27"},
		{AskPart, []string{BeforePrayer, AfterPrayer, AnyPart}, AfterPrayer},
		{AskName, []string{Known}, Known},
		{AskPhone, []string{HereOnly}, HereOnly},
		{AskNote, []string{Female, Skip}, Female},
		{AskNote, []string{Female, Skip}, Skip},
		{AskIntake, []string{Yes, No, Skip, SkipAll}, Skip},
		{AskIntake, []string{Yes, No, Skip, SkipAll}, Yes},
		{Review, nil, ""},
	} {
		if got := f.Choices(a); f.Step != step.asked || !slices.Equal(got, step.choices) {
			t.Fatalf("%s with %q, want %s with %q", f.Step, got, step.asked, step.choices)
		}
		if step.take != "" {
			tapped(t, f, a, step.take)
		}
	}
	want := Visit{
		Treatment: "consultation", Day: day(t, "2026-11-27"), Part: AfterPrayer, From: at(t, a.Calendar, "2026-11-27 14:30"), To: at(t, a.Calendar, "2026-11-27 20:00"),
		Female: true, HereOnly: true, Intake: []IntakeAnswer{{"allergies", "Any allergy?", Yes}},
	}
	if diff := cmp.Diff(want, f.Visit.Answered()); diff != "" || f.Name != "Anna" {
		t.Errorf("name %q; (-want +got)\n%s", f.Name, diff)
	}
	data, err := json.Marshal(f)
	var back Form
	if err != nil || json.Unmarshal(data, &back) != nil {
		t.Fatalf("not kept: %v, %s", err, data)
	}
	if diff := cmp.Diff(*f, back, cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Errorf("kept otherwise (-want +got):\n%s", diff)
	}
}

func TestFormGoesBackAndIsOpenedAgain(t *testing.T) {
	a := filling(t)
	f := Begin(Visit{Treatment: "consultation", Day: day(t, "2026-11-27"), Part: BeforePrayer}, a)
	if f.Step != AskName || f.First(a) {
		t.Fatalf("with treatment, day and part known it asks for the %s", f.Step)
	}
	f.Back(a)
	if f.Step != AskPart {
		t.Fatalf("back at %s", f.Step)
	}
	f.Back(a)
	tapped(t, f, a, "2026-11-28") // a day that has no time before the prayer
	if f.Step != AskPart || f.Visit.Part != "" {
		t.Fatalf("another day: %s, part %q", f.Step, f.Visit.Part)
	}
	tapped(t, f, a, Evening, Known, HereOnly, Skip, Yes, No)
	f.Back(a)
	if q, _ := f.Intake(a); f.Step != AskIntake || q.ID != "allergies" {
		t.Fatalf("back from the review: %s, %s", f.Step, q.ID)
	}
	tapped(t, f, a, SkipAll)
	f.Open(AskDay)
	tapped(t, f, a, "2026-11-30")
	if f.Step != Review || f.Visit.Part != Evening || DayOf(f.Visit.From, a.Zone()) != day(t, "2026-11-30") {
		t.Fatalf("a day that has the part too: %s, %q from %v", f.Step, f.Visit.Part, f.Visit.From)
	}
	f.Open(AskName)
	f.Close(a)
	if f.Step != Review || f.Name != "Anna" {
		t.Errorf("closed at %s with %q", f.Step, f.Name)
	}
	for _, no := range []string{"2026-11-29", "2027-11-29", "2026-11-24", "rubbish", Female} {
		f.Open(AskDay)
		if err := f.Take(a, no); err == nil {
			t.Errorf("took the day %q", no)
		}
	}
}

func TestFormIsTyped(t *testing.T) {
	for _, x := range []struct {
		at   StepKey
		text string
		fit  Fit
		err  error
		then StepKey
		has  func(*Form) string
		want string
	}{
		{AskTreatment, "microneedling please", Fits, nil, AskDay, func(f *Form) string { return f.Visit.Treatment }, "micro-needling"},
		{AskTreatment, "micro needling or consultation", Not, ErrNoChoice, AskTreatment, nil, ""},
		{AskTreatment, "does it hurt", Not, ErrNoChoice, AskTreatment, nil, ""},
		{AskTreatment, "pata nahi", Fits, nil, AskDay, nil, ""},
		{AskDay, "kal subah", Fits, nil, AskName, func(f *Form) string { return f.Visit.Day.String() + f.Visit.Part }, "2026-11-26morning"},
		{AskDay, "does it hurt on monday", Perhaps, nil, AskPart, nil, ""},
		{AskDay, "25/11 or so", Fits, nil, AskPart, nil, ""},
		{AskDay, "sunday", Fits, ErrDayClosed, AskDay, func(f *Form) string { return f.Offer[0].String() }, "2026-11-28"},
		{AskDay, "wednesday", Fits, ErrWhichDay, AskDay, func(f *Form) string { return f.Offer[1].String() }, "2026-12-02"},
		{AskDay, "what does it cost", Not, ErrNoDay, AskDay, nil, ""},
		{AskPart, "shaam ko", Fits, nil, AskName, func(f *Form) string { return f.Visit.Part }, Evening},
		{AskPart, "koi bhi", Fits, nil, AskName, nil, ""},
		{AskPart, "monday evening", Fits, nil, AskName, func(f *Form) string { return f.Visit.Day.String() }, "2026-11-30"},
		{AskName, "فاطمہ نور", Fits, nil, AskPhone, func(f *Form) string { return f.Name }, "فاطمہ نور"},
		{AskName, "my name is Anna-Marie O'Neil", Fits, nil, AskPhone, func(f *Form) string { return f.Name }, "Anna-Marie O'Neil"},
		{AskName, "does it hurt much", Perhaps, nil, AskPhone, nil, ""},
		{AskName, "koi baat nahi kal theek hai", Not, ErrNoName, AskName, nil, ""},
		{AskName, "Nahi", Fits, nil, AskPhone, func(f *Form) string { return f.Name }, "Nahi"},
		{AskName, "x", Not, ErrNoName, AskName, nil, ""},
		{AskName, "https://a.com", Not, ErrNoName, AskName, nil, ""},
		{AskPhone, "0300-1234567", Fits, nil, AskNote, func(f *Form) string { return f.Phone }, "+923001234567"},
		{AskPhone, "mera number 0300 1234567 hai", Fits, nil, AskNote, func(f *Form) string { return f.Phone }, "+923001234567"},
		{AskPhone, "میرا نمبر: ۰۳۰۰۱۲۳۴۵۶۷، شام کو", Fits, nil, AskNote, func(f *Form) string { return f.Phone }, "+923001234567"},
		{AskPhone, "0300 1234567 ya 0321 7654321", Fits, ErrNoPhone, AskPhone, nil, ""},
		{AskPhone, "0300", Fits, ErrNoPhone, AskPhone, nil, ""},
		{AskPhone, "number nahi dena", Fits, nil, AskNote, func(f *Form) string { return f.Phone }, ""},
		{AskPhone, "I don't want to give my number", Fits, nil, AskNote, nil, ""},
		{AskPhone, "نمبر نہیں دینا", Fits, nil, AskNote, nil, ""},
		{AskPhone, "sirf yahin likhein", Fits, nil, AskNote, nil, ""},
		{AskPhone, "why do you need it", Not, ErrNoPhone, AskPhone, nil, ""},
		{AskNote, "please call first", Perhaps, nil, AskIntake, func(f *Form) string { return f.Visit.Note }, "please call first"},
		{AskNote, "kuch nahi", Fits, nil, AskIntake, func(f *Form) string { return f.Visit.Note }, ""},
		{AskIntake, "aspirin", Perhaps, nil, AskIntake, func(f *Form) string { return f.Visit.Intake[0].Answer }, "aspirin"},
		{Review, "make it saturday", Fits, nil, Review, func(f *Form) string { return f.Visit.Day.String() }, "2026-11-28"},
		{Review, "+44 7911 123456", Fits, nil, Review, func(f *Form) string { return f.Phone }, "+447911123456"},
		{Review, "make it sunday", Fits, ErrDayClosed, AskDay, nil, ""},
		{Review, "what does it cost", Not, ErrNoChoice, Review, nil, ""},
	} {
		a := filling(t)
		f := Begin(Visit{}, a)
		for _, c := range []string{"consultation", "2026-11-26", Evening, Known, HereOnly, Skip, SkipAll} {
			if f.Step == x.at {
				break
			}
			tapped(t, f, a, c)
		}
		fit, err := f.Read(a, x.text, Not)
		if fit != x.fit || !errors.Is(err, x.err) || (err == nil) != (x.err == nil) || f.Step != x.then {
			t.Errorf("%q at %s: fit %d, %v, then %s; want %d, %v, then %s", x.text, x.at, fit, err, f.Step, x.fit, x.err, x.then)
			continue
		}
		if x.has != nil && x.has(f) != x.want {
			t.Errorf("%q at %s: %q, want %q", x.text, x.at, x.has(f), x.want)
		}
	}
}

// However somebody taps, types and goes back: the form asks one of its questions, whatever it holds can be asked for, and from
// anywhere the review can be reached.
func TestFormHoldsForAnyWalk(t *testing.T) {
	words := []string{"kal", "sunday", "25/12", "shaam", "Anna Khan", "0300 1234567", "no", "any day", "does it hurt?", "31/02", "consultation", "monday morning", "🙂"}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		a := filling(t)
		f := Begin(Visit{}, a)
		for range 40 {
			a.Now = a.Now.Add(time.Duration(r.IntN(90)) * time.Minute)
			switch choices := f.Choices(a); r.IntN(6) {
			case 0:
				f.Back(a)
			case 1:
				f.Open(steps[r.IntN(len(steps)-1)].Key)
			case 2:
				f.Read(a, words[r.IntN(len(words))], Fit(r.IntN(3)))
			default:
				if len(choices) > 0 {
					f.Take(a, choices[r.IntN(len(choices))]) // a refusal leaves it as it is
				}
			}
			if !slices.ContainsFunc(steps, func(s Step) bool { return s.Key == f.Step }) {
				t.Fatalf("seed %d: asks for %q", seed, f.Step)
			}
		}
		for n := 0; f.Stale(a) != nil || !f.Complete(); n++ {
			choices := f.Choices(a)
			if n > 40 || len(choices) == 0 {
				t.Fatalf("seed %d: stuck at %s with %+v", seed, f.Step, f.Visit)
			}
			if err := f.Take(a, choices[len(choices)-1]); err != nil {
				t.Fatalf("seed %d: %q at %s: %v", seed, choices[len(choices)-1], f.Step, err)
			}
		}
		if d := f.Visit.Day; !d.IsZero() && a.MayAsk(d, a.Now) != nil || f.Name == "" || (f.Phone == "") != f.Visit.HereOnly {
			t.Errorf("seed %d: complete with %+v", seed, f)
		}
	}
}

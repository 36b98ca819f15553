package index

import (
	"bufio"
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"

	"skindesk/faq"
	"skindesk/index/encoder"
)

// Rules know only the words that somebody thought of. A regression that has read many sentences, urgent ones and their harmless
// twins, adds alarms for what the rules have no word for. It never takes one away, and it does not speak where the rules have read
// a symptom as not so.

// alarmFiles hold what it learns from, beside the phrasings of the loaded file.
//
//go:embed alarms/*.jsonl
var alarmFiles embed.FS

// alarmSentence is one line of such a file: a message, and whether the clinic must hear of it at once.
type alarmSentence struct {
	Q      string `json:"q"`
	Urgent bool   `json:"urgent"`
	Lang   string `json:"lang"`
	Why    string `json:"why"`
}

// alarmSentences reads all files.
func alarmSentences() (all []alarmSentence, err error) {
	files, err := fs.Glob(alarmFiles, "alarms/*.jsonl")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		data, err := alarmFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
			var s alarmSentence
			if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, lines.Text(), err)
			}
			all = append(all, s)
		}
	}
	return all, nil
}

// ear is a logistic regression on the features of a text, kept by their hash.
type ear struct {
	vocab   *vocabulary // tells how rare a feature is
	gloss   *glossary
	weights []float32
	bias    float32
}

const (
	earSize   = 1 << 16 // more than there are features
	earRounds = 8
	earStep   = 0.3
	earOthers = 5000 // phrasings of the file that are learned from, at most
	earTold   = 2    // a sentence of ours counts as so many phrasings
	earCalm   = 2    // harmless texts weigh so many times the urgent ones, at least
	earDecay  = 1e-5
)

// newEar learns from our sentences and from the phrasings of a file.
func newEar(f *faq.FAQ, phrases []phrase, v *vocabulary, g *glossary) (*ear, error) {
	told, err := alarmSentences()
	if err != nil {
		return nil, fmt.Errorf("read the sentences of alarms: %w", err)
	}
	return earFrom(told, f, phrases, v, g), nil
}

func earFrom(told []alarmSentence, f *faq.FAQ, phrases []phrase, v *vocabulary, g *glossary) *ear {
	e := &ear{vocab: v, gloss: g, weights: make([]float32, earSize)}
	var texts []heard
	for _, s := range told {
		texts = append(texts, heard{e.features(bare(words(Clean(s.Q)))), s.Urgent, earTold})
	}
	ours := len(texts)
	every := max(1, len(phrases)/earOthers)
	for i := 0; i < len(phrases); i += every {
		p := phrases[i]
		texts = append(texts, heard{e.features(bare(words(Clean(p.text)))), f.Entries[p.entry].Kind == faq.Urgent, 1})
	}
	calm(texts, ours)
	e.learn(texts)
	return e
}

// calm gives our harmless sentences, the first ones, more weight where a file has few phrasings: else its ear would take most of what is said for urgent.
func calm(texts []heard, ours int) {
	var urgent, harmless, told float32
	for i, t := range texts {
		switch {
		case t.urgent:
			urgent += t.weight
		case i < ours:
			told += t.weight
		default:
			harmless += t.weight
		}
	}
	more := max(1, (earCalm*urgent-harmless)/max(1, told))
	for i := range texts[:ours] {
		if !texts[i].urgent {
			texts[i].weight *= more
		}
	}
}

// heard is a text to learn from.
type heard struct {
	features []feature
	urgent   bool
	weight   float32
}

type feature struct {
	at    uint32
	value float32
}

// learn fits the weights by stochastic gradient descent with AdaGrad steps.
func (e *ear) learn(texts []heard) {
	squares := make([]float32, earSize)
	var biasSquare float32
	rng := rand.New(rand.NewPCG(3, 4))
	for range earRounds {
		for _, i := range rng.Perm(len(texts)) {
			t := texts[i]
			miss := sigmoid(e.sum(t.features))
			if t.urgent {
				miss--
			}
			miss *= t.weight
			for _, f := range t.features {
				g := miss*f.value + earDecay*e.weights[f.at]
				squares[f.at] += g * g
				e.weights[f.at] -= earStep * g / (float32(math.Sqrt(float64(squares[f.at]))) + 1e-3)
			}
			biasSquare += miss * miss
			e.bias -= earStep * miss / (float32(math.Sqrt(float64(biasSquare))) + 1e-3)
		}
	}
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

func (e *ear) sum(fs []feature) float32 {
	s := e.bias
	for _, f := range fs {
		s += f.value * e.weights[f.at]
	}
	return s
}

// features returns those of a text, each family of length 1 times its weight.
func (e *ear) features(ws []string) []feature {
	var found []feature
	r := e.gloss.read(ws)
	for i, fam := range families {
		start := len(found)
		for f, n := range runs(fam.of(r)) {
			rarity := e.vocab.unseen
			if number, known := e.vocab.number[i][f]; known {
				rarity = e.vocab.idf[number]
			}
			h := fnv.New32a()
			h.Write([]byte(fam.name + ":" + f))
			found = append(found, feature{h.Sum32() % earSize, float32(1+math.Log(float64(n))) * rarity})
		}
		scale(found[start:], float32(fam.weight))
	}
	return found
}

// scale gives features a length. It puts them in order first: the same text gives the same numbers, bit by bit.
func scale(fs []feature, length float32) {
	slices.SortFunc(fs, func(a, b feature) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.value, b.value)) })
	var square float64
	for _, f := range fs {
		square += float64(f.value * f.value)
	}
	by := length / float32(math.Sqrt(max(square, 1e-9)))
	for i := range fs {
		fs[i].value *= by
	}
}

// hears returns how much a text sounds like an urgent one, as the logarithm of odds: of a long one its most urgent stretch.
func (e *ear) hears(text string) float64 {
	most := math.Inf(-1)
	for rest := Clean(text); ; {
		piece := truncate(rest, maxQuery)
		most = max(most, float64(e.sum(e.features(bare(words(piece))))))
		if rest = rest[len(piece):]; rest == "" {
			return most
		}
	}
}

// When the ear is heard, found by leaving out a fifth of the sentences at a time (docs/answers.md). The ranking of urgent entries, and
// with it the encoder, counts as a second opinion.
const (
	earRings  = -2.0 // sound and second opinion together, from which there is an alarm
	earSecond = 0.5  // the weight of the second opinion
	earSure   = 3.0  // the sound alone, also where half a symptom is doubted
	earDenies = -2.0 // below this an urgent entry that a text is like is not meant
	earWords  = 3    // fewer say too little to be heard in; the rules read them
	earAround = 0.5  // how much of a whole message's harmless sound is counted against a piece of it
)

// listen notes the alarm of the rules and how symptoms are spoken of in a text, and how it sounds, meant being its vector; and takes urgent entries out where they cannot be meant.
func (x *Index) listen(r *ranking, text string, meant encoder.Vector) {
	r.alarm, r.mood = flags(text)
	r.heard = x.ear.hears(text) + feels(meant)
	if r.mood == unsaid && showsOnly(r.words) {
		r.mood = notSo
	}
	if r.mood == unsaid && r.heard >= earDenies || r.mood == isSo {
		return
	}
	for i := range r.candidates {
		if c := &r.candidates[i]; x.faq.Entries[c.entry].Kind == faq.Urgent {
			c.logit -= hushed
		}
	}
}

// showsOnly tells whether words only say what a photo shows: "my cheek", "left side, today". Nothing is said to be wrong there.
func showsOnly(ws []string) bool {
	return !slices.ContainsFunc(ws, func(w string) bool { return !shown[w] })
}

var shown = set(`a the this is it its here my of from and on in at with front left right side sides view up close closeup before after now today yesterday tonight morning evening day photo photos picture pictures pic pics image
	cheek cheeks face nose lip lips eye eyes chin forehead neck jaw skin hand hands arm arms leg legs back chest shoulder shoulders ear ears scalp
	ye yeh hai hain mera meri mere ki ka ke aur aaj kal subah shaam daen baen taraf doosra doosri pehle baad gaal chehra chehre naak hont honth aankh aankhen aankhein thodi matha maatha gardan jild haath bazu tasveer tasweer
	یہ ہے ہیں میرا میری میرے کی کا کے اور آج کل صبح شام دائیں بائیں طرف دوسرا دوسری پہلے بعد گال چہرہ چہرے ناک ہونٹ آنکھ آنکھیں ٹھوڑی ماتھا ماتھے گردن جلد ہاتھ بازو تصویر`)

// addAlarm raises an alarm that the rules have not raised where the message sounds like one, and names the alarm of an urgent entry.
func (x *Index) addAlarm(a *Answer, text string, r, whole *ranking) {
	entry, share := x.urgent(r)
	if whole != nil { // "out of the blue" alone sounds like more than it is
		calmed := *r
		calmed.heard += earAround * min(0, whole.heard)
		r = &calmed
	}
	switch {
	case a.Alarm.Rule != "":
		return
	case a.Kind == KindUrgent:
		entry = x.numbers[a.Entries[0]]
	case r.sounds(share):
		a.Kind, a.Entries, a.Choices = KindUrgent, nil, nil
	default:
		return
	}
	a.Alarm = Alarm{Rule: cmp.Or(x.alarms[entry], unnamed), Words: Clean(text)}
}

// sounds tells whether a message sounds like an urgent one; share is what urgent entries have of its ranking.
func (r *ranking) sounds(share float64) bool {
	if len(r.words) < earWords {
		return false
	}
	switch r.mood {
	case unsaid:
		second := math.Log((share + 1e-3) / (1 - share + 1e-3))
		return r.heard >= earSure || r.heard+earSecond*second >= earRings
	case doubted:
		return r.heard >= earSure
	}
	return false
}

// urgent returns the best urgent entry, or -1, and the share of all of them.
func (x *Index) urgent(r *ranking) (entry int, share float64) {
	entry = -1
	for _, c := range r.candidates {
		if x.faq.Entries[c.entry].Kind == faq.Urgent {
			if entry < 0 {
				entry = c.entry
			}
			share += c.share
		}
	}
	return entry, share
}

// unnamed is the rule of an alarm that none of alarmRules knows.
const unnamed = "sounds urgent"

// alarmsOf returns for each urgent entry the rule that most of its phrasings set off.
func alarmsOf(f *faq.FAQ) map[int]string {
	alarms := map[int]string{}
	for i := range f.Entries {
		if f.Entries[i].Kind != faq.Urgent {
			continue
		}
		counts := map[string]int{}
		for _, q := range f.Entries[i].Asked() {
			if a, ok := RedFlag(q); ok {
				counts[a.Rule]++
			}
		}
		alarms[i] = unnamed
		for _, r := range alarmRules {
			if counts[r.name] > counts[alarms[i]] {
				alarms[i] = r.name
			}
		}
	}
	return alarms
}

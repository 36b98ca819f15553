package index

// reading is a text's words with the keys that they are compared by. Skeletons of one letter are left out.
type reading struct {
	words, stems, soft, skeletons []string
	gloss                         []string // stems of the text in English, as far as the glossary knows it
}

// wordKeys are the keys of one word.
type wordKeys struct{ stem, soft, skeleton string }

func keysOf(w string) wordKeys { return wordKeys{stem(w), softKey(w), skeletonKey(w)} }

// read finds the keys of a text's words.
func (g *glossary) read(ws []string) reading {
	r := reading{words: ws, stems: make([]string, len(ws)), soft: make([]string, len(ws)), skeletons: make([]string, 0, len(ws))}
	for i, w := range ws {
		k := g.keys(w)
		r.stems[i], r.soft[i] = k.stem, k.soft
		if len(k.skeleton) > 1 {
			r.skeletons = append(r.skeletons, k.skeleton)
		}
	}
	for _, w := range g.translate(ws, r.soft) {
		r.gloss = append(r.gloss, g.keys(w).stem)
	}
	return r
}

// keys returns those of a word; while an index is built, those of the file's words are remembered.
func (g *glossary) keys(w string) wordKeys {
	if k, ok := g.known[w]; ok {
		return k
	}
	return keysOf(w)
}

// remember computes the keys of words once. It must not be called while others read.
func (g *glossary) remember(ws []string) {
	for _, w := range ws {
		if _, ok := g.known[w]; !ok {
			g.known[w] = keysOf(w)
		}
	}
}

package index

import (
	_ "embed"
	"encoding/binary"
	"math"

	"skindesk/index/encoder"
)

// The ear knows words; the encoder knows that a floppy sister and a limp wife are in the same state. A second regression has read the same
// sentences by their vectors. It is the same for every file, so it is learned when the sentences change (redflag_sense_test.go), not at
// the start, and costs a question one product.

// senseFile holds the weight of each place of a vector, and the bias last, as little-endian float32.
//
//go:embed alarms/sense.bin
var senseFile []byte

var sense, senseBias = readSense(senseFile)

func readSense(data []byte) (encoder.Vector, float64) {
	v := make(encoder.Vector, encoder.Dim+1)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return v[:encoder.Dim], float64(v[encoder.Dim])
}

// feels returns what a vector adds to how urgent a text sounds.
func feels(v encoder.Vector) float64 { return v.Dot(sense) + senseBias }

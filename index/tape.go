package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"unsafe"

	"skindesk/index/encoder"
)

// tape carries values to a file, or back out of it: one list of what is kept serves both ways, so that they cannot differ. On the way out
// it only reads them.
type tape struct {
	out  *bufio.Writer // nil where values come back
	in   *bufio.Reader
	left int64 // bytes that can still come: a damaged length must not make room for more
	err  error // the first; nothing is carried after it
	buf  [1 << 12]byte
}

var errDamaged = errors.New("the file is damaged")

func (t *tape) raw(b []byte) {
	switch {
	case t.err != nil:
	case t.out != nil:
		_, t.err = t.out.Write(b)
	default:
		t.left -= int64(len(b))
		_, t.err = io.ReadFull(t.in, b)
	}
}

// length carries how many things follow, each of so many bytes at least.
func (t *tape) length(n, size int) int {
	b := t.buf[:4]
	binary.LittleEndian.PutUint32(b, uint32(n))
	t.raw(b)
	if n = int(binary.LittleEndian.Uint32(b)); t.err == nil && t.out == nil && int64(n)*int64(size) > t.left {
		t.err = errDamaged
	}
	if t.err != nil {
		return 0
	}
	return n
}

// numbers carries a list of numbers.
func numbers[T byte | int32 | uint32 | float32 | float64](t *tape, s *[]T) {
	var one T
	size := int(unsafe.Sizeof(one))
	n := t.length(len(*s), size)
	if t.out == nil {
		*s = make([]T, n)
	}
	if bytes, plain := any(*s).([]byte); plain {
		t.raw(bytes)
		return
	}
	for some := range slices.Chunk(*s, len(t.buf)/size) {
		b := t.buf[:len(some)*size]
		if t.out != nil {
			_, _ = binary.Encode(b, binary.LittleEndian, some)
			t.raw(b)
		} else if t.raw(b); t.err == nil {
			_, _ = binary.Decode(b, binary.LittleEndian, some)
		}
	}
}

func one[T float32 | float64](t *tape, v *T) {
	single := []T{*v}
	if numbers(t, &single); t.out == nil && len(single) == 1 {
		*v = single[0]
	}
}

func (t *tape) ints(s *[]int) {
	small := make([]int32, len(*s))
	for i, n := range *s {
		small[i] = int32(n)
	}
	numbers(t, &small)
	if t.out == nil {
		*s = make([]int, len(small))
		for i, n := range small {
			(*s)[i] = int(n)
		}
	}
}

func (t *tape) int(n *int) {
	one := []int{*n}
	if t.ints(&one); t.out == nil && len(one) == 1 {
		*n = one[0]
	}
}

// texts carries a list of texts. They come back as parts of one.
func (t *tape) texts(s *[]string) {
	ends, all := make([]int, len(*s)), []byte(strings.Join(*s, ""))
	at := 0
	for i, text := range *s {
		at += len(text)
		ends[i] = at
	}
	t.ints(&ends)
	numbers(t, &all)
	if t.out != nil {
		return
	}
	*s = make([]string, len(ends))
	whole, at := string(all), 0
	for i, end := range ends {
		if end < at || end > len(whole) {
			t.err = errDamaged
			return
		}
		(*s)[i], at = whole[at:end], end
	}
}

// list carries a list; each carries one of it.
func list[T any](t *tape, s *[]T, each func(*T)) {
	n := t.length(len(*s), 1)
	if t.out == nil {
		*s = make([]T, n)
	}
	for i := range n {
		each(&(*s)[i])
	}
}

// table carries a map; each carries a value.
func table[V any](t *tape, m *map[string]V, each func(*V)) {
	keys := slices.Sorted(maps.Keys(*m)) // in order, so that the same index gives the same file
	if t.texts(&keys); t.out == nil {
		*m = make(map[string]V, len(keys))
	}
	for _, key := range keys {
		v := (*m)[key]
		if each(&v); t.out == nil {
			(*m)[key] = v
		}
	}
}

func (t *tape) matrix(m **encoder.Matrix) {
	var n int
	var scales []float32
	var values []byte
	if t.out != nil {
		n, scales, values = (*m).Parts()
	}
	t.int(&n)
	numbers(t, &scales)
	numbers(t, &values)
	if t.out == nil && t.err == nil {
		if *m = encoder.MatrixOf(n, scales, values); *m == nil {
			t.err = errDamaged
		}
	}
}

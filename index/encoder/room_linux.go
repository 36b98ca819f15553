package encoder

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// Room returns room for n numbers, all zero, for a large table that is soon done with, and a function that gives it back. It lies beside
// what Go collects, in large pages where there are some: what is read here and there finds its place sooner, and the collector waits
// for nothing.
func Room(n int) (numbers []float32, free func()) {
	b, err := unix.Mmap(-1, 0, max(4, 4*n), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return make([]float32, n), func() {}
	}
	_ = unix.Madvise(b, unix.MADV_HUGEPAGE) // a wish
	return unsafe.Slice((*float32)(unsafe.Pointer(&b[0])), n), func() { _ = unix.Munmap(b) }
}

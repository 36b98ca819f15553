package main

import (
	"os"
	"syscall"
)

// The files of these tests live in memory, where there is such a folder with room for them: what is tested are programs and conversations. A program that is
// killed leaves its files there as it would on a disk; that the disk has what it was given is for the tests of the store.
func init() {
	const folder, room = "/dev/shm", 1 << 30
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err == nil && s.Bavail*uint64(s.Bsize) > room {
		_ = os.Setenv("TMPDIR", folder) // else it takes a little longer
	}
}

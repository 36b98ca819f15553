package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"skindesk/bot"
)

// faqFile is the clinic's faq.json on the disk, by its path.
type faqFile string

// forBot is the file as the bot may touch it.
func (f faqFile) forBot() bot.FAQFile {
	return bot.FAQFile{Read: f.read, Replace: f.replace, SetAside: f.setAside}
}

// maxFAQFile is more than any clinic writes, and less than fills a small machine.
const maxFAQFile = 16 << 20

// read returns the content.
func (f faqFile) read() ([]byte, error) {
	in, err := os.Open(string(f))
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(io.LimitReader(in, maxFAQFile+1))
	if err == nil && len(data) > maxFAQFile {
		err = fmt.Errorf("%s is larger than %d MB", string(f), maxFAQFile>>20)
	}
	return data, err
}

// replace puts other content in place of what the caller knows to be there, in one step: a reader sees the one or the other. An
// edit that somebody saves in the same moment is left alone, and bot.ErrFileChanged returned. Mode and owner stay.
func (f faqFile) replace(known string, data []byte) error {
	path, err := filepath.EvalSymlinks(string(f)) // the link itself stays
	if errors.Is(err, fs.ErrNotExist) {
		return create(string(f), data)
	}
	if err != nil {
		return err
	}
	now, err := faqFile(path).read()
	switch {
	case err != nil:
		return err
	case string(now) == string(data):
		return nil
	case sumOf(now) != known:
		return bot.ErrFileChanged
	}
	tmp, err := beside(path, data)
	if err != nil {
		return overwrite(path, data) // the folder may be closed to us and the file not
	}
	defer os.Remove(tmp) //nolint:errcheck // what is left of it harms nobody
	switch err := exchange(tmp, path); {
	case errors.Is(err, errors.ErrUnsupported):
		err = os.Rename(tmp, path)
		if err != nil {
			return overwrite(path, data)
		}
	case err != nil: // a single file that is mounted cannot be exchanged
		return overwrite(path, data)
	default:
		if was, err := faqFile(tmp).read(); err != nil || sumOf(was) != known {
			return errors.Join(exchange(tmp, path), bot.ErrFileChanged)
		}
	}
	return syncFolder(filepath.Dir(path))
}

// setAside keeps content beside the file and returns under which name.
func (f faqFile) setAside(data []byte) (name string, err error) {
	base, end := filepath.Base(string(f)), filepath.Ext(string(f))
	name = strings.TrimSuffix(base, end) + ".aside-" + sumOf(data)[:8] + end
	return name, os.WriteFile(filepath.Join(filepath.Dir(string(f)), name), data, 0o600)
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// create puts a file where there is none; one that has appeared meanwhile stays.
func create(path string, data []byte) error {
	tmp, err := beside(path, data)
	if err != nil {
		return err
	}
	defer os.Remove(tmp) //nolint:errcheck // what is left of it harms nobody
	if err := os.Link(tmp, path); errors.Is(err, fs.ErrExist) {
		return bot.ErrFileChanged
	} else if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// beside writes content to a new file in the same folder, as like the old one as may be.
func beside(path string, data []byte) (name string, err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
		keepOwner(tmp, info)
	}
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close()); err != nil {
		return "", errors.Join(err, os.Remove(tmp.Name()))
	}
	return tmp.Name(), nil
}

// overwrite writes the file in place: the watch does not mind to see half of it.
func overwrite(path string, data []byte) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	return errors.Join(err, out.Sync(), out.Close())
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

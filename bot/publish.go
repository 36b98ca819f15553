package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// However a new faq.json comes in, it takes the same way. It becomes a draft: parsed, its index built beside the one in use, every
// entry asked for by its own wordings. One transaction keeps it as the next version and queues word of it to the admins. Then the
// index is switched in one step: whoever is being answered gets the version that the answer began with, whole.
//
// What fails on the way leaves everything as it was. A draft that is not published has to be dropped.

// FAQFile is the clinic's faq.json on the disk. Without it only the chat publishes.
type FAQFile struct {
	// Read returns the content.
	Read func() ([]byte, error)
	// Replace puts other content in place in one step, if the file still has the SHA-256 that the caller knows ("": there is
	// none); else it returns ErrFileChanged and leaves the file as it is.
	Replace func(known string, data []byte) error
	// SetAside keeps content beside the file and returns under which name.
	SetAside func(data []byte) (name string, err error)
}

// ErrFileChanged: somebody has edited faq.json meanwhile.
var ErrFileChanged = errors.New("the file has changed meanwhile")

// Where it is kept what the file on the disk held when it was last read or written, and which faulty content has been told of.
const (
	metaFile = "faq/file"
	metaTold = "faq/told"
)

// gone stands for the content of a file that is not there.
const gone = "gone"

// byFile is who published a version that was edited on the disk; an admin has a number.
const byFile = "file"

// sumOf is how content is known: its SHA-256 in hexadecimal, as faq.Parse gives it.
func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// draft is a faq.json that may become the next version.
type draft struct {
	body     []byte
	faq      *faq.FAQ
	warnings []faq.Fault
	index    *index.Index
}

// newDraft makes a draft of a file. What is wrong with the file is the error, as faq.Faults.
func (b *Bot) newDraft(ctx context.Context, body []byte) (*draft, error) {
	f, warnings, err := faq.Parse(body)
	if err != nil {
		return nil, err
	}
	ix, err := b.build(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("build the index: %w", err)
	}
	d := &draft{body: body, faq: f, warnings: warnings, index: ix}
	if err := d.selfCheck(ctx); err != nil {
		d.drop(b)
		return nil, err
	}
	return d, nil
}

// selfCheck asks for every entry by its own wordings: one that none of them finds would never be said.
func (d *draft) selfCheck(ctx context.Context) error {
	var faults faq.Faults
	for i := range d.faq.Entries {
		e := &d.faq.Entries[i]
		found, err := d.index.Finds(ctx, e)
		if err != nil {
			return fmt.Errorf("check entry %s: %w", e.ID, err)
		}
		if !found {
			faults = append(faults, faq.FaultOf(d.body, e.ID, "none of its questions finds this entry",
				"other entries ask the same: give this one questions of its own, or join it with the other"))
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// drop ends a draft that is not taken into use.
func (d *draft) drop(b *Bot) {
	if err := d.index.Close(); err != nil {
		b.log.Warn("close an index", "err", err)
	}
}

// use makes a published draft what questions are answered from.
func (b *Bot) use(d *draft, n int64) {
	b.live.Switch(d.index)
	debug.FreeOSMemory() // building needs several times what stays
	b.log.Info("faq published", "version", n, "entries", len(d.faq.Entries), "warnings", len(d.warnings))
	b.mail.poke()
	b.published.ring()
}

// disk is what is known of the file on the disk.
type disk struct {
	active store.FAQVersion
	known  string // what it held when it was last read or written
	told   string // the faulty content that the admins know of
}

func readDisk(tx *store.Tx) (d disk, err error) {
	if d.active, err = tx.ActiveFAQ(); err != nil {
		return d, err
	}
	if d.known, _, err = tx.Meta(metaFile); err != nil {
		return d, err
	}
	d.told, _, err = tx.Meta(metaTold)
	return d, err
}

// keepDisk notes what the file holds, and that nothing about it is left to be mended.
func keepDisk(tx *store.Tx, sum string) error {
	return errors.Join(tx.SetMeta(metaFile, sum), tx.SetMeta(metaTold, ""))
}

// isEdit tells content that somebody has put there from content that was published or that an undo could not overwrite.
func (d disk) isEdit(sum string) bool { return sum != d.active.SHA256 && sum != d.known }

// FileChanged takes the file's content in: a good one becomes the next version, of a faulty one the admins are told every fault,
// once. Content that is in force already says nothing, except that a faulty file is in order again.
func (b *Bot) FileChanged(ctx context.Context, data []byte) error {
	b.publishing.Lock()
	defer b.publishing.Unlock()
	sum := sumOf(data)
	var d disk
	err := b.store.View(ctx, func(tx *store.Tx) (err error) {
		d, err = readDisk(tx)
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("take faq.json in: %w", err)
	case !d.isEdit(sum):
		return b.fileInOrder(ctx, sum, d)
	case sum == d.told:
		return nil
	}
	next, err := b.newDraft(ctx, data)
	var faults faq.Faults
	if errors.As(err, &faults) {
		return b.fileFaulty(ctx, sum, d, faults)
	}
	if err != nil {
		return fmt.Errorf("take faq.json in: %w", err)
	}
	n, err := b.publishFile(ctx, next)
	if err != nil {
		next.drop(b)
		return fmt.Errorf("publish faq.json: %w", err)
	}
	b.use(next, n)
	return nil
}

// publishFile keeps the file's content as the next version and tells the admins what is different.
func (b *Bot) publishFile(ctx context.Context, next *draft) (n int64, err error) {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return 0, errors.New("the index is closed")
	}
	err = b.store.Update(ctx, func(tx *store.Tx) (err error) {
		if n, err = tx.PublishFAQ(next.body, next.faq.SHA256, byFile, b.now()); err != nil {
			return err
		}
		if err := keepDisk(tx, next.faq.SHA256); err != nil {
			return err
		}
		return b.tellPublished(tx, n, ix.FAQ(), next.faq, len(next.warnings))
	})
	return n, err
}

// fileInOrder notes that the file holds what is in force.
func (b *Bot) fileInOrder(ctx context.Context, sum string, d disk) error {
	if d.told == "" && d.known == sum {
		return nil
	}
	err := b.store.Update(ctx, func(tx *store.Tx) error {
		if err := keepDisk(tx, sum); err != nil || d.told == "" || sum != d.active.SHA256 {
			return err
		}
		return b.toAdmins(tx, "faq/order", func(w *words, _ faq.Language) []memo {
			return []memo{{text: fill(w.FAQInOrder, "n", version(d.active.N))}}
		})
	})
	b.mail.poke()
	return err
}

// fileFaulty tells the admins every fault of the file.
func (b *Bot) fileFaulty(ctx context.Context, sum string, d disk, faults faq.Faults) error {
	b.log.Warn("faq file is faulty", "faults", len(faults), "version", d.active.N)
	err := b.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.SetMeta(metaTold, sum); err != nil {
			return err
		}
		return b.toAdmins(tx, "faq/faulty", func(w *words, _ faq.Language) []memo {
			return faultMemos(fill(w.FAQFaulty, "count", strconv.Itoa(len(faults)), "n", version(d.active.N)), faults)
		})
	})
	b.mail.poke()
	return err
}

// FileGone tells the admins, once, that the file is not there any more. Its last version goes on answering.
func (b *Bot) FileGone(ctx context.Context) error {
	b.publishing.Lock()
	defer b.publishing.Unlock()
	err := b.store.Update(ctx, func(tx *store.Tx) error {
		d, err := readDisk(tx)
		if err != nil || d.told == gone {
			return err
		}
		if err := tx.SetMeta(metaTold, gone); err != nil {
			return err
		}
		return b.toAdmins(tx, "faq/gone", func(w *words, _ faq.Language) []memo {
			return []memo{{text: fill(w.FAQGone, "n", version(d.active.N))}}
		})
	})
	b.mail.poke()
	return err
}

// InForce returns the content to start with: the file's, or the version in force where the file only holds what that has replaced
// (the program was stopped between an undo and the writing of the file, or may not write it).
func InForce(ctx context.Context, s *store.Store, file []byte) (body []byte, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		d, err := readDisk(tx)
		if sum := sumOf(file); err != nil || d.active.N == 0 || d.isEdit(sum) || sum == d.active.SHA256 {
			body = file
			return err
		}
		body, err = tx.FAQBody(d.active.N)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the faq in force: %w", err)
	}
	return body, nil
}

// Adopt makes what the bot was started with the version in force, if it is another than the last one: the file was edited while
// the program was down. Where an undo was not written to the file yet, that is done now.
func (b *Bot) Adopt(ctx context.Context, body []byte) error {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return errors.New("the index is closed")
	}
	_, warnings, err := faq.Parse(body)
	if err != nil {
		return fmt.Errorf("adopt faq.json: %w", err)
	}
	sum := sumOf(body)
	behind := ""
	err = b.store.Update(ctx, func(tx *store.Tx) error {
		d, err := readDisk(tx)
		if err != nil {
			return err
		}
		if d.active.SHA256 == sum {
			if behind = d.known; behind == "" || behind == sum {
				behind = ""
				return keepDisk(tx, sum)
			}
			return nil
		}
		n, err := tx.PublishFAQ(body, sum, byFile, b.now())
		if err != nil {
			return err
		}
		b.log.Info("faq published", "version", n, "entries", len(ix.FAQ().Entries), "warnings", len(warnings))
		if err := keepDisk(tx, sum); err != nil || d.active.N == 0 {
			return err
		}
		return b.tellPublishedOver(tx, n, d.active, ix.FAQ(), len(warnings))
	})
	if err != nil {
		return fmt.Errorf("adopt faq.json: %w", err)
	}
	if behind != "" && b.file.Replace != nil {
		return b.rewrite(ctx, behind, body)
	}
	return nil
}

// tellPublishedOver tells what is different from an earlier version, if that can still be read.
func (b *Bot) tellPublishedOver(tx *store.Tx, n int64, earlier store.FAQVersion, f *faq.FAQ, warnings int) error {
	data, err := tx.FAQBody(earlier.N)
	if err != nil {
		return err
	}
	old, _, err := faq.Parse(data)
	if err != nil {
		old = f // by other rules than today's: nothing can be compared
	}
	return b.tellPublished(tx, n, old, f, warnings)
}

// rewrite brings the file on the disk up to the version in force. When that cannot be done the admins are told why.
func (b *Bot) rewrite(ctx context.Context, known string, body []byte) error {
	failed := b.file.Replace(known, body)
	if failed != nil {
		b.log.Warn("faq file not written", "err", failed)
	}
	err := b.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if failed == nil {
			return keepDisk(tx, sumOf(body))
		}
		return b.toAdmins(tx, "faq/unwritten", func(w *words, _ faq.Language) []memo {
			if errors.Is(failed, ErrFileChanged) {
				return []memo{{text: w.FAQEditedMeanwhile}}
			}
			return []memo{{text: fill(w.FAQUnwritten, "reason", cut(failed.Error(), reasonLength))}}
		})
	})
	b.mail.poke()
	return err
}

// isAdmin tells whether somebody may publish.
func (b *Bot) isAdmin(tx *store.Tx, id desk.PersonID) (bool, error) {
	role, err := b.desk.Role(tx, id)
	return role == desk.Admin, err
}

func version(n int64) string { return strconv.FormatInt(n, 10) }

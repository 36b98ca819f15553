package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// Everything that people wrote or that tells who they are is sealed: AES-256-GCM under a key that is not in the database. What is
// sealed belongs to one place (a table and the key of a row there), so bytes that are moved to another row do not open.
//
// A sealed value is: the format (1), the id of the key (4 bytes), the nonce (12), the ciphertext with its tag. The id stands there
// so that values under an old and a new key can be told apart, should the clinic ever change its key.

const (
	keyLength  = 32
	sealFormat = 1
	idLength   = 4
)

// ErrKey: the key is missing, or is not the one that the data was sealed with.
var ErrKey = errors.New("the key does not fit the data")

// sealer seals and opens under one key.
type sealer struct {
	id   [idLength]byte
	aead cipher.AEAD
}

// newSealer derives what is used from the key, so that nothing which is kept or shown (the id) tells of the key itself.
func newSealer(key []byte) (*sealer, error) {
	if len(key) != keyLength {
		return nil, fmt.Errorf("a key has %d bytes, not %d", keyLength, len(key))
	}
	material, err := hkdf.Key(sha256.New, key, nil, "skindesk data at rest", keyLength+idLength)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(material[:keyLength])
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &sealer{id: [idLength]byte(material[keyLength:]), aead: aead}, err
}

// seal seals a value for its place.
func (s *sealer) seal(table string, key any, plain []byte) []byte {
	out := make([]byte, 0, 1+idLength+s.aead.Overhead()+len(plain))
	out = append(append(out, sealFormat), s.id[:]...)
	return s.aead.Seal(out, nil, plain, place(table, key))
}

// open returns what was sealed for this place, or ErrKey.
func (s *sealer) open(table string, key any, sealed []byte) ([]byte, error) {
	const head = 1 + idLength
	if len(sealed) < head || sealed[0] != sealFormat {
		return nil, fmt.Errorf("open %s %v: %w: it is not sealed", table, key, ErrKey)
	}
	if s == nil {
		return nil, fmt.Errorf("open %s %v: %w: there is no key", table, key, ErrKey)
	}
	if id := [idLength]byte(sealed[1:head]); id != s.id {
		return nil, fmt.Errorf("open %s %v: %w: sealed with key %x, this is key %s", table, key, ErrKey, id, s)
	}
	plain, err := s.aead.Open(nil, nil, sealed[head:], place(table, key))
	if err != nil {
		return nil, fmt.Errorf("open %s %v: %w: it was changed, or belongs to another row", table, key, ErrKey)
	}
	return plain, nil
}

// String is the id of the key.
func (s *sealer) String() string { return hex.EncodeToString(s.id[:]) }

func place(table string, key any) []byte { return fmt.Appendf(nil, "%s\x00%v", table, key) }

// sealText is seal for a column of text; an empty one stays empty.
func (s *sealer) sealText(table string, key any, plain string) string {
	if plain == "" {
		return ""
	}
	return base64.RawStdEncoding.EncodeToString(s.seal(table, key, []byte(plain)))
}

func (s *sealer) openText(table string, key any, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	b, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", fmt.Errorf("open %s %v: %w: it is not sealed", table, key, ErrKey)
	}
	plain, err := s.open(table, key, b)
	return string(plain), err
}

// sealJSON makes a record the bytes of its body.
func (tx *Tx) sealJSON(table string, key, record any) ([]byte, error) {
	body, err := json.Marshal(record)
	if err != nil {
		return nil, fmt.Errorf("put %s %v: %w", table, key, err)
	}
	return tx.sealer.seal(table, key, body), nil
}

// openJSON makes a body the record again.
func openJSON[T any](tx *Tx, table string, key any, sealed []byte) (v T, err error) {
	body, err := tx.sealer.open(table, key, sealed)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(body, &v); err != nil {
		return v, fmt.Errorf("read %s %v: %w", table, key, err)
	}
	return v, nil
}

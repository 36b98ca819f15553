package store

// putUpload keeps what goes out with a row of the outbox.
func (tx *Tx) putUpload(key string, f File) error {
	_, err := tx.exec(`INSERT INTO upload (dedup, name, body) VALUES ($1, $2, $3)
		ON CONFLICT (dedup) DO UPDATE SET name = excluded.name, body = excluded.body`, key, f.Name, tx.sealer.seal("upload", key, f.Body))
	return err
}

func (tx *Tx) upload(key string) (f File, err error) {
	found, err := tx.one([]any{&f.Name, &f.Body}, `SELECT name, body FROM upload WHERE dedup = $1`, key)
	if found {
		f.Body, err = tx.sealer.open("upload", key, f.Body)
	}
	return f, err
}

// dropUpload forgets what went out with a row: nobody sends it again.
func (tx *Tx) dropUpload(seq int64) error {
	_, err := tx.exec(`DELETE FROM upload WHERE dedup = (SELECT dedup FROM outbox WHERE seq = $1)`, seq)
	return err
}

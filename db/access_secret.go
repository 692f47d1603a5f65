package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
)

// The keys of the program's own.
const (
	sealKey   = "seal"   // the seed of the Ed25519 key that signs checkpoints
	deviceKey = "device" // signs what tells a browser that has signed in before
)

// makeSecrets makes the keys that are not there yet.
func (tx *Tx) makeSecrets() error {
	for _, name := range []string{sealKey, deviceKey} {
		if made, err := tx.exists("SELECT 1 FROM secrets WHERE name = ?", name); err != nil || made {
			if err != nil {
				return err
			}
			continue
		}
		key := make([]byte, 32)
		rand.Read(key) // never fails
		if _, err := tx.exec("INSERT INTO secrets (name, value) VALUES (?, ?)", name, key); err != nil {
			return err
		}
	}
	return nil
}

func (r reader) secret(name string) (key []byte, err error) {
	err = r.each("SELECT value FROM secrets WHERE name = ?", []any{name}, func(rows *sql.Rows) error { return rows.Scan(&key) })
	return key, err
}

// DeviceKey returns the key that signs what browsers keep.
func (s *Store) DeviceKey(ctx context.Context) (key []byte, err error) {
	err = s.view(ctx, func(r reader) (err error) {
		key, err = r.secret(deviceKey)
		return err
	})
	return key, wrap("device key", err)
}

// hashed returns what is kept of a random text that somebody shows again:
// there is nothing to guess in it, so one round is enough.
func hashed(random string) string {
	sum := sha256.Sum256([]byte(random))
	return hex.EncodeToString(sum[:])
}

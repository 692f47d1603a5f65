package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"gorm.io/gorm/clause"
)

// The names of the program's own keys.
const (
	sealKey   = "seal"   // the seed of the Ed25519 key that signs checkpoints
	deviceKey = "device" // signs the mark of a browser that has signed in before
)

// makeSecrets makes those keys that do not exist yet.
func (tx *Tx) makeSecrets() error {
	for _, name := range []string{sealKey, deviceKey} {
		key := secret{Name: name, Value: make([]byte, 32)}
		rand.Read(key.Value) // never fails
		if err := upsert[secret](tx.g, clause.OnConflict{DoNothing: true}).Create(tx.ctx, &key); err != nil {
			return err
		}
	}
	return nil
}

// A secret is one of the program's own keys.
type secret struct {
	Name  string `gorm:"primaryKey"`
	Value []byte
}

func (r Reader) secret(name string) ([]byte, error) {
	key, err := orNone(rowsOf[secret](r.g).Where("name = ?", name).Take(r.ctx))
	return key.Value, err
}

// DeviceKey returns the key that signs the mark of a browser that has signed in
// before.
func (s *Store) DeviceKey(ctx context.Context) (key []byte, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		key, err = r.secret(deviceKey)
		return err
	})
	return key, wrap("device key", err)
}

// hashed returns the hash that is stored for a random secret. Such a secret
// cannot be guessed, so one round of SHA-256 is enough.
func hashed(random string) string {
	sum := sha256.Sum256([]byte(random))
	return hex.EncodeToString(sum[:])
}

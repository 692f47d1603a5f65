package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// The keys of the program's own.
const (
	sealKey   = "seal"   // the seed of the Ed25519 key that signs checkpoints
	deviceKey = "device" // signs what tells a browser that has signed in before
)

// makeSecrets makes the keys that are not there yet.
func (tx *Tx) makeSecrets() error {
	for _, name := range []string{sealKey, deviceKey} {
		key := secret{Name: name, Value: make([]byte, 32)}
		rand.Read(key.Value) // never fails
		if err := gorm.G[secret](tx.g, clause.OnConflict{DoNothing: true}).Create(tx.ctx, &key); err != nil {
			return err
		}
	}
	return nil
}

// A secret is a key of the program's own.
type secret struct {
	Name  string `gorm:"primaryKey"`
	Value []byte
}

func (r Reader) secret(name string) ([]byte, error) {
	key, err := orNone(gorm.G[secret](r.g).Where("name = ?", name).Take(r.ctx))
	return key.Value, err
}

// DeviceKey returns the key that signs what browsers keep.
func (s *Store) DeviceKey(ctx context.Context) (key []byte, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
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

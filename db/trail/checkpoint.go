package trail

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
)

// A Checkpoint says, signed, how far the trail reached at an instant. Kept
// elsewhere, it proves later that no row before it was changed or removed.
type Checkpoint struct {
	Rows      int64  `json:"rows"`
	Last      int64  `json:"last"` // ID of the last row
	Head      string `json:"head"` // its hash, in hexadecimal
	At        string `json:"at"`   // RFC 3339, UTC
	Key       string `json:"key"`  // the public key, Ed25519, in base64
	Signature string `json:"signature"`
}

func (c Checkpoint) signed() []byte {
	return fmt.Appendf(nil, "samband checkpoint\n%d\n%d\n%s\n%s\n", c.Rows, c.Last, c.Head, c.At)
}

// Sign signs the checkpoint with the key made from a seed, and puts the public
// key in it.
func (c *Checkpoint) Sign(seed []byte) {
	c.Key = PublicKey(seed)
	c.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(ed25519.NewKeyFromSeed(seed), c.signed()))
}

// PublicKey returns the public key of a seed, in base64.
func PublicKey(seed []byte) string {
	return base64.StdEncoding.EncodeToString(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
}

// Genuine reports whether the checkpoint's own key signed it.
func (c Checkpoint) Genuine() bool {
	key, err := base64.StdEncoding.DecodeString(c.Key)
	signature, bad := base64.StdEncoding.DecodeString(c.Signature)
	return err == nil && bad == nil && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, c.signed(), signature)
}

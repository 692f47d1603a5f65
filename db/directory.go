package db

// A touch is a part of a directory that a write changed: an agency, an
// officer, a posting with its assignments, or, with ID 0, all contact points.
type touch struct {
	noun string
	id   int64
}

// known is a directory and the revision that it is of.
type known struct{}

func (tx *Tx) keepTouched() error { return nil }

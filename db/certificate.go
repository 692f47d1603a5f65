package db

import (
	"context"
	"encoding/hex"
	"strings"

	"samband/db/trail"
	"samband/models"
)

// A Certified is what is kept of a certified copy of a list: enough to say of a print
// with a hash on it that it was made here, when and by whom. Neither what stands in the
// copy is kept, nor words that somebody was searched for by, nor the signature, by which
// a guess at either could be tried.
type Certified struct {
	ID       int64       `gorm:"primaryKey;autoIncrement:false" json:"id"`
	Hash     string      `json:"sha256"` // of the file, in hexadecimal
	List     string      `json:"list"`
	On       models.Date `gorm:"column:on_day" json:"on"`
	Known    models.Date `json:"known"` // 0 for what was recorded when it was made
	Rows     int         `gorm:"column:row_count" json:"rows"`
	Filter   string      `json:"filter"` // its codes, days and numbers
	Asked    bool        `json:"-"`      // there were words too
	Account  int64       `gorm:"column:account_id" json:"-"`
	Made     string      `json:"made"` // RFC 3339, UTC
	Revision int64       `json:"revision"`
	Row      int64       `gorm:"column:row_id" json:"trail_row"`
}

// TableName returns the name of the table of certified copies.
func (Certified) TableName() string { return "certificates" }

const certificateNoun = "certificate"

// Certify notes in the trail that the actor takes a certified copy away, keeps of it what
// a Certified holds, and completes and signs its certificate. The copy must be of the
// revision that this write found (see Base). asked is what may name somebody in the
// filter.
func (tx *Tx) Certify(c trail.Certificate, kept Certified, asked string) (trail.Certificate, error) {
	a, err := byID[models.Account](tx.Reader, tx.actor.Account)
	if err != nil {
		return c, err
	}
	seed, err := tx.secret(sealKey)
	if err != nil {
		return c, err
	}
	kept.ID, kept.Account, kept.Made, kept.Revision, kept.Asked = tx.IDs(1), a.ID, tx.at, tx.Base(), asked != ""
	kept.Hash, kept.List, kept.Rows = c.SHA256, c.List, c.Rows
	e := Event{Action: "export", Noun: certificateNoun, ID: kept.ID, Filter: asked, About: []any{"what", c.List + ".csv", "hash", kept.Hash, "on", kept.On.String(),
		"known", kept.Known.String(), "rows", kept.Rows, "filter", kept.Filter}}
	if kept.Row, err = tx.note(e); err != nil {
		return c, err
	}
	c.On, c.Known, c.Made, c.By, c.Rights = kept.On.String(), kept.Known.String(), kept.Made, a.Email, tx.actor.Rights.String()
	c.Revision, c.Row, c.Head = kept.Revision, kept.Row, hex.EncodeToString(tx.head)
	c.Sign(seed)
	return c, rowsOf[Certified](tx.g).Create(tx.ctx, &kept)
}

// MostCertified is how many certified copies of one hash are told of.
const MostCertified = 20

// CertifiedAs returns the certified copies that have a hash, the latest first.
func (s *Store) CertifiedAs(ctx context.Context, hash string) (all []Certified, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[Certified](r.g).Where("hash = ?", hash).Order("id DESC").Limit(MostCertified).Find(r.ctx)
		return err
	})
	return all, wrap("certified", err)
}

// certifiedBy returns the certified copies that an account has made.
func (s *Store) certifiedBy(ctx context.Context, account int64) (all []Certified, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[Certified](r.g).Where("account_id = ?", account).Order("id").Find(r.ctx)
		return err
	})
	return all, wrap("certified", err)
}

// TellsOf reports whether the trail has the row that a certificate names, with the hash
// that it names, and whether that row follows from the one before it and tells of the
// copy. It looks at no other row: Verify does.
func (s *Store) TellsOf(ctx context.Context, c trail.Certificate) (told bool, err error) {
	err = s.View(ctx, func(r Reader) error {
		rows, err := rowsOf[trail.Row](r.g).Where("id <= ?", c.Row).Order("id DESC").Limit(2).Find(r.ctx)
		if err != nil || len(rows) == 0 || rows[0].ID != c.Row || rows[0].New == nil || rows[0].Noun != certificateNoun {
			return err
		}
		row, before := rows[0], []byte(nil)
		if len(rows) > 1 {
			before = rows[1].Hash
		}
		about, err := trail.Words(*row.New, nil)
		told = err == nil && hex.EncodeToString(row.HashAfter(before)) == c.Head && hex.EncodeToString(row.Hash) == c.Head &&
			about["hash"] == c.SHA256 && strings.TrimSuffix(about["what"], ".csv") == c.List && row.Revision == c.Revision && row.At == c.Made
		return nil
	})
	return told, wrap("certificate", err)
}

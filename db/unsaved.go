package db

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"samband/db/trail"
	"samband/models"
)

const (
	// UnsavedHours is for how many hours a form that is not saved is kept.
	UnsavedHours = 12
	// MostUnsaved bounds what such a form holds, in bytes.
	MostUnsaved = 64 << 10
	// mostUnsavedForms is how many of them an account has at most: the oldest give way.
	mostUnsavedForms = 20
)

// An Unsaved is a form that somebody has filled in and not saved yet. It is for the
// account alone, and leaves no row in the trail: nothing has been done.
type Unsaved struct {
	Account int64     `gorm:"column:account_id;primaryKey;autoIncrement:false" json:"-"`
	Name    string    `gorm:"primaryKey" json:"name"`
	Path    string    `json:"path"` // where it is sent
	Form    string    `json:"form"` // what was typed, as url.Values encodes it
	Kept    time.Time `gorm:"serializer:instant" json:"kept"`
}

func (Unsaved) TableName() string { return "unsaved_forms" }

// Values returns what was typed.
func (u Unsaved) Values() url.Values {
	form, _ := url.ParseQuery(u.Form)
	return form
}

// KeepUnsaved keeps a form in place of the one of the same name, and forgets those that
// are too old or too many.
func (s *Store) KeepUnsaved(ctx context.Context, u Unsaved) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		u.Kept = tx.now
		if err := tx.sweepUnsaved(); err != nil {
			return err
		}
		if err := put(tx, u); err != nil {
			return err
		}
		all, err := rowsOf[Unsaved](tx.g).Select("name").Where("account_id = ?", u.Account).Order("kept DESC, name").Offset(mostUnsavedForms).Limit(mostUnsavedForms).Find(tx.ctx)
		for _, old := range all {
			if _, err := rowsOf[Unsaved](tx.g).Where("account_id = ? AND name = ?", u.Account, old.Name).Delete(tx.ctx); err != nil {
				return err
			}
		}
		return err
	})
}

// sweepUnsaved forgets the forms that are too old.
func (tx *Tx) sweepUnsaved() error {
	_, err := rowsOf[Unsaved](tx.g).Where("kept <= ?", unsavedSince(tx.now)).Delete(tx.ctx)
	return err
}

// unsavedSince returns the instant after which a form must have been kept.
func unsavedSince(now time.Time) string {
	return now.Add(-UnsavedHours * time.Hour).UTC().Format(trail.Instants)
}

// UnsavedForms returns the forms that an account has not saved, the latest first.
func (s *Store) UnsavedForms(ctx context.Context, account int64) (all []Unsaved, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[Unsaved](r.g).Where("account_id = ? AND kept > ?", account, unsavedSince(s.now())).Order("kept DESC, name").Find(r.ctx)
		return err
	})
	return all, wrap("unsaved forms", err)
}

// DropUnsaved forgets a form of an account, if it is there.
func (s *Store) DropUnsaved(ctx context.Context, account int64, name string) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		_, err := rowsOf[Unsaved](tx.g).Where("account_id = ? AND name = ?", account, name).Delete(tx.ctx)
		return err
	})
}

// eraseUnsaved forgets the forms that name an erased officer, and those about the
// officer or what the officer holds.
func (tx *Tx) eraseUnsaved(officer int64, names func(string) bool) error {
	all, err := rowsOf[Unsaved](tx.g).Find(tx.ctx)
	if err != nil {
		return err
	}
	held, err := rowsOf[models.Assignment](tx.g).Select("id").Where("officer_id = ?", officer).Find(tx.ctx)
	if err != nil {
		return err
	}
	about := []string{"/officers/" + text10(officer) + "/"}
	for _, a := range held {
		about = append(about, "/assignments/"+text10(a.ID)+"/")
	}
	for _, u := range all {
		if !u.names(names) && !slices.ContainsFunc(about, func(path string) bool { return strings.HasPrefix(u.Path, path) }) {
			continue
		}
		if _, err := rowsOf[Unsaved](tx.g).Where("account_id = ? AND name = ?", u.Account, u.Name).Delete(tx.ctx); err != nil {
			return err
		}
	}
	return nil
}

// names reports whether something in a form, or in the address that it is sent to, names
// somebody.
func (u Unsaved) names(names func(string) bool) bool {
	if names(decoded(u.Path)) {
		return true
	}
	for _, typed := range u.Values() {
		if slices.ContainsFunc(typed, names) {
			return true
		}
	}
	return false
}

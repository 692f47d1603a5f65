package db

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"samband/db/trail"
)

const (
	// ImportHours is for how many hours a file that came in is kept.
	ImportHours = 24
	// MostImport bounds such a file, in bytes.
	MostImport = 64 << 20
	// mostImportFiles is how many files an account has waiting at most: the oldest give
	// way.
	mostImportFiles = 5
)

// An Import is a file that came in, to be imported or imported already. Until then it is
// for its account alone, and leaves no row in the trail: nothing has been done.
type Import struct {
	ID      string    `gorm:"primaryKey" json:"-"`
	Account int64     `gorm:"column:account_id" json:"-"` // 0 for the command line
	Name    string    `json:"name"`                       // of the file, as its sender called it
	Noun    string    `json:"noun"`                       // of which a single file has records, "" for a package
	Heads   string    `json:"-"`                          // a hash of the heads of a single file
	Columns string    `json:"-"`                          // see Chosen
	Hash    string    `json:"sha256"`
	Size    int64     `json:"bytes"`
	File    []byte    `json:"-"` // nil when it is no longer kept
	Kept    time.Time `gorm:"serializer:instant" json:"at"`
	Applied string    `json:"applied"` // the instant at which it was imported, "" if it was not
	First   int64     `gorm:"column:first_row" json:"-"`
	Last    int64     `gorm:"column:last_row" json:"-"`
	Added   int       `json:"added"` // rows
	Changed int       `json:"changed"`
	LeftOut int       `json:"left_out"`
	Reverts string    `json:"-"` // the import that this one took back, "" for none
}

func (Import) TableName() string { return "imports" }

// NewImport returns a file that came in, under a name that cannot be guessed.
func NewImport(account int64, name string, file []byte) Import {
	return Import{ID: hex.EncodeToString(trail.NewSalt()[:16]), Account: account, Name: name, Hash: HashOf(file), Size: int64(len(file)), File: file}
}

// HashOf returns the SHA-256 of a file in hexadecimal digits.
func HashOf(file []byte) string {
	hash := sha256.Sum256(file)
	return hex.EncodeToString(hash[:])
}

// Chosen returns the columns that somebody has chosen for heads, "" to leave one out.
func (im Import) Chosen() map[string]string {
	chosen := map[string]string{}
	_ = json.Unmarshal([]byte(cmp.Or(im.Columns, "{}")), &chosen)
	return chosen
}

// Choose sets the columns of a single file, and its heads by which the choice is found
// again.
func (im *Import) Choose(noun string, heads []string, chosen map[string]string) {
	text, _ := json.Marshal(chosen)
	im.Noun, im.Heads, im.Columns = noun, HashOf([]byte(strings.Join(heads, "\n"))), string(text)
}

// KeepImport keeps a file that came in, and forgets those that are too old or too many.
func (s *Store) KeepImport(ctx context.Context, im Import) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		im.Kept = tx.now
		if err := tx.sweepImports(); err != nil {
			return err
		}
		if err := put(tx, im); err != nil {
			return err
		}
		all, err := rowsOf[Import](tx.g).Select("id").Where("account_id = ? AND applied = ''", im.Account).Order("kept DESC, id").
			Offset(mostImportFiles).Limit(mostImportFiles).Find(tx.ctx)
		for _, old := range all {
			if _, err := rowsOf[Import](tx.g).Where("id = ?", old.ID).Delete(tx.ctx); err != nil {
				return err
			}
		}
		return err
	})
}

// sweepImports forgets files that are too old.
func (tx *Tx) sweepImports() error {
	return tx.forgetImports("kept <= ?", importsSince(tx.now))
}

// forgetImports forgets files, and the imports that came to nothing.
func (tx *Tx) forgetImports(where string, args ...any) error {
	if _, err := rowsOf[Import](tx.g).Where(where, args...).Where("applied = ''").Delete(tx.ctx); err != nil {
		return err
	}
	_, err := rowsOf[Import](tx.g).Where(where, args...).Where("file IS NOT NULL").Update(tx.ctx, "file", nil)
	return err
}

// eraseImports forgets all files, since what they hold cannot be looked at, and the names
// of files that name somebody.
func (tx *Tx) eraseImports(names func(string) bool) error {
	if err := tx.forgetImports("1 = 1"); err != nil {
		return err
	}
	all, err := rowsOf[Import](tx.g).Omit("file").Find(tx.ctx)
	for _, im := range all {
		if err == nil && names(im.Name) {
			_, err = rowsOf[Import](tx.g).Where("id = ?", im.ID).Update(tx.ctx, "name", "")
		}
	}
	return err
}

func importsSince(now time.Time) string {
	return now.Add(-ImportHours * time.Hour).UTC().Format(trail.Instants)
}

// DropImport forgets a file of an account that was not imported, if it is there.
func (s *Store) DropImport(ctx context.Context, account int64, id string) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		_, err := rowsOf[Import](tx.g).Where("account_id = ? AND id = ? AND applied = ''", account, id).Delete(tx.ctx)
		return err
	})
}

// KeptImport returns an import: one's own, or one that was carried out. A file that is
// too old is not there.
func (s *Store) KeptImport(ctx context.Context, account int64, id string) (im Import, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		im, err = rowsOf[Import](r.g).Where("id = ? AND (account_id = ? OR applied <> '')", id, account).Take(r.ctx)
		return err
	})
	if err == nil && im.Applied == "" && !im.Kept.After(s.now().Add(-ImportHours*time.Hour)) {
		err = ErrNotFound
	}
	if im.Account != account {
		im.File = nil
	}
	return im, wrap("import", err)
}

// mostImports is how many imports are listed.
const mostImports = 100

// Imports returns the latest imports without their files: those that were carried out,
// and an account's own.
func (s *Store) Imports(ctx context.Context, account int64) (all []Import, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[Import](r.g).Omit("file").Where("applied <> '' OR account_id = ? AND kept > ?", account, importsSince(s.now())).
			Order("kept DESC, id").Limit(mostImports).Find(r.ctx)
		return err
	})
	return all, wrap("imports", err)
}

// importsOfRows returns the imports that have left some of the rows of the trail, or lie
// between them.
func (r Reader) importsOfRows(rows []trail.Row) ([]Import, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	first, last := rows[0].ID, rows[0].ID
	for _, row := range rows {
		first, last = min(first, row.ID), max(last, row.ID)
	}
	return rowsOf[Import](r.g).Select("id, first_row, last_row").Where("applied <> '' AND first_row <= ? AND last_row >= ?", last, first-1).Find(r.ctx)
}

// importsOf returns the imports of an account without their files.
func (s *Store) importsOf(ctx context.Context, account int64) (all []Import, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[Import](r.g).Omit("file").Where("account_id = ?", account).Order("kept DESC, id").Find(r.ctx)
		return err
	})
	return all, err
}

// ChosenBefore returns what was chosen for the same heads of a noun when a file was last
// imported, nil if there was none.
func (s *Store) ChosenBefore(ctx context.Context, noun string, heads []string) (chosen map[string]string, err error) {
	var same Import
	same.Choose(noun, heads, nil)
	err = s.View(ctx, func(r Reader) error {
		last, err := orNone(rowsOf[Import](r.g).Select("columns").Where("noun = ? AND heads = ? AND applied <> ''", noun, same.Heads).
			Order("kept DESC, id").Limit(1).Take(r.ctx))
		if last.Columns != "" {
			chosen = last.Chosen()
		}
		return err
	})
	return chosen, wrap("chosen before", err)
}

// Applied records that an import has been carried out by this write, of which begun was
// the first free ID. What it did is left in the trail as a note as well.
func (tx *Tx) Applied(im Import, begun int64) error {
	im.Kept, im.Applied = tx.now, tx.at
	im.First, im.Last = begun, tx.IDs(0)-1
	action := "import"
	if im.Reverts != "" {
		action = "revert"
	}
	note := Event{Action: action, Noun: "file", About: []any{"what", cmp.Or(im.Noun, "package"), "import", im.ID, "rows", im.Added + im.Changed, "hash", im.Hash}}
	if err := tx.Note(note); err != nil {
		return err
	}
	return put(tx, im)
}

// Base returns the revision of the directory that this write found.
func (tx *Tx) Base() int64 { return tx.revision - 1 }

package interchange

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"samband/db"
	"samband/models"
)

// errDiscard ends a write whose changes must not be kept, although nothing
// failed.
var errDiscard = errors.New("not to be kept")

// Import reads an interchange package, a folder or a zip, and creates and
// updates what its rows say: all of it, or nothing if any row is refused. It
// never removes anything. The rules are those of single saves, applied to the
// directory and the package together. Refused rows are in the report and are
// not an error. Errors are ErrNoPackage, ErrTooLarge, those of reading files,
// and those of Store.Write.
func Import(ctx context.Context, store *db.Store, actor db.Actor, path string, opts Options) (Report, error) {
	parcel, err := openParcel(path)
	if err != nil {
		return Report{}, wrap("import", err)
	}
	defer parcel.Close()
	return importParcel(ctx, store, actor, parcel, opts, nil)
}

// importParcel imports a package and then calls then, unless it is nil, in the
// same write.
func importParcel(ctx context.Context, store *db.Store, actor db.Actor, p *parcel, opts Options, then func(*db.Tx) error) (Report, error) {
	im := &importing{ctx: ctx, parcel: p, opts: opts, report: Report{Files: map[string]Counts{}}, refused: map[refusedRow]bool{},
		contactLines: map[models.ContactPoint]int{}}
	err := store.Write(ctx, actor, func(tx *db.Tx) error {
		im.tx = tx
		if err := im.readAll(); err != nil {
			return err
		}
		im.check()
		if im.report.Refused > 0 || opts.DryRun {
			return errDiscard
		}
		if err := im.apply(); err != nil || then == nil {
			return err
		}
		return then(tx)
	})
	if err != nil && !errors.Is(err, errDiscard) {
		return Report{}, wrap("import", err)
	}
	im.finish()
	return im.report, nil
}

// importing is one import under way.
type importing struct {
	ctx    context.Context
	tx     *db.Tx
	parcel *parcel
	opts   Options
	report Report
	done   int64 // bytes read

	nouns       map[*sheet]keyedNoun
	byNoun      map[string]func(key string) int64 // the ID of a record that a column refers to, 0 for none
	agencies    *keyed[models.Agency]             // each is one of nouns
	officers    *keyed[models.Officer]
	bodies      *keyed[models.Body]
	postings    *keyed[models.Posting]
	represented *partTaken[models.Posting, models.Representation] // a part of postings
	held        *keyed[models.Assignment]
	alone       map[int64][]*entry[models.Assignment] // see leftAlone
	projects    *keyed[models.Project]
	contacts    []*entry[models.ContactPoint]

	rows         []importedRow
	refused      map[refusedRow]bool
	contactRows  []partRow[models.ContactPoint]
	contactLines map[models.ContactPoint]int // by state, matter and name
}

type refusedRow struct {
	sheet *sheet
	line  int
}

// An importedRow is a row of the package and its outcome.
type importedRow struct {
	sheet   *sheet
	line    int
	key     string
	outcome func() Outcome
}

func (im *importing) refuse(s *sheet, line int, column string, reason models.Message) {
	im.refused[refusedRow{s, line}] = true
	if im.report.Refused++; len(im.report.Refusals) < mostRefusals {
		im.report.Refusals = append(im.report.Refusals, Refusal{s.name, line, column, reason})
	}
}

// row adds a row, whose outcome is set later.
func (im *importing) row(s *sheet, line int, key string) *importedRow {
	im.rows = append(im.rows, importedRow{sheet: s, line: line, key: key})
	return &im.rows[len(im.rows)-1]
}

// progress reports how far the import is: reading is half of it.
func (im *importing) progress(done int64) {
	if im.opts.Progress != nil {
		im.opts.Progress(min(done, 2*im.parcel.total), 2*im.parcel.total)
	}
}

// readAll reads what the directory holds, and then the package.
func (im *importing) readAll() error {
	if err := im.readDirectory(); err != nil {
		return err
	}
	for _, name := range im.parcel.other {
		im.refuse(&sheet{name: name}, 1, "", models.Say("problem.file_unknown"))
	}
	takers := im.takers()
	for _, s := range sheets {
		if err := im.read(s, takers[s]); err != nil {
			return err
		}
	}
	return nil
}

// takers are what takes the rows of each file.
func (im *importing) takers() map[*sheet]func(*row) {
	takers := map[*sheet]func(*row){contactPointSheet: im.contactPoint}
	for s, noun := range im.nouns {
		maps.Copy(takers, noun.takers(s))
	}
	return takers
}

// readDirectory reads what the directory holds. The nouns have their parts and
// rules here.
func (im *importing) readDirectory() error {
	im.agencies = &keyed[models.Agency]{parts: agencyParts(), rule: (*importing).checkAgency}
	im.officers = &keyed[models.Officer]{rule: (*importing).checkOfficer}
	im.bodies = &keyed[models.Body]{parts: bodyParts(), rule: (*importing).checkBody}
	im.postings = &keyed[models.Posting]{parts: postingParts(), rule: (*importing).checkPosting,
		complete: func(im *importing, p *models.Posting) { *p = p.At(im.bodyOf(p.HostBody)) }}
	im.held = &keyed[models.Assignment]{parts: assignmentParts(), rule: (*importing).checkAssignment}
	im.projects = &keyed[models.Project]{parts: projectParts(), rule: (*importing).checkProject}
	for _, p := range im.postings.parts {
		if r, is := p.(*partTaken[models.Posting, models.Representation]); is {
			im.represented = r
		}
	}
	im.nouns = map[*sheet]keyedNoun{agencySheet: im.agencies, officerSheet: im.officers, bodySheet: im.bodies, postingSheet: im.postings,
		assignmentSheet: im.held, projectSheet: im.projects}
	im.byNoun = map[string]func(string) int64{standInColumn: im.held.id}
	for s, noun := range im.nouns {
		if err := noun.read(im); err != nil {
			return err
		}
		im.byNoun[s.noun] = noun.id
	}
	contacts, err := db.All[models.ContactPoint](im.tx.Reader, "id")
	for _, c := range contacts {
		im.contacts = append(im.contacts, &entry[models.ContactPoint]{old: c, one: c})
	}
	return err
}

// check merges parts and contact points, and refuses what may not be, in the order
// of the files.
func (im *importing) check() {
	for _, s := range sheets {
		if noun := im.nouns[s]; noun != nil {
			noun.check(im)
		}
	}
	im.checkHeldOnce()
	im.mergeContactPoints()
}

// apply writes what is new and what has changed, in the order of the files.
func (im *importing) apply() (err error) {
	for _, s := range sheets {
		switch noun := im.nouns[s]; {
		case noun != nil:
			err = noun.apply(im)
		case s == contactPointSheet:
			err = applied(im, im.contacts)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// applied writes the entries that are new or have changed.
func applied[T db.Record](im *importing, all []*entry[T]) error {
	var created, olds, news []*T
	for _, e := range all {
		switch {
		case e.old == nil:
			created = append(created, e.one)
		case !e.same && e.one != e.old:
			olds, news = append(olds, e.old), append(news, e.one)
		}
	}
	const chunk = 5000
	var n int64
	for part := range slices.Chunk(created, chunk) {
		if err := db.CreateAll(im.tx, part); err != nil {
			return err
		}
		n += int64(len(part))
		im.progress(im.parcel.total + im.parcel.total*n/int64(len(all)))
	}
	return db.UpdateAll(im.tx, olds, news)
}

// finish counts the rows and reports the outcome of each.
func (im *importing) finish() {
	slices.SortStableFunc(im.report.Refusals, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(orderOf(a.File), orderOf(b.File)), cmp.Compare(a.Line, b.Line))
	})
	for _, r := range im.rows {
		outcome := Refused
		if !im.refused[refusedRow{r.sheet, r.line}] && r.outcome != nil {
			outcome = r.outcome()
		}
		counts := im.report.Files[r.sheet.name]
		counts.add(outcome)
		im.report.Files[r.sheet.name] = counts
		if im.opts.Row != nil {
			im.opts.Row(r.sheet.name, r.line, r.key, outcome)
		}
	}
	im.progress(2 * im.parcel.total)
}

func orderOf(file string) int {
	return slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == file })
}

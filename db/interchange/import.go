package interchange

import (
	"cmp"
	"context"
	"errors"
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

	keyed    map[*sheet]keyedNoun
	byNoun   map[string]func(key string) int64 // the ID of a record that a column refers to, 0 for none
	held     *keyed[models.Assignment]         // one of keyed
	postings map[string]*postingEntry
	contacts []*entry[models.ContactPoint]

	newPostings  []*postingEntry // that are to be written, in the order of the package
	postingOf    map[int64]*postingEntry
	countryOf    map[int64]models.State // of agencies
	sentBefore   map[int64]models.State // the same, as it was
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

// An entry is a record of the directory, the package, or both.
type entry[T db.Record] struct {
	old  *T  // as it was, nil if it is new
	one  *T  // as it is to be
	line int // in the package, 0 if it is not in it
	same bool
}

func (e *entry[T]) lineAt() *int { return &e.line }

func (e *entry[T]) outcome() Outcome {
	switch {
	case e.old == nil:
		return New
	case e.same:
		return Unchanged
	}
	return Changed
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
	takers := map[*sheet]func(*row){postingSheet: im.posting, suspensionSheet: im.suspension,
		representationSheet: im.representation, coverageSheet: im.coverage, contactPointSheet: im.contactPoint}
	for s, noun := range im.keyed {
		takers[s] = noun.take
	}
	return takers
}

func (im *importing) readDirectory() error {
	im.countryOf, im.sentBefore, im.postingOf = map[int64]models.State{}, map[int64]models.State{}, map[int64]*postingEntry{}
	im.keyed, im.byNoun = map[*sheet]keyedNoun{}, map[string]func(string) int64{postingSheet.noun: im.postingID}
	for _, s := range sheets {
		if s.keyed == nil {
			continue
		}
		noun := s.keyed()
		if err := noun.read(im); err != nil {
			return err
		}
		im.keyed[s], im.byNoun[s.noun] = noun, noun.id
	}
	agencies := im.keyed[agencySheet].(*keyed[models.Agency])
	agencies.rule = im.checkAgency
	for _, a := range agencies.all {
		im.countryOf[a.one.ID], im.sentBefore[a.one.ID] = a.one.Country, a.one.Country
	}
	im.held = im.keyed[assignmentSheet].(*keyed[models.Assignment])
	im.held.rule = im.checkAssignment
	postings, err := im.tx.Postings()
	if err != nil {
		return err
	}
	im.postings = make(map[string]*postingEntry, len(postings))
	for _, p := range postings {
		e := &postingEntry{entry: entry[models.Posting]{old: p, one: p}}
		im.postings[p.Key], im.postingOf[p.ID] = e, e
	}
	contacts, err := db.All[models.ContactPoint](im.tx.Reader, "id")
	for _, c := range contacts {
		im.contacts = append(im.contacts, &entry[models.ContactPoint]{old: c, one: c})
	}
	return err
}

// apply writes what is new and what has changed, in the order of the files.
func (im *importing) apply() (err error) {
	for _, s := range sheets {
		switch s {
		case postingSheet:
			postings := make([]*entry[models.Posting], 0, len(im.newPostings))
			for _, p := range im.newPostings {
				postings = append(postings, &p.entry)
			}
			err = applied(im, postings)
			im.progress(im.parcel.total * 5 / 4)
		case contactPointSheet:
			err = applied(im, im.contacts)
		default:
			if noun := im.keyed[s]; noun != nil {
				err = noun.apply(im)
			}
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

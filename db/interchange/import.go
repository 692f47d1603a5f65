package interchange

import (
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

// Import reads a package, a folder or a zip, or a single CSV or XLSX file, and creates
// and updates what its rows say: all of it, or nothing if any row is refused. It
// never removes anything. The rules are those of single saves, applied to the
// directory and the package together. Refused rows are in the report and are
// not an error. Errors are ErrNoPackage, ErrTooLarge, ErrUnreadable, those of reading
// files, and those of Store.Write.
func Import(ctx context.Context, store *db.Store, actor db.Actor, path string, opts Options) (Report, error) {
	parcel, err := openPath(path, &opts)
	if err != nil {
		return Report{}, wrap("import", err)
	}
	defer parcel.Close()
	return importParcel(ctx, store, actor, parcel, opts)
}

// ImportUpload is Import of a file that somebody has sent.
func ImportUpload(ctx context.Context, store *db.Store, actor db.Actor, u Upload, opts Options) (Report, error) {
	parcel, err := openUpload(u, &opts)
	if err != nil {
		return Report{}, wrap("import", err)
	}
	defer parcel.Close()
	return importParcel(ctx, store, actor, parcel, opts)
}

// Preview returns what ImportUpload would do, and what would come of it for whom: rows
// that would be refused are left out of that. It keeps nothing.
func Preview(ctx context.Context, store *db.Store, actor db.Actor, u Upload, opts Options) (report Report, draft models.Draft, err error) {
	parcel, err := openUpload(u, &opts)
	if err != nil {
		return Report{}, draft, wrap("preview", err)
	}
	defer parcel.Close()
	opts.LeaveRefused, opts.DryRun, opts.Then = true, false, nil
	draft, err = store.Preview(ctx, actor, func(tx *db.Tx) error {
		im, err := run(ctx, tx, actor, parcel, opts)
		if err == nil {
			report = im.report
		}
		if errors.Is(err, errDiscard) {
			report, err = im.report, nil
		}
		return err
	})
	return report, draft, wrap("preview", err)
}

// importParcel imports a package and then calls opts.Then in the same write.
func importParcel(ctx context.Context, store *db.Store, actor db.Actor, p *parcel, opts Options) (report Report, err error) {
	err = store.Write(ctx, actor, func(tx *db.Tx) error {
		im, err := run(ctx, tx, actor, p, opts)
		if im != nil {
			report = im.report
		}
		if err == nil && opts.Then != nil {
			err = opts.Then(tx, report)
		}
		return err
	})
	if err != nil && !errors.Is(err, errDiscard) {
		return Report{}, wrap("import", err)
	}
	return report, nil
}

// importing is one import under way.
type importing struct {
	ctx     context.Context
	tx      *db.Tx
	parcel  *parcel
	opts    Options
	scope   models.Scope // of the actor
	limited bool         // the actor does not see everything
	report  Report
	done    int64 // bytes read
	failed  error // of reading the database

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
	names       map[string]map[string][]int64 // see called

	rows            []importedRow
	refused         map[refusedRow]bool
	skip            map[refusedRow]bool // rows that are left out, as they were refused before
	left            []importedRow       // the same, in order
	nameless        []int               // the columns without a name
	respelled       int                 // see lookFor
	numbered        map[float64]bool    // the keys of new rows that are numbers
	contactRows     []partRow[models.ContactPoint]
	contactLines    map[models.ContactPoint]int // by state, matter and name
	contactsWithout []string                    // columns that their file does not have
}

type refusedRow struct {
	sheet *sheet
	line  int
}

// An importedRow is a row of the package, its outcome, and how it changes fields.
type importedRow struct {
	sheet   *sheet
	line    int
	key     string
	outcome func() Outcome
	fields  func() []FieldChange
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
	im.officers = &keyed[models.Officer]{rule: (*importing).checkOfficer, tells: (*importing).toldOfficer}
	im.bodies = &keyed[models.Body]{parts: bodyParts(), rule: (*importing).checkBody}
	im.postings = &keyed[models.Posting]{parts: postingParts(), rule: (*importing).checkPosting, tells: (*importing).toldPosting,
		complete: func(im *importing, p *models.Posting) { *p = p.At(im.bodyOf(p.HostBody)) }}
	im.held = &keyed[models.Assignment]{parts: assignmentParts(), rule: (*importing).checkAssignment, tells: (*importing).toldAssignment}
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

func orderOf(file string) int {
	return slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == file })
}

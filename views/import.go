package views

import (
	"net/url"
	"strconv"
	"time"

	"samband/models"
)

// The pages of files that come in.
var (
	ImportPage        = page[ImportForm]("import")
	ImportsPage       = page[Imports]("imports")
	ImportingPage     = page[Importing]("importing")
	ImportPreviewPage = page[ImportPreview]("import_preview")
	AppliedPage       = page[Applied]("imported")
)

// ImportURL returns the address of a file that came in.
func ImportURL(id string) string { return "/imports/" + id }

// An ImportForm is the form for a file to import.
type ImportForm struct {
	Nouns    Field
	Problems []FieldProblem
	Most     int64 // mebibytes
}

// ImportForm returns the form for a file to import, which may have records of nouns.
func (s *Site) ImportForm(lang string, nouns []string, problems models.Problems) ImportForm {
	f := ImportForm{Nouns: s.NounChoice(lang, nouns, ""), Problems: s.Problems(lang, problems)}
	f.Nouns.Label, f.Nouns.Any = s.text(lang, "import.noun"), s.text(lang, "import.by_itself")
	return f
}

// An Import is a file that came in.
type Import struct {
	ID, Name, Noun, Hash    string
	Size                    int64
	Kept                    time.Time
	Applied, File           bool // File says that it is still kept
	Added, Changed, LeftOut int
	Reverts                 string // the ID of the import that this one took back
}

// URL returns the address of the import.
func (im Import) URL() string { return ImportURL(im.ID) }

// Kilobytes returns the size of the file, rounded up.
func (im Import) Kilobytes() int { return int((im.Size + 1023) / 1024) }

// Imports is the list of files that came in.
type Imports struct{ Rows []ImportRow }

// An ImportRow is a file that came in, and who sent it.
type ImportRow struct {
	Import
	By string
}

// Importing is the page of a file that is being worked on.
type Importing struct {
	Import
	Percent int
}

// An ImportHead is a column of a single file.
type ImportHead struct {
	Name, Column string
	// Shown is a column that only shows what stands elsewhere, and Unknown one of which
	// somebody has to say what it is.
	Shown, Unknown bool
}

// UnknownColumn is what is sent for a head of which nothing has been said yet.
const UnknownColumn = "?"

// An ImportCell is how a row changes a field. Base is what it was when the file was
// written, if that is known.
type ImportCell struct {
	Label, Was, Now, Base string
	Based                 bool
}

// An ImportLine is a row of a file, and what would become of it.
type ImportLine struct {
	File, Noun, Key string
	Line            int
	Cells           []ImportCell
	Reasons         []FieldProblem
	Taken           bool // of a stale one, the file's is taken
}

// Take returns what is sent to take a stale row.
func (l ImportLine) Take() string { return l.Noun + " " + l.Key }

// An ImportCount is how many rows have an outcome.
type ImportCount struct {
	Outcome string
	Rows    int
}

// An ImportReport is what a file would do.
type ImportReport struct {
	Counts  []ImportCount
	Cleared int
	Heads   []ImportHead
	Notices []string
	Rows    map[string][]ImportLine // by outcome
	Missing []Link
	Absent  int
	Refused int
	Whole   bool
	Noun    string
	Work    int // rows that would be written
}

// An ImportPreview is the page of what a file would do.
type ImportPreview struct {
	Import
	Report   ImportReport
	Columns  []Option
	Nouns    Field
	Moved    bool
	Mark     string
	Revision int64
	Weighed
	Heavy bool // too much changes to tell what comes of it

	Outcome      string
	Lines        []ImportLine
	Page, Pages  int
	Total, First int
}

// List chooses which rows the page lists: those of an outcome, a page of so many.
func (p *ImportPreview) List(outcome string, number, size int) {
	all := p.Report.Rows[outcome]
	p.Outcome, p.Total = outcome, len(all)
	p.Pages = max(1, (len(all)+size-1)/size)
	p.Page = min(number, p.Pages)
	p.First = (p.Page - 1) * size
	p.Lines = all[p.First:min(len(all), p.First+size)]
}

// Stale returns the rows of records that have changed since the file was written.
func (p ImportPreview) Stale() []ImportLine { return p.Report.Rows["stale"] }

// mostStale is how many rows are decided on at a time.
const mostStale = 100

// StaleShown returns the first of these rows, and all whose file's is taken; StaleMore how
// many there are besides.
func (p ImportPreview) StaleShown() (shown []ImportLine) {
	others := 0
	for _, l := range p.Stale() {
		if !l.Taken {
			others++
		}
		if l.Taken || others <= mostStale {
			shown = append(shown, l)
		}
	}
	return shown
}

func (p ImportPreview) StaleMore() int { return len(p.Stale()) - len(p.StaleShown()) }

// At returns the address of the rows of an outcome.
func (p ImportPreview) At(outcome string, number int) string {
	q := url.Values{"show": {outcome}}
	for _, l := range p.Stale() {
		if l.Taken {
			q.Add("take", l.Take())
		}
	}
	if number > 1 {
		q.Set("page", strconv.Itoa(number))
	}
	return p.URL() + "?" + q.Encode() + "#rows"
}

// Before and After return the addresses of the pages before and after this one.
func (p ImportPreview) Before() string { return p.At(p.Outcome, p.Page-1) }
func (p ImportPreview) After() string  { return p.At(p.Outcome, p.Page+1) }

// Unknown reports whether somebody has to say what a column is.
func (p ImportPreview) Unknown() bool {
	for _, h := range p.Report.Heads {
		if h.Unknown {
			return true
		}
	}
	return false
}

// ImportColumns returns the columns that a head can stand for, with what they are called.
func (s *Site) ImportColumns(lang, noun string, columns []string) (all []Option) {
	for _, c := range columns {
		all = append(all, Option{c, s.ImportColumn(lang, c)})
	}
	return all
}

// ImportColumn returns what a column of a file is called.
func (s *Site) ImportColumn(lang, column string) string {
	for _, family := range []string{"column.", "csv.", "field."} {
		if s.tongues[lang].sentences[family+column] != nil {
			return s.text(lang, family+column)
		}
	}
	return column
}

// Applied is the page of an import that was carried out.
type Applied struct {
	Import
	Refused  string    // why it could not be taken back
	Reverted *Reverted // what became of it, if it has just been taken back
}

// Reverted is what became of the records of an import that was taken back.
type Reverted struct {
	Counts map[string]int // by outcome
	Rows   []RevertedRow  // those that are not as they were
	More   int
}

// A RevertedRow is a record that is not as it was before the import: it has changed Since,
// or the rules hold on to it.
type RevertedRow struct {
	Row, Since models.TrailRow
	Outcome    string
	Why        string
}

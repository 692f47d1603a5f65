package views

import (
	"io"
	"slices"
	"strings"

	"samband/models"
)

// The column heads of the files of lists, as the plain profile has them; the
// methods of CSV write the cells in the same order. A field tagged flat comes
// after them by itself. (The columns of the package are another matter: they are
// the tags `as` in models, which db/interchange reads.)
var (
	assignmentHeads = strings.Split("assignment,posting,host_country,host_country_name,host_city,host_organisation,sending_country,"+
		"agency,agency_kind,officer,officer_name,rank,first_day,last_day,represents_police,represents_customs,covers", ",")
	postingHeads = strings.Split("posting,host_country,host_country_name,host_city,host_organisation,sending_country,"+
		"agency,agency_kind,opened,closed,status,holders,represents_police,represents_customs,covers,note", ",")
	officerHeads  = strings.Split("officer,agency,agency_kind,country,name,rank,languages,masked,email,phone,note", ",")
	trailHeads    = strings.Split("id,at,actor,role,request,action,noun,record,name,state,field,old,new", ",")
	coverageHeads = strings.Split("on,place,place_name,region,state,matter,standing,answers,handover,last_day", ",")
	changeHeads   = strings.Split("change,state,matter,place,place_name,posting,officer,first_day,last_day,because", ",")
	findingHeads  = strings.Split("severity,kind,posting,first_day,last_day,officers,states,message,body", ",")
)

// A CSV writes one of the flat files, a row at a time, so that any number of
// rows can be streamed.
type CSV struct {
	t    *table
	site *Site
	lang string
	on   models.Date
	// onDay caches the cells about a posting that are the same in each of its
	// rows, by its ID.
	onDay map[int64]*postingCells
}

type postingCells struct {
	country, police, customs, covers string
}

func (s *Site) newCSV(w io.Writer, lang string, profile Profile, on models.Date, heads ...[]string) *CSV {
	say := func(m models.Message) string { return s.Say(lang, m) }
	return &CSV{newTable(w, profile, say, slices.Concat(heads...)), s, lang, on, map[int64]*postingCells{}}
}

// AssignmentsCSV begins a file of assignments. Its represents_* and covers
// cells are as of the day on.
func (s *Site) AssignmentsCSV(w io.Writer, lang string, profile Profile, on models.Date) *CSV {
	return s.newCSV(w, lang, profile, on, assignmentHeads, models.FlatNames[models.Assignment]())
}

// PostingsCSV begins a file of postings, as they stand on the day on.
func (s *Site) PostingsCSV(w io.Writer, lang string, profile Profile, on models.Date) *CSV {
	return s.newCSV(w, lang, profile, on, postingHeads, models.FlatNames[models.Posting]())
}

// OfficersCSV begins a file of officers.
func (s *Site) OfficersCSV(w io.Writer, lang string, profile Profile) *CSV {
	return s.newCSV(w, lang, profile, 0, officerHeads, models.FlatNames[models.Officer]())
}

// FindingsCSV begins a file of findings.
func (s *Site) FindingsCSV(w io.Writer, lang string, profile Profile) *CSV {
	return s.newCSV(w, lang, profile, 0, findingHeads)
}

// CoverageCSV begins a file of the matrix of the day on.
func (s *Site) CoverageCSV(w io.Writer, lang string, profile Profile, on models.Date) *CSV {
	return s.newCSV(w, lang, profile, on, coverageHeads)
}

// ChangesCSV begins a file of what changed for a state.
func (s *Site) ChangesCSV(w io.Writer, lang string, profile Profile) *CSV {
	return s.newCSV(w, lang, profile, 0, changeHeads)
}

// A ColumnsFile writes a list with columns that somebody has chosen, a line at a time.
type ColumnsFile struct {
	*CSV
	columns []column
	b       *formBuilder
}

// ColumnsCSV begins a file of a list with columns of given names, whose heads are these
// names, or in the Excel profile what pages call them.
func (s *Site) ColumnsCSV(w io.Writer, lang string, profile Profile, list models.List, names []string) *ColumnsFile {
	f := &ColumnsFile{b: s.buildForm(lang, nil)}
	heads := slices.Clone(names)
	for i, name := range names {
		c, _ := columnOf(list, name)
		f.columns = append(f.columns, c)
		if profile == Excel {
			heads[i] = f.b.t("column." + name)
		}
	}
	f.CSV = &CSV{newTable(w, profile, func(m models.Message) string { return strings.TrimPrefix(m.Key, "csv.") }, heads), s, lang, 0, nil}
	return f
}

// Line adds a row. It returns the first error of all writing.
func (f *ColumnsFile) Line(l Line) error {
	for _, c := range f.columns {
		text := c.cell(f.b, l).file(f.t.profile)
		if text == "" && len(f.columns) == 1 {
			f.t.code(`""`) // many programs skip a line that is empty
			continue
		}
		f.t.text(text)
	}
	f.t.end()
	return f.t.err
}

// Close writes what is left and returns the first error of all writing.
func (c *CSV) Close() error { return c.t.flush() }

// endRow ends a row about a record with the fields that say that they stand in
// flat files, and returns the first error of all writing.
func endRow[T any](t *table, of *T) error {
	for _, text := range models.FlatTexts(of) {
		t.text(text)
	}
	t.end()
	return t.err
}

// Assignment adds a row, with the sending agency of its posting. It returns
// the first error of all writing.
func (c *CSV) Assignment(a *models.Assignment, o *models.Officer, p *models.Posting, sending *models.Agency) error {
	t, cells := c.t, c.cells(p)
	t.text(a.Key)
	c.host(p, cells, sending)
	t.text(o.Key)
	t.text(c.site.OfficerName(c.lang, *o, *sending))
	t.text(o.Rank)
	t.day(a.First)
	t.day(a.Last)
	c.acts(cells)
	return endRow(t, a)
}

// Posting adds a row, with the posting's agency and the officers who hold it
// on the day. It returns the first error of all writing.
func (c *CSV) Posting(p *models.Posting, sending *models.Agency, status models.Status, holders []models.Officer) error {
	t, cells := c.t, c.cells(p)
	c.host(p, cells, sending)
	t.day(p.Opened)
	t.day(p.Closed)
	t.code(string(status))
	var names []string
	for _, o := range holders {
		names = append(names, c.site.OfficerName(c.lang, o, *sending))
	}
	t.text(strings.Join(names, "; "))
	c.acts(cells)
	t.text(p.Note)
	return endRow(t, p)
}

// Officer adds a row, with the officer's own agency. It returns the first
// error of all writing.
func (c *CSV) Officer(o *models.Officer, own *models.Agency) error {
	t := c.t
	t.text(o.Key)
	t.text(own.Key)
	t.code(string(own.Kind))
	t.code(string(own.Country))
	t.text(c.site.OfficerName(c.lang, *o, *own))
	t.text(o.Rank)
	t.text(o.Languages)
	if o.Masked {
		t.code("yes")
	} else {
		t.code("")
	}
	t.text(o.Email)
	t.text(o.Phone)
	t.text(o.Note)
	return endRow(t, o)
}

// Finding adds a row. It returns the first error of all writing.
func (c *CSV) Finding(d *models.Directory, f models.Finding) error {
	t := c.t
	t.code(string(f.Severity))
	t.code(string(f.Kind))
	var key string
	var sending models.Agency
	if f.Post != nil {
		key, sending = f.Post.Key, d.Sending(f.Post)
	}
	t.text(key)
	t.day(f.Days.First)
	t.day(f.Days.Last)
	var names []string
	for _, officer := range f.Officers() {
		names = append(names, c.site.OfficerName(c.lang, d.Officer(officer), sending))
	}
	t.text(strings.Join(names, "; "))
	t.code(codes(f.States))
	t.text(c.site.Paragraph(c.lang, f.Reason))
	if f.Body != nil {
		t.code(string(f.Body.Key))
	} else {
		t.code("")
	}
	t.end()
	return t.err
}

// Change adds a row. It returns the first error of all writing.
func (c *CSV) Change(l ChangeLine) error {
	t := c.t
	t.code(l.Change)
	t.code(string(l.State))
	t.code(string(l.Matter))
	if l.Term == nil {
		t.text(l.Place.String())
		t.text(c.site.word(c.lang, l.Place))
		t.code("")
		t.code("")
	} else {
		t.code(places(l.Term.Places))
		t.text(and(c.site, c.lang, l.Term.Places))
		t.text(l.Term.Post.Key)
		t.text(c.site.OfficerName(c.lang, l.Term.Officer, l.Term.Agency))
	}
	t.day(l.Days.First)
	t.day(l.Days.Last)
	why := make([]string, len(l.Causes))
	for i, cause := range l.Causes {
		why[i] = c.site.cause(c.lang, cause, l.Matter)
	}
	t.text(strings.Join(why, "; "))
	t.end()
	return t.err
}

// cause writes why something changed in a matter: the posting, and its reason.
func (s *Site) cause(lang string, why models.Cause, in models.Matter) string {
	said := s.word(lang, why.Posting) + ": " + s.Paragraph(lang, why.Reason)
	if why.Matter != in {
		said = s.word(lang, why.Matter) + ": " + said
	}
	return said
}

// places joins places as codes with a space between.
func places(list []models.Named) string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = p.String()
	}
	return codes(texts)
}

// Row adds a row for each cell of a row of the matrix. It returns the first
// error of all writing.
func (c *CSV) Row(r models.MatrixRow) error {
	t := c.t
	for _, s := range models.States() {
		for _, m := range models.Matters() {
			cell := r.Cell(s, m)
			t.day(c.on)
			t.code(r.Place.String())
			t.text(c.site.word(c.lang, r.Place))
			t.code(string(r.Place.Country.Region()))
			t.code(string(s))
			t.code(string(m))
			t.code(string(cell.Standing))
			t.code(itoa(cell.Answers))
			if cell.Handover {
				t.code("yes")
			} else {
				t.code("")
			}
			t.day(cell.Until)
			t.end()
		}
	}
	return t.err
}

// host adds the cells of the posting up to those of its agency.
func (c *CSV) host(p *models.Posting, cells *postingCells, sending *models.Agency) {
	t := c.t
	t.text(p.Key)
	t.code(string(p.HostCountry))
	t.text(cells.country)
	t.text(p.HostCity)
	t.code(string(p.HostBody))
	t.code(string(sending.Country))
	t.text(sending.Key)
	t.code(string(sending.Kind))
}

func (c *CSV) acts(cells *postingCells) {
	c.t.code(cells.police)
	c.t.code(cells.customs)
	c.t.code(cells.covers)
}

func (c *CSV) cells(p *models.Posting) *postingCells {
	if known := c.onDay[p.ID]; known != nil {
		return known
	}
	cells := &postingCells{
		country: p.HostCountry.Name(c.lang),
		police:  codes(p.StatesOn(models.Police, c.on)),
		customs: codes(p.StatesOn(models.Customs, c.on)),
		covers:  codes(p.CoversOn(c.on)),
	}
	c.onDay[p.ID] = cells
	return cells
}

// codes joins codes with a space between.
func codes[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, " ")
}

// TrailCSV begins a file of the trail.
func (s *Site) TrailCSV(w io.Writer, lang string, profile Profile) *CSV {
	return s.newCSV(w, lang, profile, 0, trailHeads)
}

// Entry adds a row for each field in a row of the trail, and one if it has no
// fields. It returns the first error of all writing.
func (c *CSV) TrailRow(e *models.TrailRow) error {
	changes := e.Fields
	if len(changes) == 0 {
		changes = []models.FieldChange{{}}
	}
	for _, change := range changes {
		t := c.t
		t.code(itoa(int(e.ID)))
		t.code(e.At.UTC().Format("2006-01-02T15:04:05.000Z"))
		t.text(e.Actor)
		t.text(e.Role)
		t.text(e.Request)
		t.code(e.Action)
		t.code(e.Noun)
		t.code(itoa(int(e.RecordID)))
		t.text(e.Name)
		t.code(string(e.State))
		t.code(change.Field)
		if change.Withheld {
			change.Old, change.New = c.site.text(c.lang, "trail.withheld"), c.site.text(c.lang, "trail.withheld")
		}
		t.text(change.Old)
		t.text(change.New)
		t.end()
	}
	return c.t.err
}

// A RefusedFile writes rows of a file that were refused, for a spreadsheet.
type RefusedFile struct {
	w io.Writer
	t *table
}

// RefusedCSV begins a file of refused rows.
func RefusedCSV(w io.Writer) *RefusedFile { return &RefusedFile{w: w} }

// Row adds a row, of which the first holds the heads. It returns the first error of all
// writing.
func (f *RefusedFile) Row(cells ...string) error {
	if f.t == nil {
		f.t = newTable(f.w, Excel, func(m models.Message) string { return strings.TrimPrefix(m.Key, "csv.") }, cells)
		return f.t.err
	}
	for _, cell := range cells {
		f.t.text(cell)
	}
	f.t.end()
	return f.t.err
}

// Close writes what is left and returns the first error of all writing.
func (f *RefusedFile) Close() error {
	if f.t == nil {
		return nil
	}
	return f.t.flush()
}

package views

import (
	"io"
	"slices"
	"strings"

	"samband/models"
)

// The column heads of the files of lists, as the plain profile has them; the
// methods of File write the cells in the same order. A field tagged flat comes
// after them by itself, and last of all the version of a record. (The columns of
// the package are another matter: they are the tags `as` in models, which
// db/interchange reads.)
var (
	assignmentHeads = strings.Split("assignment,posting,host_country,host_country_name,host_city,host_organisation,sending_country,"+
		"agency,agency_kind,officer,officer_name,rank,first_day,last_day,represents_police,represents_customs,covers", ",")
	postingHeads = strings.Split("posting,host_country,host_country_name,host_city,host_organisation,sending_country,"+
		"agency,agency_kind,opened,closed,status,holders,represents_police,represents_customs,covers,note", ",")
	officerHeads  = strings.Split("officer,agency,agency_kind,country,name,rank,languages,masked,email,phone,note", ",")
	trailHeads    = strings.Split("id,at,actor,role,request,action,noun,record,name,state,field,old,new", ",")
	coverageHeads = strings.Split("on,place,place_name,region,state,matter,standing,answers,handover,last_day", ",")
	changeHeads   = strings.Split("change,state,matter,place,place_name,posting,officer,first_day,last_day,because", ",")
	versionHead   = []string{"version"}
	findingHeads  = strings.Split("severity,kind,posting,first_day,last_day,officers,states,message,body", ",")
)

// A File writes the file of a list in any format, a row at a time, so that any
// number of rows can be streamed.
type File struct {
	t       table
	site    *Site
	lang    string
	on      models.Date
	profile Profile
	last    error // of the row before, which is the first of all
	// onDay caches the cells about some postings that are the same in each of their
	// rows: there may be more postings than room.
	onDay []postingCells
	// texts are cells that many postings share, and the rest is room for making one.
	texts     map[string]string
	states    []models.State
	countries []models.Country
	joined    []byte
}

type postingCells struct {
	of                               int64 // the posting's ID
	there                            bool
	country, police, customs, covers string
}

// How much a file keeps about postings.
const (
	mostCells = 1024 // postings
	mostTexts = 4096
)

func (s *Site) newFile(w io.Writer, a About, heads ...[]string) *File {
	var all []heading
	for _, name := range slices.Concat(heads...) {
		all = append(all, heading{name, s.text(a.Lang, "csv."+name)})
	}
	return &File{t: s.newTable(w, a, all), site: s, lang: a.Lang, on: a.On, profile: a.Profile, texts: map[string]string{}}
}

// AssignmentsFile begins a file of assignments. Its represents_* and covers
// cells are as of the day of a.
func (s *Site) AssignmentsFile(w io.Writer, a About) *File {
	return s.newFile(w, a, assignmentHeads, models.FlatNames[models.Assignment](), versionHead)
}

// PostingsFile begins a file of postings, as they stand on the day of a.
func (s *Site) PostingsFile(w io.Writer, a About) *File {
	return s.newFile(w, a, postingHeads, models.FlatNames[models.Posting](), versionHead)
}

// OfficersFile begins a file of officers.
func (s *Site) OfficersFile(w io.Writer, a About) *File {
	return s.newFile(w, a, officerHeads, models.FlatNames[models.Officer](), versionHead)
}

// FindingsFile begins a file of findings.
func (s *Site) FindingsFile(w io.Writer, a About) *File { return s.newFile(w, a, findingHeads) }

// CoverageFile begins a file of the matrix of the day of a.
func (s *Site) CoverageFile(w io.Writer, a About) *File { return s.newFile(w, a, coverageHeads) }

// ChangesFile begins a file of what changed for a state.
func (s *Site) ChangesFile(w io.Writer, a About) *File { return s.newFile(w, a, changeHeads) }

// TrailFile begins a file of the trail.
func (s *Site) TrailFile(w io.Writer, a About) *File { return s.newFile(w, a, trailHeads) }

// Close writes what is left and returns the first error of all writing.
func (c *File) Close() error { return c.t.flush() }

// endRow ends a row about a record with the fields that say that they stand in
// flat files and with its version, and returns the first error of all writing.
func endRow[T any](t table, of *T, version int) error {
	models.EachFlat(of, func(p any, text string) {
		switch p := p.(type) {
		case *bool:
			t.yes(*p)
		case *models.Date:
			t.day(*p)
		default:
			t.text(text)
		}
	})
	versionCell(t, version)
	return t.end()
}

// versionCell adds the version of a record, nothing for one that has none.
func versionCell(t table, version int) {
	if version > 0 {
		t.number(version)
	} else {
		t.none()
	}
}

// Assignment adds a row, with the sending agency of its posting. It returns
// the first error of all writing.
func (c *File) Assignment(a *models.Assignment, o *models.Officer, p *models.Posting, sending *models.Agency) error {
	t, cells := c.t, c.cells(p)
	t.text(a.Key)
	c.host(p, cells, sending)
	t.text(o.Key)
	t.text(c.site.OfficerName(c.lang, *o, *sending))
	t.text(o.Rank)
	t.day(a.First)
	t.day(a.Last)
	c.acts(cells)
	return endRow(t, a, a.Version)
}

// Posting adds a row, with the posting's agency and the officers who hold it
// on the day. It returns the first error of all writing.
func (c *File) Posting(p *models.Posting, sending *models.Agency, status models.Status, holders []models.Officer) error {
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
	return endRow(t, p, p.Version)
}

// Officer adds a row, with the officer's own agency. It returns the first
// error of all writing.
func (c *File) Officer(o *models.Officer, own *models.Agency) error {
	t := c.t
	t.text(o.Key)
	t.text(own.Key)
	t.code(string(own.Kind))
	t.code(string(own.Country))
	t.text(c.site.OfficerName(c.lang, *o, *own))
	t.text(o.Rank)
	t.text(o.Languages)
	t.yes(o.Masked)
	t.text(o.Email)
	t.text(o.Phone)
	t.text(o.Note)
	return endRow(t, o, o.Version)
}

// Finding adds a row. It returns the first error of all writing.
func (c *File) Finding(d *models.Directory, f models.Finding) error {
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
	return t.end()
}

// Change adds a row. It returns the first error of all writing.
func (c *File) Change(l ChangeLine) error {
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
		t.text(c.site.OfficerName(c.lang, *l.Term.Officer, *l.Term.Agency))
	}
	t.day(l.Days.First)
	t.day(l.Days.Last)
	why := make([]string, len(l.Causes))
	for i, cause := range l.Causes {
		why[i] = c.site.cause(c.lang, cause, l.Matter)
	}
	t.text(strings.Join(why, "; "))
	return t.end()
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
func (c *File) Row(r models.MatrixRow) error {
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
			t.number(cell.Answers)
			t.yes(cell.Handover)
			t.day(cell.Until)
			if err := t.end(); err != nil {
				return err
			}
		}
	}
	return nil
}

// host adds the cells of the posting up to those of its agency.
func (c *File) host(p *models.Posting, cells *postingCells, sending *models.Agency) {
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

func (c *File) acts(cells *postingCells) {
	c.t.code(cells.police)
	c.t.code(cells.customs)
	c.t.code(cells.covers)
}

// cells returns the cells about a posting, until it is called again.
func (c *File) cells(p *models.Posting) *postingCells {
	if c.onDay == nil {
		c.onDay = make([]postingCells, mostCells)
	}
	known := &c.onDay[uint64(p.ID)%mostCells]
	if known.there && known.of == p.ID {
		return known
	}
	*known = postingCells{of: p.ID, there: true, country: p.HostCountry.Name(c.lang), police: c.statesOn(p, models.Police), customs: c.statesOn(p, models.Customs)}
	c.countries = p.AppendCoversOn(c.countries[:0], c.on)
	c.joined = appendCodes(c.joined[:0], c.countries)
	known.covers = c.text(c.joined)
	return known
}

func (c *File) statesOn(p *models.Posting, m models.Matter) string {
	c.states = p.AppendStatesOn(c.states[:0], m, c.on)
	c.joined = appendCodes(c.joined[:0], c.states)
	return c.text(c.joined)
}

// text returns a text, the same one each time while there is room.
func (c *File) text(b []byte) string {
	s, there := c.texts[string(b)]
	if !there {
		s = string(b)
		if len(c.texts) < mostTexts {
			c.texts[s] = s
		}
	}
	return s
}

// codes joins codes with a space between.
func codes[T ~string](list []T) string { return string(appendCodes(nil, list)) }

func appendCodes[T ~string](b []byte, list []T) []byte {
	for i, v := range list {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, v...)
	}
	return b
}

// TrailRow adds a row for each field in a row of the trail, and one if it has no
// fields. It returns the first error of all writing.
func (c *File) TrailRow(e *models.TrailRow) error {
	changes := e.Fields
	if len(changes) == 0 {
		changes = []models.FieldChange{{}}
	}
	for _, change := range changes {
		t := c.t
		t.number(int(e.ID))
		t.code(e.At.UTC().Format("2006-01-02T15:04:05.000Z"))
		t.text(e.Actor)
		t.text(e.Role)
		t.text(e.Request)
		t.code(e.Action)
		t.code(e.Noun)
		t.number(int(e.RecordID))
		t.text(e.Name)
		t.code(string(e.State))
		t.code(change.Field)
		if change.Withheld {
			change.Old, change.New = c.site.text(c.lang, "trail.withheld"), c.site.text(c.lang, "trail.withheld")
		}
		t.text(change.Old)
		t.text(change.New)
		if err := t.end(); err != nil {
			return err
		}
	}
	return nil
}

package views

import (
	"net/url"
	"slices"
	"strings"

	"samband/models"
)

// RecordsPage is a list of postings, officers or assignments.
var RecordsPage = page[Records]("records")

// Records is one page of a list of records, in columns that the reader has chosen.
type Records struct {
	List[RecordLine]
	Of      models.List
	Heads   []Head // the columns
	Others  []Head // that can be added
	Current bool   // what is over is left out because nothing else was asked for
	Opens   bool   // a column has what is only shown on demand
	View    *models.View
	Gone    bool // the view that the address names has been removed
	Views   []models.View
	Account int64 // the reader's
	Rights  models.Rights
	Acts    []Option // what can be done with the lines that are chosen
	Name    string   // of the view, as typed in its form
	Refused []FieldProblem
}

// A Head is a column of a list, and the addresses that change it.
type Head struct {
	Name, Label       string
	Sort              string // "" if the list cannot be sorted by it
	Sorting           string // for aria-sort
	Left, Right, Drop string
	Add               string
}

// A RecordLine is a line of a list.
type RecordLine struct {
	ID    int64
	Name  string
	Mine  bool
	Cells []Cell
}

// New returns the key of the link to the form of a new record.
func (r Records) New() string {
	return map[models.List]string{models.PostingList: "posting.new", models.OfficerList: "officer.new", models.AssignmentList: "assignment.new"}[r.Of]
}

// Showing fills in the lines and heads of a page from lines and the names of its
// columns, the first of which names the record.
func (s *Site) Showing(lang string, r *Records, names []string, lines []Line) {
	b := s.buildForm(lang, nil)
	var shown []column
	for i, name := range names {
		c, _ := columnOf(r.Of, name)
		shown = append(shown, c)
		h := Head{Name: name, Label: b.t("column." + name), Sorting: "none", Drop: r.columnsURL(slices.Delete(slices.Clone(names), i, i+1))}
		if r.Opens = r.Opens || c.secret; !c.secret {
			h.Sort, h.Sorting = r.Sort(name), r.Sorting(name)
		}
		if i > 0 {
			h.Left = r.columnsURL(swapped(names, i-1, i))
		}
		if i < len(names)-1 {
			h.Right = r.columnsURL(swapped(names, i, i+1))
		}
		if len(names) == 1 {
			h.Drop = ""
		}
		r.Heads = append(r.Heads, h)
	}
	for _, name := range Columns(r.Of) {
		if !slices.Contains(names, name) {
			r.Others = append(r.Others, Head{Name: name, Label: b.t("column." + name), Add: r.columnsURL(append(slices.Clone(names), name))})
		}
	}
	r.Rows = make([]RecordLine, 0, len(lines))
	for _, l := range lines {
		line := RecordLine{ID: l.ID, Name: l.Name, Mine: l.Mine, Cells: make([]Cell, 0, len(shown))}
		for _, c := range shown {
			line.Cells = append(line.Cells, c.cell(b, l))
		}
		r.Rows = append(r.Rows, line)
	}
}

func swapped(names []string, i, j int) []string {
	names = slices.Clone(names)
	names[i], names[j] = names[j], names[i]
	return names
}

// columnsURL returns the address of the list with other columns, none for the usual
// ones.
func (r Records) columnsURL(names []string) string {
	if slices.Equal(names, UsualColumns(r.Of)) {
		names = nil
	}
	return r.with("columns", strings.Join(names, ","))
}

// Usually returns the address of the list with its usual columns, "" if these are
// shown.
func (r Records) Usually() string {
	if r.Query.Get("columns") == "" {
		return ""
	}
	return r.with("columns", "")
}

// File returns the address of the whole list as a file: with the columns of the page, if
// they have been chosen.
func (r Records) File(as string) string {
	v := url.Values{}
	for name, values := range r.Query {
		if name != "view" || as == string(XLSX) { // which tells the name of the view
			v[name] = values
		}
	}
	if v.Get("status") == "" {
		v.Set("status", "current")
	}
	return fileURL(r.Path, v, as)
}

// Everything returns the address of the list with what is over.
func (r Records) Everything() string { return r.with("status", "any") }

// Cards offers the contacts of all that are listed.
func (r Records) Cards() Cards {
	return Cards{Action: r.Path + "/cards", Hidden: []Option{{"query", r.Keeping()}}}
}

// Keeping returns the parameters that a view of this list keeps.
func (r Records) Keeping() string { return ViewQuery(r.Query).Encode() }

// ViewQuery returns those parameters of a list's address that a view of it keeps: its
// columns, filters and order.
func ViewQuery(query url.Values) url.Values {
	v := url.Values{}
	for name, values := range query {
		if name != "view" && !slices.Contains(pageParameters, name) && len(values) > 0 && strings.TrimSpace(values[0]) != "" {
			v.Set(name, strings.TrimSpace(values[0]))
		}
	}
	return v
}

// Changed reports whether the list is shown otherwise than its view keeps it.
func (r Records) Changed() bool { return r.View != nil && r.View.Query != r.Keeping() }

// Changes reports whether the reader may change a view.
func (r Records) Changes(v models.View) bool { return v.ChangedBy(r.Account, r.Rights) }

// Sharings are with whom the reader may share a view.
func (r Records) Sharings() (all []models.Sharing) {
	for _, state := range models.States() {
		if r.Rights.MayShare(models.Sharing(state)) {
			all = append(all, models.Sharing(state))
		}
	}
	if r.Rights.MayShare(models.SharedWithAll) {
		all = append(all, models.SharedWithAll)
	}
	return all
}

// ViewURL returns the address of a list as a view keeps it.
func ViewURL(v models.View) string {
	query, _ := url.ParseQuery(v.Query) // it was encoded when it was kept
	query.Set("view", itoa(int(v.ID)))
	return "/" + string(v.List) + "?" + query.Encode()
}

// Plain returns the address of the list without any view, its usual one included.
func (r Records) Plain() string { return r.Path + "?view=none" }

// CurrentByDefault has the filter by status say that what is over is left out unless a
// status is chosen.
func (s *Site) CurrentByDefault(lang string, filters []Field) {
	for i := range filters {
		if f := &filters[i]; f.Name == "status" {
			f.Any = s.text(lang, "filter.current")
			f.Options = append([]Option{{"any", s.text(lang, "filter.any")}}, f.Options...)
		}
	}
}

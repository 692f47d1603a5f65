package views

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"samband/models"
)

// The pages of reports: which there are, and each of them.
var (
	ReportsPage = page[Reports]("reports")
	ReportPage  = page[Report]("report")
)

// ReportNames are the reports that need nothing to be chosen first, in the order in
// which they are offered. They are their addresses under /reports too.
var ReportNames = []string{"notification", "board", "figures", "bodies"}

// Reports is the page that says which reports there are. A posting is chosen for its
// history.
type Reports struct {
	Names    []string
	Posting  Field
	Problems []FieldProblem
}

// NewReports returns that page. The posting is as filled in, with what is wrong with
// it.
func (s *Site) NewReports(lang, posting string, problems models.Problems) Reports {
	b := s.buildForm(lang, problems)
	b.field(Field{Name: "posting", Kind: TextField, Value: posting, Required: true, Suggest: "posting"})
	form := b.done()
	return Reports{Names: ReportNames, Posting: form.Fields[0], Problems: form.Problems}
}

// A ReportHead is what a report is about, and who makes it when.
type ReportHead struct {
	Path  string     // its address
	Query url.Values // what was asked for
	// Filters are the names of its filters, and Since that of the first day of its
	// period, "" where it is about a day.
	Filters   []string
	SinceName string
	Since, On models.Date
	Known     models.Date // as of the end of which day, or in its course if that is the day on which the report is made
	Directory *models.Directory
	At        time.Time
	By        string // the address of whoever makes it
}

// A Report is a page, a file and something to print, with the same numbers whenever it
// is made again for the same days. It is tables, and what is counted in them in words.
type Report struct {
	ReportHead
	Title    string
	Fields   []Field // which it is chosen by
	Facts    []ReportFact
	Parts    []ReportPart
	Counting []string // how this is counted
	Made     string
	// Timeline says that its picture is one.
	Timeline bool
}

// A ReportFact is something that a report says of itself: under a name for programs, and
// a label for people.
type ReportFact struct{ Name, Label, Value string }

// A ReportPart is one table of a report.
type ReportPart struct {
	Name     string // in the column "part" of the file
	ID       string // of its heading
	Title    string
	URL      string // of what the title names
	Sub      bool   // it belongs to the part before it
	Pictures []ReportPicture
	Columns  []ReportColumn
	Rows     [][]ReportCell // as many cells as there are columns in each
	None     string         // said when there are no rows
	Total    int            // rows in all, if the page leaves some to the file; else 0
	Quiet    bool           // without rows it is no part of the page
}

// A ReportPicture shows some of the numbers of a table, under its title.
type ReportPicture struct {
	Title string
	Drawn template.HTML
}

// A ReportColumn is a column under its name in the file.
type ReportColumn struct {
	Name, Label string
	Number      bool
	File        bool // it stands in the file only: the page says it elsewhere
}

// A ReportCell is what stands in a column: bits as people read them, with the codes that
// programs get.
type ReportCell struct {
	Cell
	Lines    bool // each of its bits stands on a line of its own
	day      models.Date
	isDay    bool
	isNumber bool
	codes    string // what programs get in place of the codes of its bits, with a space between as elsewhere
}

// A ReportShown is a cell on the page, with its column.
type ReportShown struct {
	ReportColumn
	ReportCell
}

// Shown returns the cells of a row that the page has.
func (p ReportPart) Shown(row []ReportCell) (all []ReportShown) {
	for i, c := range p.Columns {
		if !c.File {
			all = append(all, ReportShown{c, row[i]})
		}
	}
	return all
}

// A reporter makes a report in one language.
type reporter struct {
	*formBuilder
	Report
}

// report begins a report of a name, with its filters and what it says of itself.
func (s *Site) report(lang, name string, h ReportHead) *reporter {
	r := &reporter{s.buildForm(lang, nil), Report{ReportHead: h}}
	r.Title = r.t("report.title." + name)
	r.fields(name)
	r.facts()
	return r
}

// fields adds the fields that the report is chosen by. Only in the notification a state
// is one that postings represent.
func (r *reporter) fields(name string) {
	if r.SinceName != "" {
		r.Fields = append(r.Fields, Field{Name: r.SinceName, ID: r.SinceName, Kind: DayField, Value: r.Since.String(), Label: r.t("report." + r.SinceName)})
	}
	query := url.Values{"on": {r.On.String()}}
	for _, filter := range append(slices.Clone(r.Filters), "known") {
		query.Set(filter, r.Query.Get(filter))
	}
	names := append([]string{"on"}, r.Filters...)
	r.Fields = append(r.Fields, r.site.Filters(r.lang, r.Directory, query, append(names, "known")...)...)
	for i, f := range r.Fields {
		if f.Name == "state" && name != "notification" {
			r.Fields[i].Label = r.t("csv.state")
		}
	}
}

// facts adds what the report says of itself, but for what it is about.
func (r *reporter) facts() {
	r.fact("report", r.Title)
	if r.SinceName != "" {
		r.fact(r.SinceName, r.Since.String())
	}
	r.fact("on", r.On.String())
	r.fact("known", r.Known.String())
	r.fact("filter", r.filter())
	if r.site.Banner != "" {
		r.fact("banner", r.site.Banner)
	}
	if r.site.Demo {
		r.fact("demo", r.t("layout.demo"))
	}
	r.fact("again", r.site.BaseURL+r.Again())
	r.Made = r.t("report.made_line", "time", r.At, "zone", r.site.Zone, "email", r.By)
}

func (r *reporter) fact(name, value string) {
	r.Facts = append(r.Facts, ReportFact{name, r.t("report.fact." + name), value})
}

// filter says what the report is filtered by, in words.
func (r *reporter) filter() string {
	var said []string
	for _, f := range r.Fields {
		if !slices.Contains(r.Filters, f.Name) || f.Value == "" {
			continue
		}
		for _, o := range f.Options {
			if strings.EqualFold(o.Value, f.Value) {
				said = append(said, f.Label+": "+o.Label)
			}
		}
	}
	if len(said) == 0 {
		return r.t("report.unfiltered")
	}
	return strings.Join(said, "; ")
}

// Again returns the address at which the report is made again, on the same days and
// with what was known then.
func (h ReportHead) Again() string {
	v := url.Values{"on": {h.On.String()}, "known": {h.Known.String()}}
	if h.SinceName != "" {
		v.Set(h.SinceName, h.Since.String())
	}
	for _, name := range h.Filters {
		if text := h.Query.Get(name); text != "" {
			v.Set(name, text)
		}
	}
	return h.Path + "?" + v.Encode()
}

// File returns the address of the report as a file.
func (r Report) File(as string) string { return fileURL(r.file(), r.Query, as) }

// file returns the address of its files, without an ending: that of a posting's history
// has a name of its own, as keys of postings may end in anything.
func (r Report) file() string {
	if r.Timeline {
		return r.Path + "/history"
	}
	return r.Path
}

// counted says how something in the report is counted.
func (r *reporter) counted(keys ...string) {
	for _, key := range keys {
		r.Counting = append(r.Counting, r.t("report.how."+key))
	}
}

// part begins a table with columns of given names, with a space between: in brackets
// those that only the file has, and with a # those of numbers. Rows are added to what is
// returned until the next begins.
func (r *reporter) part(name, title, columns string) *ReportPart {
	p := ReportPart{Name: name, ID: "part-" + itoa(len(r.Parts)+1), Title: title, None: r.t("report.none")}
	for column := range strings.FieldsSeq(columns) {
		c := ReportColumn{File: strings.HasPrefix(column, "("), Number: strings.HasSuffix(column, "#")}
		c.Name = strings.Trim(column, "()#")
		c.Label = r.t("csv." + c.Name)
		p.Columns = append(p.Columns, c)
	}
	r.Parts = append(r.Parts, p)
	return &r.Parts[len(r.Parts)-1]
}

// titled begins a table with the title of its kind.
func (r *reporter) titled(name, columns string) *ReportPart {
	return r.part(name, r.t("report.part."+name), columns)
}

func (p *ReportPart) row(cells ...ReportCell) { p.Rows = append(p.Rows, cells) }

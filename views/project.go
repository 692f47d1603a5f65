package views

import "samband/models"

// The pages about projects.
var (
	ProjectsPage = page[Projects]("projects")
	ProjectPage  = page[Project]("project")
)

// Projects are those that pass a filter.
type Projects struct {
	Lines []ProjectLine
	// On is the day on which they run, 0 for all, whenever they do.
	On      models.Date
	Filters []Field
}

// A ProjectLine is a project in a list.
type ProjectLine struct {
	Project  models.Project
	Body     *models.Body // nil for none
	Agencies []models.Agency
	When     models.Status // held while it runs, planned before, closed after
}

// lineOfProject returns the line of a project as it is on a day: with the agencies
// that take part then.
func lineOfProject(d *models.Directory, p models.Project, on models.Date) ProjectLine {
	l := ProjectLine{Project: p, Body: d.Body(p.Body), When: whenOn(p.Period, on)}
	for _, a := range p.Agencies {
		if a.Has(on) {
			l.Agencies = append(l.Agencies, d.Agency(a.AgencyID))
		}
	}
	return l
}

// NewProjects returns the page of projects, as they are on the day that is asked
// for, or else today.
func NewProjects(d *models.Directory, all []models.Project, on, today models.Date, filters []Field) Projects {
	page := Projects{On: on, Filters: filters}
	if on == 0 {
		on = today
	}
	for _, p := range all {
		page.Lines = append(page.Lines, lineOfProject(d, p, on))
	}
	return page
}

// A Project is the page of one.
type Project struct {
	Directory *models.Directory
	Project   models.Project
	History   History
}

// Body returns the body that the project is under, nil for none.
func (p Project) Body() *models.Body { return p.Directory.Body(p.Project.Body) }

// Lead returns the state whose coordinators keep the project, "" for those of all
// five.
func (p Project) Lead() models.State {
	if s := models.State(p.Project.LeadCountry); s.Valid() {
		return s
	}
	return ""
}

// When says how a day lies to the days of the project.
func (p Project) When(on models.Date) models.Status { return whenOn(p.Project.Period, on) }

// A TakingPart is an agency in a project, on some days.
type TakingPart struct {
	Agency models.Agency
	models.Period
}

// TakingPart returns the agencies that take part, on any day.
func (p Project) TakingPart() (all []TakingPart) {
	for _, a := range p.Project.Agencies {
		all = append(all, TakingPart{p.Directory.Agency(a.AgencyID), a.Period})
	}
	return all
}

// ProjectForm returns the form of a project, led by a state that somebody with the
// rights may change.
func (s *Site) ProjectForm(lang string, f Filled[RecordInput], d *models.Directory, rights models.Rights) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "project", "/projects", f)
	in := f.Input
	b.text("title", in.Get("title"), true)
	b.choice("area", in.Get("area"), true, wordOptions(b, models.Areas()))
	b.body("body", in.Get("body"), d)
	b.choice("lead_country", in.Get("lead_country"), true, changeable(b.countriesFirst(), in.Get("lead_country"), rights))
	b.hint("hint.lead_country")
	b.day("first_day", in.Get("first_day"), false)
	b.day("last_day", in.Get("last_day"), false)
	b.hint("hint.last_day")
	b.key(in.Get("key"))
	b.field(Field{Name: "note", Kind: LongField, Value: in.Get("note")})
	b.listTable(in, "project_agencies", spareRows, Field{Name: "agency", Kind: TextField, Suggest: "agency"},
		Field{Name: "first_day", Kind: DayField}, Field{Name: "last_day", Kind: DayField})
	return finish(b, f, func(saved Filled[RecordInput]) Form { return s.ProjectForm(lang, saved, d, rights) })
}

package handlers

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// projects is the editor of projects, which are the lead state's, or else the
// secretariat's.
func (s *server) projects() editor[models.Project, views.RecordInput] {
	return editor[models.Project, views.RecordInput]{
		s: s, noun: "project", owner: "lead_country",
		load: s.projectOf,
		state: func(ctx context.Context, p models.Project) error {
			return changeable(ctx, views.Project{Project: p}.Lead())
		},
		blank: func(c *gin.Context) (views.RecordInput, error) {
			in := queryOf(c)
			return views.RecordInput{Values: views.Values{"body": in.text("body"), "area": in.text("area"),
				"lead_country": string(ownState(rightsOf(c.Request.Context())))}}, nil
		},
		input:  s.projectInput,
		fill:   s.fillProject,
		check:  db.Check[models.Project],
		save:   (*db.Tx).SaveProject,
		remove: (*db.Tx).RemoveProject,
		ident:  func(p *models.Project) (*int64, *int) { return &p.ID, &p.Version },
		form: func(c *gin.Context, p models.Project, f views.Filled[views.RecordInput]) (views.Form, error) {
			ctx := c.Request.Context()
			d, err := s.directory(ctx)
			f.Title = p.Title
			return s.site.ProjectForm(s.language(c), f, d, rightsOf(ctx)), err
		},
		name:  func(_ *gin.Context, p models.Project) (string, error) { return p.Title, nil },
		place: placeRows,
		more:  moreRows,
	}
}

func (s *server) projectOf(ctx context.Context, id int64) (p models.Project, err error) {
	d, err := s.reading(ctx).Directory(ctx)
	if err != nil {
		return p, err
	}
	if p = d.Project(id); p.ID == 0 {
		err = db.ErrNotFound
	}
	return p, err
}

// projectInput puts a project into its form, agencies by their keys.
func (s *server) projectInput(ctx context.Context, p models.Project) (views.RecordInput, error) {
	in := views.RecordInput{Values: models.Texts(&p)}
	d, err := s.directory(ctx)
	if err != nil {
		return in, err
	}
	views.AddAll(&in, "project_agencies", p.Agencies, func(a models.ProjectAgency) map[string]string {
		return map[string]string{"agency": d.Agency(a.AgencyID).Key}
	})
	return in, nil
}

func (s *server) fillProject(ctx context.Context, p *models.Project, in views.RecordInput) error {
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	var ps, wrong models.Problems
	get, bad := namer{s, ctx, d, &ps}.withBody("body", in.Get)
	ps = append(ps, models.SetTexts(p, get)...)
	p.Agencies, wrong = listRows(in, "project_agencies", func(a *models.ProjectAgency, cell func(string) string, ps *models.Problems) {
		if text := cell("agency"); text != "" {
			agency, err := namer{s, ctx, d, ps}.agency("agency", text, false)
			a.AgencyID, bad = agency.ID, cmp.Or(bad, err)
		}
	})
	return cmp.Or(bad, slices.Concat(ps, wrong).Err())
}

// listProjects lists the projects that pass a filter: of an area, under a body or
// one below it, and running on a day.
func (s *server) listProjects(c *gin.Context) error {
	in := queryOf(c)
	area := code[models.Area](in, "area", "problem.area", strings.ToLower)
	key := code[models.BodyKey](in, "body", "problem.body", strings.ToLower)
	on := in.day("on", 0)
	if err := in.problems.Err(); err != nil {
		return err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	if key != "" && d.Body(key) == nil {
		in.refuse("body", "problem.body")
		return in.problems.Err()
	}
	if on != 0 {
		d = d.NamedOn(on)
	}
	var found []models.Project
	for _, p := range d.Projects() {
		if (area == "" || p.Area == area) && (key == "" || isUnder(d, p.Body, key)) && (on == 0 || p.Has(on)) {
			found = append(found, p)
		}
	}
	filters := s.site.Filters(s.language(c), d, in.values, "area", "body", "on", "known")
	return show(s, c, http.StatusOK, views.ProjectsPage, views.NewProjects(d, found, on, s.today(), filters))
}

// isUnder reports whether a body is another one, or somewhere below it.
func isUnder(d *models.Directory, key, above models.BodyKey) bool {
	return key == above || slices.Contains(models.Ancestors(key, func(k models.BodyKey) models.BodyKey {
		if b := d.Body(k); b != nil {
			return b.Parent
		}
		return ""
	}), above)
}

func (s *server) showProject(c *gin.Context) error {
	id, err := idIn(c, "project")
	if err != nil {
		return err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	data := views.Project{Directory: d, Project: d.Project(id)}
	if data.Project.ID == 0 {
		return db.ErrNotFound
	}
	changes := changeable(c.Request.Context(), data.Lead()) == nil
	if data.History, err = s.history(c, "project", id, data.Project.Version, changes); err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.ProjectPage, data)
}

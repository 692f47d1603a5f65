package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// agencies is the editor of agencies.
func (s *server) agencies() editor[models.Agency, views.RecordInput] {
	return editor[models.Agency, views.RecordInput]{
		s: s, noun: "agency",
		load:   func(ctx context.Context, id int64) (models.Agency, error) { return s.reading(ctx).Agency(ctx, id) },
		state:  func(ctx context.Context, _ models.Agency) error { return changeable(ctx, "") },
		blank:  func(*gin.Context) (views.RecordInput, error) { return views.RecordInput{}, nil },
		input:  agencyInput,
		fill:   fillAgency,
		check:  db.Check[models.Agency],
		save:   (*db.Tx).SaveAgency,
		remove: (*db.Tx).RemoveAgency,
		ident:  func(a *models.Agency) (*int64, *int) { return &a.ID, &a.Version },
		form: func(c *gin.Context, a models.Agency, f views.Filled[views.RecordInput]) (views.Form, error) {
			f.Title = a.Name
			return s.site.AgencyForm(s.language(c), f), nil
		},
		name:  func(_ *gin.Context, a models.Agency) (string, error) { return a.On(s.today()).Name, nil },
		place: placeRows,
		more:  moreRows,
	}
}

// agencyInput puts an agency into its form, and fillAgency fills one from its form.
func agencyInput(_ context.Context, a models.Agency) (views.RecordInput, error) {
	in := views.RecordInput{Values: models.Texts(&a)}
	views.AddAll(&in, "agency_names", a.Names, nil)
	return in, nil
}

func fillAgency(_ context.Context, a *models.Agency, in views.RecordInput) error {
	ps := models.SetTexts(a, in.Get)
	var wrong models.Problems
	a.Names, wrong = listRows[models.AgencyName](in, "agency_names", nil)
	return slices.Concat(ps, wrong).Err()
}

func (s *server) listAgencies(c *gin.Context) error {
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	postings, officers := map[int64]int{}, map[int64]int{}
	for _, p := range d.Posts() {
		postings[p.AgencyID]++
	}
	for _, o := range d.Officers() {
		officers[o.AgencyID]++
	}
	var lines []views.AgencyLine
	for _, a := range d.Agencies() {
		lines = append(lines, views.AgencyLine{Agency: a, Postings: postings[a.ID], Officers: officers[a.ID]})
	}
	return show(s, c, http.StatusOK, views.AgenciesPage, lines)
}

func (s *server) showAgency(c *gin.Context) error {
	id, err := idIn(c, "agency")
	if err != nil {
		return err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	data := views.Agency{Agency: d.Agency(id)}
	if data.Agency.ID == 0 {
		return db.ErrNotFound
	}
	for _, p := range d.Posts() {
		if p.AgencyID == id {
			data.Postings = append(data.Postings, p)
		}
	}
	for _, o := range d.Officers() {
		if o.AgencyID == id {
			data.Officers++
		}
	}
	if data.History, err = s.history(c, "agency", id, data.Agency.Version, changeable(c.Request.Context(), "") == nil); err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.AgencyPage, data)
}

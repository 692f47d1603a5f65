package handlers

import (
	"cmp"
	"context"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// absenceAct sets the absences of an assignment: its coordinators may, and the
// officer whose own account it is.
func (s *server) absenceAct() act[views.RecordInput] {
	input := func(d *models.Directory, a models.Assignment) (in views.RecordInput) {
		in.Values = views.Values{}
		views.AddAll(&in, "absences", a.Absences, func(x models.Absence) map[string]string {
			if by := d.NamedStandIn(x.StandInID); by.Post != nil {
				return map[string]string{"stand_in": s.site.OfferHolding(views.Languages()[0], d, by)}
			}
			return map[string]string{"stand_in": ""}
		})
		return in
	}
	return act[views.RecordInput]{
		open:  s.absentIn,
		begin: input,
		saved: func(d *models.Directory, a models.Assignment, _ views.RecordInput) views.RecordInput {
			return input(d, a)
		},
		more:  moreRows,
		place: placeRows,
		form: func(lang string, f views.Filled[views.RecordInput], a models.Assignment, _ *models.Directory) views.Form {
			return s.site.AbsenceForm(lang, f, a)
		},
		read: func(ctx context.Context, d *models.Directory, a models.Assignment, in views.RecordInput) (func(*db.Tx, int) (models.Assignment, error), error) {
			var bad error
			absences, ps := listRows(in, "absences", func(x *models.Absence, cell func(string) string, ps *models.Problems) {
				if text := cell("stand_in"); text != "" {
					id, err := namer{s, ctx, d, ps}.standIn(a, *x, text)
					x.StandInID, bad = id, cmp.Or(bad, err)
				}
			})
			return func(tx *db.Tx, version int) (models.Assignment, error) {
				return tx.SaveAbsences(a.ID, version, absences)
			}, cmp.Or(bad, ps.Err())
		},
	}
}

// absentIn loads the assignment in the address and a directory that has its posting.
// The visitor must be its officer, or be allowed to change it.
func (s *server) absentIn(c *gin.Context) (a models.Assignment, d *models.Directory, err error) {
	if a, d, err = s.assignmentSeen(c); err == nil && !s.ownTerm(c, a) {
		err = s.ofPosting(c.Request.Context(), a)
	}
	return a, d, err
}

// ownTerm reports whether an assignment is that of the officer whose own account
// the visitor's is.
func (s *server) ownTerm(c *gin.Context, a models.Assignment) bool {
	v := visitorOf(c.Request.Context())
	return v != nil && v.account.Officer != 0 && v.account.Officer == a.OfficerID
}

package handlers

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// assignments is the editor of assignments.
func (s *server) assignments() editor[models.Assignment, views.Values] {
	return editor[models.Assignment, views.Values]{
		s: s, noun: "assignment", owner: "posting",
		load: func(ctx context.Context, id int64) (models.Assignment, error) {
			return s.reading(ctx).Assignment(ctx, id)
		},
		state:  s.ofPosting,
		blank:  s.blankAssignment,
		input:  s.assignmentInput,
		fill:   s.fillAssignment,
		check:  func(a models.Assignment) models.Problems { return models.CheckAssignment(a, models.Always, nil) },
		save:   (*db.Tx).SaveAssignment,
		remove: (*db.Tx).RemoveAssignment,
		ident:  func(a *models.Assignment) (*int64, *int) { return &a.ID, &a.Version },
		form: func(c *gin.Context, a models.Assignment, f views.Filled[views.Values]) (views.Form, error) {
			d, err := s.directory(c.Request.Context())
			if err != nil {
				return views.Form{}, err
			}
			f.Title = s.assignmentName(c, d, a)
			return s.site.AssignmentForm(s.language(c), f, d), nil
		},
		name: func(c *gin.Context, a models.Assignment) (string, error) {
			d, err := s.directory(c.Request.Context())
			if err != nil {
				return "", err
			}
			return s.assignmentName(c, d, a), nil
		},
	}
}

// assignmentName returns what readers know an assignment by: its officer and
// posting.
func (s *server) assignmentName(c *gin.Context, d *models.Directory, a models.Assignment) string {
	post := d.Post(a.PostingID)
	if post == nil {
		return a.Key
	}
	o := d.Officer(a.OfficerID)
	return s.site.Say(s.language(c), models.Say("assignment.title",
		"name", s.site.OfficerName(s.language(c), o, d.Agency(o.AgencyID)), "posting", models.Titled{Post: post, Agency: d.Sending(post)}))
}

// blankAssignment returns the form of a new assignment, with the posting or
// officer from whose page it was opened and the days in the address, if any.
func (s *server) blankAssignment(c *gin.Context) (in views.Values, err error) {
	ctx, asked := c.Request.Context(), queryOf(c)
	in = views.Values{}
	for _, name := range []string{"first_day", "last_day"} {
		in[name] = asked.day(name, 0).String()
	}
	if err := asked.problems.Err(); err != nil {
		return in, err
	}
	if c.Param("posting") != "" {
		id, err := idIn(c, "posting")
		if err != nil {
			return in, err
		}
		p, err := s.reading(ctx).Posting(ctx, id)
		if err != nil {
			return in, err
		}
		d, err := s.directory(ctx)
		if err != nil {
			return in, err
		}
		in["posting"] = s.site.Offer(s.language(c), postOf(d, p))
	}
	if c.Param("officer") != "" {
		id, err := idIn(c, "officer")
		if err != nil {
			return in, err
		}
		o, err := s.reading(ctx).Officer(ctx, id)
		if err != nil {
			return in, err
		}
		in["officer"] = s.site.OfferOfficer("en", o)
	}
	return in, nil
}

func (s *server) assignmentInput(ctx context.Context, a models.Assignment) (in views.Values, err error) {
	o, err := s.reading(ctx).Officer(ctx, a.OfficerID)
	if err != nil {
		return in, err
	}
	p, err := s.reading(ctx).Posting(ctx, a.PostingID)
	if err != nil {
		return in, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return in, err
	}
	in = models.Texts(&a)
	in["officer"], in["posting"] = s.site.OfferOfficer("en", o), s.site.Offer("en", postOf(d, p))
	return in, nil
}

func (s *server) fillAssignment(ctx context.Context, a *models.Assignment, in views.Values) error {
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	var ps models.Problems
	named := namer{s, ctx, d, &ps}
	officer, err := named.officer("officer", in["officer"])
	if err != nil {
		return err
	}
	post, err := named.post("posting", in["posting"])
	if err != nil {
		return err
	}
	a.OfficerID, a.PostingID = officer.ID, post.ID
	return append(ps, models.SetTexts(a, in.Get)...).Err()
}

// ofPosting returns db.ErrForbidden unless the visitor may change assignments
// to the posting of a.
func (s *server) ofPosting(ctx context.Context, a models.Assignment) error {
	p, err := s.reading(ctx).Posting(ctx, a.PostingID)
	if err != nil {
		return err
	}
	return s.ofAgency(ctx, p.AgencyID)
}

func (s *server) showAssignment(c *gin.Context) error {
	a, d, err := s.assignmentSeen(c)
	if err != nil {
		return err
	}
	data := views.Assignment{Directory: d, Assignment: a, Post: d.Post(a.PostingID), Own: s.ownTerm(c, a)}
	changes := changeable(c.Request.Context(), d.Sending(data.Post).Country) == nil
	if data.History, err = s.history(c, "assignment", a.ID, a.Version, changes); err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.AssignmentPage, data)
}

// assignmentIn loads the assignment in the address and a directory that has its
// posting. The visitor must be allowed to change the assignment.
func (s *server) assignmentIn(c *gin.Context) (a models.Assignment, d *models.Directory, err error) {
	if a, d, err = s.assignmentSeen(c); err == nil {
		err = s.ofPosting(c.Request.Context(), a)
	}
	return a, d, err
}

// assignmentSeen loads the assignment in the address and a directory that has
// its posting.
func (s *server) assignmentSeen(c *gin.Context) (a models.Assignment, d *models.Directory, err error) {
	if a, err = s.assignments().loaded(c); err != nil {
		return a, nil, err
	}
	d, err = s.directory(c.Request.Context())
	if err == nil && d.Post(a.PostingID) == nil {
		err = db.ErrNotFound // removed between the two reads
	}
	return a, d, err
}

// endAct sets the last day of an assignment and the reason for it, and keeps
// the last day that was planned.
func (s *server) endAct() act[views.EndInput] {
	return act[views.EndInput]{
		begin: func(_ *models.Directory, a models.Assignment) views.EndInput {
			return views.EndInput{LastDay: a.Last.LastDay()}
		},
		saved: func(_ *models.Directory, a models.Assignment, _ views.EndInput) views.EndInput {
			return views.EndInput{LastDay: a.Last.LastDay(), Reason: a.EndReason}
		},
		form: func(lang string, f views.Filled[views.EndInput], a models.Assignment, _ *models.Directory) views.Form {
			return s.site.EndForm(lang, f, a)
		},
		read: func(_ context.Context, _ *models.Directory, a models.Assignment, in views.EndInput) (func(*db.Tx, int) (models.Assignment, error), error) {
			var ps models.Problems
			last := dayIn(&ps, "last_day", in.LastDay, 0)
			if last == 0 && len(ps) == 0 {
				problem(&ps, "last_day", "problem.required")
			}
			if trim(in.Reason) == "" {
				problem(&ps, "end_reason", "problem.required")
			}
			return func(tx *db.Tx, version int) (models.Assignment, error) {
				return tx.EndAssignment(a.ID, version, last, trim(in.Reason))
			}, ps.Err()
		},
	}
}

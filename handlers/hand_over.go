package handlers

import (
	"context"
	"errors"

	"samband/db"
	"samband/models"
	"samband/views"
)

// handOverAct ends the holder's assignment and begins the successor's, both or
// neither.
func (s *server) handOverAct() act[views.HandOverInput] {
	return act[views.HandOverInput]{
		begin: func(d *models.Directory, a models.Assignment) views.HandOverInput {
			post := d.Post(a.PostingID)
			in := views.HandOverInput{LastDay: a.Last.LastDay(), Agency: d.Sending(post).Key}
			if next, planned := post.Successor(a); planned {
				in.Successor = s.site.OfferOfficer(views.Languages()[0], d.Officer(next.OfficerID))
				in.FirstDay, in.SuccessorLast = next.First.String(), next.Last.LastDay()
			}
			return in
		},
		saved: func(_ *models.Directory, a models.Assignment, in views.HandOverInput) views.HandOverInput {
			in.LastDay, in.Reason = a.Last.LastDay(), a.EndReason
			return in
		},
		form: s.site.HandOverForm,
		read: func(ctx context.Context, d *models.Directory, a models.Assignment, in views.HandOverInput) (func(*db.Tx, int) (models.Assignment, error), error) {
			change, successor, err := s.handOverOf(ctx, d, a, in)
			return func(tx *db.Tx, version int) (models.Assignment, error) {
				if successor != nil {
					joining := *successor
					if err := asNew(ctx, tx.SaveOfficer(&joining)); err != nil {
						return models.Assignment{}, err
					}
					change.Successor = joining.ID
				}
				change.Version = version
				return tx.HandOver(change)
			}, err
		},
	}
}

// handOverOf reads the form. It returns the successor who is to be added to the
// directory, nil for one who is there, and models.Problems if something is missing or
// wrong. Without a first day the successor's is the day after the holder's last.
func (s *server) handOverOf(ctx context.Context, d *models.Directory, a models.Assignment, in views.HandOverInput) (db.HandOver, *models.Officer, error) {
	var ps models.Problems
	act := db.HandOver{
		Assignment: a.ID, Reason: trim(in.Reason),
		Last:          dayIn(&ps, "last_day", in.LastDay, 0),
		First:         dayIn(&ps, "first_day", in.FirstDay, 0),
		SuccessorLast: dayIn(&ps, "successor_last_day", in.SuccessorLast, models.Forever),
	}
	if act.Last == 0 && !ps.Has("last_day") {
		problem(&ps, "last_day", "problem.required")
	}
	if act.First == 0 && act.Last != 0 && !ps.Has("first_day") {
		act.First = act.Last + 1
	}
	joining, err := s.joiningOfficer(ctx, d, in, &ps)
	if err != nil {
		return act, nil, err
	}
	switch {
	case joining == nil:
		successor, err := namer{s, ctx, d, &ps}.officer("successor", in.Successor)
		if err != nil {
			return act, nil, err
		}
		act.Successor = successor.ID
	case trim(in.Successor) != "":
		problem(&ps, "successor", "problem.two_successors")
	}
	if act.Successor == a.OfficerID {
		problem(&ps, "successor", "problem.same_officer")
	}
	return act, joining, ps.Err()
}

// joiningOfficer reads the successor who is to be added to the directory, nil if none
// is named.
func (s *server) joiningOfficer(ctx context.Context, d *models.Directory, in views.HandOverInput, ps *models.Problems) (*models.Officer, error) {
	if trim(in.Name) == "" {
		return nil, nil
	}
	agency, err := namer{s, ctx, d, ps}.agency("new_agency", in.Agency, true)
	return &models.Officer{AgencyID: agency.ID, Name: trim(in.Name), Rank: trim(in.Rank), Email: trim(in.Email), Phone: trim(in.Phone)}, err
}

// asNew moves problems with an officer to the fields of one who is to be added. One of
// another state's agency is refused at the agency.
func asNew(ctx context.Context, err error) error {
	if errors.Is(err, db.ErrForbidden) {
		var ps models.Problems
		notYours(ctx, &ps, "new_agency", models.Coordinator)
		return ps
	}
	problems, ok := errors.AsType[models.Problems](err)
	if !ok {
		return err
	}
	for i := range problems {
		problems[i].Field = "new_" + problems[i].Field
	}
	return problems
}

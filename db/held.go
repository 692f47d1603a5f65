package db

import (
	"context"
	"time"

	"samband/models"
)

// Held is what is held about a person, as that person is told.
type Held struct {
	Account     HeldAccount      `json:"account"`
	Tokens      []Token          `json:"tokens"`
	Officer     *models.Officer  `json:"officer"`
	Assignments []HeldAssignment `json:"assignments"`
	// Trail is what the trail holds of the account and of the officer, among it
	// who opened the contact data.
	Trail []models.Entry `json:"trail"`
}

// A HeldAccount is what is held about an account.
type HeldAccount struct {
	Email        string `json:"email"`
	Rights       string `json:"rights"`
	SecondFactor bool   `json:"second_factor"`
	Issuer       string `json:"issuer,omitempty"`
	Subject      string `json:"subject,omitempty"`
	Sessions     []struct {
		Expires time.Time `json:"expires"`
	} `json:"sessions"`
}

// A HeldAssignment is an assignment with its posting.
type HeldAssignment struct {
	models.Assignment
	Posting string `json:"posting"`
}

// mostHeld bounds the rows of the trail that are told about each record.
const mostHeld = 10_000

// withholdOthers takes the names of other officers out of an entry about an
// assignment that was theirs, if only by mistake.
func withholdOthers(e *models.Entry, own *models.Officer) {
	if e.Noun != assignmentKind.noun {
		return
	}
	for i, c := range e.Changes {
		if c.Field == "officer_id" && (c.Old != "" && c.Old != own.Name || c.New != "" && c.New != own.Name) {
			e.Changes[i] = models.Change{Field: c.Field, Withheld: true}
		}
	}
}

// HeldAbout gathers what is held about an account, and about the officer with
// the same e-mail address.
func (s *Store) HeldAbout(ctx context.Context, a models.Account) (h Held, err error) {
	h.Account = HeldAccount{Email: a.Email, Rights: a.Rights.String(), Issuer: a.Issuer, Subject: a.Subject}
	if h.Account.SecondFactor, err = s.HasSecondFactor(ctx, a.ID); err != nil {
		return h, err
	}
	sessions, err := s.Sessions(ctx, a.ID)
	if err != nil {
		return h, err
	}
	for _, one := range sessions {
		h.Account.Sessions = append(h.Account.Sessions, struct {
			Expires time.Time `json:"expires"`
		}{one.Expires})
	}
	if h.Tokens, err = s.Tokens(ctx, a.ID); err != nil {
		return h, err
	}
	k, err := s.snapshot(ctx)
	if err != nil {
		return h, err
	}
	records := []int64{a.ID}
	for _, o := range k.directory.Officers() {
		if o.Email == "" || models.FoldEmail(o.Email) != a.Email {
			continue
		}
		h.Officer = &o
		records = append(records, o.ID)
		for _, held := range k.directory.Served(o.ID) {
			h.Assignments = append(h.Assignments, HeldAssignment{held, k.directory.Post(held.PostingID).Key})
			records = append(records, held.ID)
		}
	}
	err = s.view(ctx, func(r reader) error {
		for _, id := range records {
			entries, err := r.entries(&conditions{}, TrailFilter{Record: id}, mostHeld)
			if err != nil {
				return err
			}
			for _, e := range entries {
				withholdOthers(&e, h.Officer)
				h.Trail = append(h.Trail, e)
			}
		}
		return nil
	})
	return h, wrap("held", err)
}

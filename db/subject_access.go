package db

import (
	"context"
	"maps"
	"slices"
	"time"

	"samband/models"
)

// SubjectData is what is held about a person, as disclosed to that person.
type SubjectData struct {
	Account     SubjectAccount      `json:"account"`
	Tokens      []Token             `json:"tokens"`
	Calendars   []Calendar          `json:"calendars"`
	Officer     *models.Officer     `json:"officer"`
	Assignments []SubjectAssignment `json:"assignments"`
	// Remarks are those on the officer, and those that the account has written.
	Remarks []models.SignedRemark `json:"remarks"`
	// Unsaved are the forms that the account has filled in and not saved.
	Unsaved []Unsaved `json:"unsaved"`
	// Imports are the files that the account has sent in, without what they held.
	Imports []Import `json:"imports"`
	// Certificates are the certified copies that the account has made.
	Certificates []Certified `json:"certificates"`
	// Claims are the findings that the account has taken in hand, and Follows what it
	// follows.
	Claims  []SubjectClaim  `json:"claims"`
	Follows []models.Follow `json:"follows"`
	// Digest is what the account wants to be told by mail, and Mails when it was.
	Digest Digest `json:"digest"`
	Mails  []Mail `json:"mails"`
	// Trail holds the rows of the trail about the account, the officer and the
	// officer's assignments, including who opened the contact data.
	Trail []models.TrailRow `json:"trail"`
}

// A SubjectAccount is what is held about an account.
type SubjectAccount struct {
	Email        string `json:"email"`
	Rights       string `json:"rights"`
	SecondFactor bool   `json:"second_factor"`
	Issuer       string `json:"issuer,omitempty"`
	Subject      string `json:"subject,omitempty"`
	Sessions     []struct {
		Expires time.Time `json:"expires"`
	} `json:"sessions"`
}

// A SubjectAssignment is an assignment with its posting.
type SubjectAssignment struct {
	models.Assignment
	Posting string `json:"posting"`
}

// A SubjectClaim is a finding that somebody has taken in hand. Its name would reveal
// what it is about, as it was then, to whoever may no longer know.
type SubjectClaim struct {
	Posting int64        `json:"posting"` // its ID, 0 for none
	State   models.State `json:"state"`
	On      models.Date  `json:"since"`
}

// mostHeld bounds the rows of the trail that are returned for each record.
const mostHeld = 10_000

// SubjectAccess gathers what is held about an account and the officer it is
// tied to. It reveals nothing about other people, even where something that is
// the officer's now once was another's.
func (s *Store) SubjectAccess(ctx context.Context, a models.Account) (h SubjectData, err error) {
	h.Account = SubjectAccount{Email: a.Email, Rights: a.Rights.String(), Issuer: a.Issuer, Subject: a.Subject}
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
	if h.Imports, err = s.importsOf(ctx, a.ID); err != nil {
		return h, err
	}
	if h.Certificates, err = s.certifiedBy(ctx, a.ID); err != nil {
		return h, err
	}
	if h.Calendars, err = s.Calendars(ctx, a.ID); err != nil {
		return h, err
	}
	if h.Digest, err = s.DigestOf(ctx, a.ID); err != nil {
		return h, err
	}
	if h.Mails, err = s.Mails(ctx, a.ID); err != nil {
		return h, err
	}
	if h.Unsaved, err = s.UnsavedForms(ctx, a.ID); err != nil {
		return h, err
	}
	k, err := s.snapshot(ctx)
	if err != nil {
		return h, err
	}
	records := []int64{a.ID}
	if o := k.directory.Officer(a.Officer); a.Officer != 0 && o.ID == a.Officer {
		h.Officer = &o
		records = append(records, o.ID)
		for _, held := range k.directory.Served(o.ID) {
			h.Assignments = append(h.Assignments, SubjectAssignment{held, k.directory.Post(held.PostingID).Key})
			records = append(records, held.ID)
		}
	}
	err = s.View(ctx, func(r Reader) error { return r.heldAbout(a, records, &h) })
	return h, wrap("subject access", err)
}

// heldAbout fills in what is held about an account outside the directory: its remarks,
// follows and claims, and the rows of the trail about records.
func (r Reader) heldAbout(a models.Account, records []int64, h *SubjectData) (err error) {
	r.scope = models.OwnOnly(a.Officer)
	if h.Remarks, err = r.signed("account_id = ? OR about = 'officer' AND record_id = ?", a.ID, a.Officer); err != nil {
		return err
	}
	if h.Follows, err = r.followed(a.ID); err != nil {
		return err
	}
	claims, err := r.claims()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(claims)) {
		if c := claims[name]; c.Account == a.ID {
			h.Claims = append(h.Claims, SubjectClaim{c.Posting, c.State, c.On})
		}
	}
	for _, id := range records {
		rows, err := r.shown(&conditions{}, TrailFilter{Record: id}, mostHeld)
		if err != nil {
			return err
		}
		h.Trail = append(h.Trail, rows...)
	}
	if a.Officer != 0 {
		return nil // the ties are among the officer's rows
	}
	var c conditions
	c.add(ofAccount, tiedAs(a.ID)) // former ties
	rows, err := r.shown(&c, TrailFilter{}, mostHeld)
	h.Trail = append(h.Trail, rows...)
	return err
}

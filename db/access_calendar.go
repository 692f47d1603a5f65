package db

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"

	"samband/models"
)

// A Calendar is an address at which calendar programs, which cannot sign in, read what
// its account may see.
type Calendar struct {
	ID      int64             `gorm:"primaryKey;autoIncrement:false" json:"id"`
	Account int64             `gorm:"column:account_id" json:"-"`
	Hash    string            `json:"-"` // of the secret in the address
	About   models.CalendarOf `json:"of"`
	Holds   string            `json:"sorts"` // the sorts of events, with spaces between
	Lang    string            `json:"language"`
	Made    string            `json:"made"` // RFC 3339, UTC
	Used    models.Date       `json:"used"` // the day on which it was last read, 0 for never
}

// MostCalendars is how many addresses an account can have.
const MostCalendars = 20

// Sorts returns the sorts of events that the calendar holds.
func (c Calendar) Sorts() (sorts []models.EventSort) {
	for word := range strings.FieldsSeq(c.Holds) {
		sorts = append(sorts, models.EventSort(word))
	}
	return sorts
}

// AddCalendar makes an address for the actor and returns the secret in it, which is
// not stored. A calendar of nothing, of something unknown or beyond MostCalendars is
// models.Problems; an actor who may not read the directory is ErrForbidden.
func (tx *Tx) AddCalendar(c *Calendar) (secret string, err error) {
	if tx.actor.Account == 0 || !tx.actor.Rights.Reads() {
		return "", ErrForbidden
	}
	a, err := byID[models.Account](tx.Reader, tx.actor.Account)
	if err != nil {
		return "", err
	}
	var problems models.Problems
	refuse := func(field, key string, args ...any) {
		problems = append(problems, models.Problem{Field: field, Row: -1, Message: models.Say(key, args...)})
	}
	if n := len(c.Sorts()); n == 0 || n > len(models.EventSorts()) || slices.ContainsFunc(c.Sorts(), func(s models.EventSort) bool { return !s.Valid() }) {
		refuse("sorts", "problem.calendar_sorts")
	}
	if !c.About.Valid() {
		refuse("of", "problem.required")
	}
	has, err := tx.calendars("account_id = ?", a.ID)
	if err != nil {
		return "", err
	}
	if len(has) >= MostCalendars {
		refuse("of", "problem.calendars", "most", MostCalendars)
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	secret = rand.Text()
	c.ID, c.Account, c.Hash, c.Made, c.Used = tx.IDs(1), a.ID, hashed(secret), tx.at, 0
	if err := rowsOf[Calendar](tx.g).Create(tx.ctx, c); err != nil {
		return "", err
	}
	return secret, tx.noteCalendar("create", *c, *a, "hash", c.Hash, "lang", c.Lang, "made", c.Made)
}

func (tx *Tx) noteCalendar(action string, c Calendar, a models.Account, vouched ...string) error {
	tx.access = true
	return tx.Note(Event{Action: action, Noun: "calendar", ID: c.ID, State: stateOfAccount(a),
		About: []any{"account", int(c.Account), "of", string(c.About), "sorts", c.Holds}, Vouched: vouched})
}

// Calendars returns the addresses of an account, in the order in which they were made.
func (s *Store) Calendars(ctx context.Context, account int64) (all []Calendar, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = r.calendars("account_id = ?", account)
		return err
	})
	return all, wrap("calendars", err)
}

func (r Reader) calendars(where string, args ...any) ([]Calendar, error) {
	return rowsOf[Calendar](r.g).Where(where, args...).Order("id").Find(r.ctx)
}

// RevokeCalendar ends an address for good. It is ErrNotFound if account has no such
// address.
func (tx *Tx) RevokeCalendar(id, account int64) error {
	found, err := tx.calendars("id = ? AND account_id = ?", id, account)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrNotFound
	}
	a, err := byID[models.Account](tx.Reader, account)
	if err != nil {
		return err
	}
	if err := tx.one(rowsOf[Calendar](tx.g).Where("id = ?", id).Delete(tx.ctx)); err != nil {
		return err
	}
	return tx.noteCalendar("remove", found[0], *a)
}

// revokeCalendars ends all addresses of an account for good.
func (tx *Tx) revokeCalendars(account int64) error {
	all, err := tx.calendars("account_id = ?", account)
	for _, c := range all {
		err = cmp.Or(err, tx.RevokeCalendar(c.ID, account))
	}
	return err
}

// CalendarOf returns the calendar of a secret, and its account with the rights that it
// has now, and notes the day on which it is read unless somebody else is writing. A
// secret that is unknown or has ended, or whose account is disabled or may no longer
// read the directory, is ErrCredentials; unless it is unknown, the IDs of the calendar
// and its account are returned with the error.
func (s *Store) CalendarOf(ctx context.Context, secret string, today models.Date) (c Calendar, a models.Account, err error) {
	err = s.View(ctx, func(r Reader) error {
		if c, err = rowsOf[Calendar](r.g).Where("hash = ?", hashed(secret)).Take(r.ctx); err != nil {
			return err
		}
		a, err = rowsOf[models.Account](r.g).Where("id = ?", c.Account).Take(r.ctx)
		return err
	})
	if errors.Is(err, ErrNotFound) || err == nil && (a.Disabled || !a.Rights.Reads()) {
		err = ErrCredentials
	}
	if err != nil || c.Used >= today {
		return c, a, wrap("calendar", err)
	}
	s.writeIfFree(ctx, func(tx *Tx) error {
		_, err := rowsOf[Calendar](tx.g).Where("id = ?", c.ID).Update(tx.ctx, "used", today)
		return err
	})
	return c, a, nil
}

package views

import (
	"strings"

	"samband/models"
)

// CalendarsPage is the page of one's calendar addresses.
var CalendarsPage = page[Calendars]("calendars")

type (
	// Calendars is the page of one's calendar addresses.
	Calendars struct {
		Rows []CalendarLine
		Form Form
		Most int // events in a calendar
		// Plain is the address that programs sign in to, and PlainFeed that of the feed.
		Plain, PlainFeed string
	}

	// A CalendarLine is one address, without the secret in it.
	CalendarLine struct {
		ID    int64
		Of    models.CalendarOf
		Sorts []models.EventSort
		Made  string      // a day
		Used  models.Date // 0 for never
	}

	// CalendarInput is the form that makes an address.
	CalendarInput struct {
		Of    string   `form:"of"`
		Sorts []string `form:"sorts"`
	}
)

// CalendarForm returns the form that makes an address.
func (s *Site) CalendarForm(lang string, in CalendarInput, problems models.Problems, asks Confirm) Form {
	b := s.buildForm(lang, problems)
	b.form.Action, b.form.Cancel, b.form.Submit = "/calendars", "/account", b.t("calendar.make")
	var of, sorts []Option
	for _, o := range models.CalendarsOf() {
		of = append(of, Option{string(o), b.t("calendar.of." + string(o))})
	}
	for _, x := range models.EventSorts() {
		sorts = append(sorts, Option{string(x), b.t("calendar.sort." + string(x))})
	}
	b.field(Field{Name: "sorts", Kind: TicksField, Value: strings.Join(in.Sorts, " "), Options: sorts})
	b.hint("hint.calendar_sorts")
	b.choice("of", in.Of, true, of)
	b.hint("hint.calendar_of")
	return b.confirm(asks, "/calendars")
}

// CalendarURLs returns the addresses of a calendar and of its feed, with a secret in them.
func (s *Site) CalendarURLs(secret string) []string {
	at := s.BaseURL + "/calendar/" + secret
	return []string{at + ".ics", at + ".atom"}
}

package views

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"samband/models"
)

// MostEvents bounds a calendar: programs read the whole of it each time.
const MostEvents = 5000

// refreshed is how often a program should ask for a calendar again.
const refreshed = "PT1H"

// FindingsCalendar writes findings as an iCalendar (RFC 5545) of whole days. A
// finding that begins later is on its first day. One that holds already is
// something to do: if it is serious or a warning it is on today until it is
// mended, and if it is a notice on its first day, out of the way. An event is
// transparent, so that it takes up nobody's time, and keeps its UID as long as
// the facts stay. Findings beyond the first MostEvents are left out, and the
// calendar says so.
//
// Absences of holders that have not ended are events of their own, from their first
// to their last day.
func (s *Site) FindingsCalendar(w io.Writer, lang string, now time.Time, today models.Date, d *models.Directory, found []models.Finding, away []AwayLine) error {
	total := len(found)
	found = found[:min(total, MostEvents)]
	cal := s.newCalendar(s.text(lang, "calendar.name"), s.Say(lang, models.Say("calendar.about", "n", len(found), "total", total)))
	for _, f := range found {
		e := cal.AddEvent(s.uid(f.Name()))
		e.SetDtStampTime(now)
		e.SetAllDayStartAt(timeOf(eventDay(f, today)))
		e.SetSummary(printable(s.summary(lang, d, f)))
		e.SetDescription(printable(s.Paragraph(lang, f.Reason)))
		e.SetURL(s.findingURL(f))
		e.AddCategory(s.word(lang, f.Severity))
		e.SetTimeTransparency(ics.TransparencyTransparent)
	}
	for _, x := range away[:min(len(away), MostEvents)] {
		s.addAbsence(cal, lang, now, d, x)
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// newCalendar returns an empty calendar with a name, and what is in it.
func (s *Site) newCalendar(name, about string) *ics.Calendar {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Samband//Samband//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(name)
	cal.SetXWRCalDesc(about)
	cal.SetXWRTimezone(s.Zone)
	cal.SetRefreshInterval(refreshed)
	cal.SetXPublishedTTL(refreshed)
	return cal
}

// addAbsence adds an absence to a calendar. One without an end is on its first day.
func (s *Site) addAbsence(cal *ics.Calendar, lang string, now time.Time, d *models.Directory, x AwayLine) {
	e := cal.AddEvent(s.uid("absence " + itoa(int(x.ID))))
	e.SetDtStampTime(now)
	e.SetAllDayStartAt(timeOf(max(x.First, models.DateOf(time.Unix(0, 0)))))
	if !x.Last.Open() {
		e.SetAllDayEndAt(timeOf(x.Last + 1))
	}
	of := x.Of
	e.SetSummary(printable(s.Say(lang, models.Say("absence.calendar", "name", s.OfficerName(lang, of.Officer, of.Agency), "posting", s.PostingTitle(lang, of.Posting, of.Agency)))))
	said := s.text(lang, "absence.nobody")
	if by := x.StandIn; by != nil {
		said = s.Say(lang, models.Say("absence.stand_in_is", "name", s.OfficerName(lang, by.Officer, by.Agency)))
	}
	e.SetDescription(printable(said))
	e.SetURL(s.BaseURL + "/postings/" + itoa(int(of.Posting.ID)))
	e.SetTimeTransparency(ics.TransparencyTransparent)
}

// eventDay returns the day of a finding's event, not before 1970, as not all
// programs can show earlier days.
func eventDay(f models.Finding, today models.Date) models.Date {
	if f.Ahead(today) || f.Severity == models.Notice {
		return max(f.Days.First, models.DateOf(time.Unix(0, 0)))
	}
	return today
}

func timeOf(d models.Date) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// summary says briefly what a finding is, and where.
func (s *Site) summary(lang string, d *models.Directory, f models.Finding) string {
	where := s.word(lang, f.Sending)
	switch {
	case f.Post != nil:
		where = s.PostingTitle(lang, f.Post, d.Sending(f.Post))
	case f.Body != nil && f.Sending != "":
		where = s.body(lang, *f.Body) + " (" + where + ")"
	case f.Body != nil:
		where = s.body(lang, *f.Body)
	}
	return s.word(lang, f.Kind) + ": " + where
}

// uid turns a name into an identifier that reveals nothing and is the same each
// time.
func (s *Site) uid(name string) string {
	host := "samband"
	if base, err := url.Parse(s.BaseURL); err == nil {
		host = cmp.Or(base.Hostname(), host)
	}
	return hashOf(name) + "@" + host
}

// hashOf shortens a name to what nothing else has.
func hashOf(name string) string {
	hash := sha256.Sum256([]byte(name))
	return hex.EncodeToString(hash[:16])
}

func (s *Site) findingURL(f models.Finding) string {
	switch {
	case f.Body != nil:
		return s.BaseURL + BodyPath(*f.Body)
	case f.Post == nil:
		return s.BaseURL + "/findings?state=" + string(f.Sending)
	}
	return s.BaseURL + "/postings/" + itoa(int(f.Post.ID))
}

// printable returns a text with line ends as the calendar's writer wants them,
// and with spaces for other control characters, which it would let through.
func printable(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Map(func(r rune) rune {
		if r != '\n' && r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}

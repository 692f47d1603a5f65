package views

import (
	"io"
	"time"

	ics "github.com/arran4/golang-ical"

	"samband/models"
)

// firstShown is the first day of events, as not all programs can show earlier days.
var firstShown = models.DateOf(time.Unix(0, 0).UTC())

// Calendar writes events as an iCalendar (RFC 5545, RFC 7986) of whole days, which has
// the same bytes whenever it has the same events and stamp, the instant from which they
// hold. total is how many there would be without a bound. An event tells whom it is
// about, as far as d knows the name, and never how to reach anybody or why.
//
// An event keeps its UID while its record exists, and its sequence grows with the
// record's version. One whose record has been removed is cancelled.
func (s *Site) Calendar(w io.Writer, lang string, stamp time.Time, d *models.Directory, events []models.Event, total int) error {
	about := models.Say("calendar.events", "n", len(events))
	if total > len(events) {
		about = models.Say("calendar.nearest", "n", len(events), "total", total)
	}
	cal := s.newCalendar(s.text(lang, "calendar.own_name"), s.Say(lang, about))
	cal.SetDescription(s.Say(lang, about))
	for _, x := range events {
		e := cal.AddEvent(s.uid(x.Name()))
		e.SetDtStampTime(stamp)
		e.SetSequence(x.Sequence)
		e.SetAllDayStartAt(timeOf(max(x.Days.First, firstShown)))
		if !x.Days.Last.Open() {
			e.SetAllDayEndAt(timeOf(x.Days.Last + 1))
		}
		e.SetSummary(printable(s.eventSummary(lang, d, x)))
		if more := s.eventMore(lang, d, x); more != "" && !x.Gone {
			e.SetDescription(printable(more))
		}
		if at := s.eventURL(x); at != "" {
			e.SetURL(at)
		}
		if x.Gone {
			e.SetStatus(ics.ObjectStatusCancelled)
		} else {
			e.SetStatus(ics.ObjectStatusConfirmed)
		}
		e.AddCategory(s.text(lang, "calendar.sort."+string(sortOf(x.Kind))))
		e.SetTimeTransparency(ics.TransparencyTransparent)
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// sortOf returns of which sort an event is.
func sortOf(k models.EventKind) models.EventSort {
	switch k {
	case models.TermBegins, models.TermEnds:
		return models.TermEvents
	case models.Handover:
		return models.HandoverEvents
	case models.Away:
		return models.AbsenceEvents
	case models.Opens, models.Closes:
		return models.LifeEvents
	case models.MandateLast:
		return models.MandateEvents
	}
	return models.FindingEvents
}

// eventSummary says what happens, to whom and where. What is gone is told without
// whom it was about.
func (s *Site) eventSummary(lang string, d *models.Directory, e models.Event) string {
	where := ""
	switch {
	case e.Finding != nil:
		return s.summary(lang, d, *e.Finding)
	case e.Post != nil:
		where = s.PostingTitle(lang, e.Post, d.Sending(e.Post))
	case e.Body != nil:
		where = s.body(lang, *e.Body)
	}
	said := s.text(lang, "calendar.event."+string(e.Kind))
	switch {
	case e.Gone && where == "":
		return s.Say(lang, models.Say("calendar.gone", "event", said))
	case e.Gone:
		return s.Say(lang, models.Say("calendar.gone_at", "event", said, "where", where))
	}
	switch e.Kind {
	case models.TermBegins, models.TermEnds, models.Away:
		return s.Say(lang, models.Say("calendar.of_whom", "event", said, "name", s.holderName(lang, d, e.Post, e.Term), "where", where))
	}
	return s.Say(lang, models.Say("calendar.of_what", "event", said, "where", where))
}

// holderName returns whom an assignment to a posting is of, as far as d knows the name.
func (s *Site) holderName(lang string, d *models.Directory, p *models.Post, a models.Assignment) string {
	return s.OfficerName(lang, d.Officer(a.OfficerID), d.Sending(p))
}

// eventMore returns what else there is to say of an event: from whom to whom a posting
// passes, and who stands in.
func (s *Site) eventMore(lang string, d *models.Directory, e models.Event) string {
	switch e.Kind {
	case models.Handover:
		return s.Say(lang, models.Say("calendar.from_to", "leaves", s.holderName(lang, d, e.Post, e.Before), "comes", s.holderName(lang, d, e.Post, e.Term)))
	case models.Away:
		if by := d.StandIn(e.Post, e.Absence.StandInID); by.Post != nil {
			return s.Say(lang, models.Say("absence.stand_in_is", "name", s.holderName(lang, d, by.Post, by.Assignment)))
		}
		return s.text(lang, "absence.nobody")
	}
	return ""
}

// eventURL returns where an event is told of in full, "" if nowhere any longer.
func (s *Site) eventURL(e models.Event) string {
	switch {
	case e.Finding != nil:
		return s.findingURL(*e.Finding)
	case e.Post != nil:
		return s.BaseURL + "/postings/" + itoa(int(e.Post.ID))
	case e.Body != nil:
		return s.BaseURL + BodyPath(*e.Body)
	}
	return ""
}

package views

import (
	"html/template"
	"net/url"
	"slices"

	"samband/models"
	"samband/views/picture"
)

// FrontPage is the page on which everybody starts.
var FrontPage = page[Front]("front")

// A Front is the front page: the main question, and how things stand for the
// reader.
type Front struct {
	Question     Question
	Own          models.State // the reader's, "" for all five
	Coordinating bool
	Until        models.Date // how far it looks ahead
	LastVisit    models.Date // 0: none before
	Since        []Since     // since the last visit, a state each; none if that is not known
	Following    []Followed
	Counts       []Count[models.Status]
	Findings     []Count[models.Severity]
	// Months are, for coordinators, how many terms end in each month, and for
	// others at how many places somebody answers at its beginning.
	Months []Count[models.Period]

	// For coordinators.
	EndingWithin []Count[int]     // by months
	Ending       []AssignmentLine // terms that end, the first first
	Starting     []AssignmentLine // planned starts

	// For others.
	Ahead    models.Changes
	Contacts []models.ContactPoint
}

// Whose returns the state whose postings are counted, "" for all.
func (f Front) Whose() models.State {
	if f.Coordinating {
		return f.Own
	}
	return ""
}

// List returns the address of a list with one filter, for the postings that are
// counted.
func (f Front) List(path, name, value string) string {
	v := url.Values{name: {value}}
	if whose := f.Whose(); whose != "" {
		filter := "sending"
		if path == "/findings" {
			filter = "state"
		}
		v.Set(filter, string(whose))
	}
	return path + "?" + v.Encode()
}

// States returns the states that the page is about.
func (f Front) States() []models.State {
	if f.Own != "" {
		return []models.State{f.Own}
	}
	return models.States()
}

// EndingURL returns the address of the list of the terms that end within some months
// from today.
func (f Front) EndingURL(today models.Date, months int) string {
	return f.List("/assignments", "ends_by", today.Months(months).String()) + "&status=current&sort=last_day"
}

// Quiet reports whether nothing has changed since the last visit.
func (f Front) Quiet() bool {
	return !slices.ContainsFunc(f.Since, func(s Since) bool { return !s.Quiet() })
}

// A Since is what has changed for a state since the reader's last visit.
type Since struct{ Changes }

// All returns the address of all these changes.
func (s Since) All() string { return s.Between(s.From, s.To, true) }

// Counts returns how many changes there are of each kind that has some, of places or
// of officers, with their sections on the page of changes.
func (s Since) Counts() (counts []Count[string]) {
	for _, c := range []Count[string]{{"lost", s.CountPlaces(s.Lost)}, {"gained", s.CountPlaces(s.Gained)}, {"interrupted", s.CountPlaces(s.Interrupted)},
		{"came", len(s.Came)}, {"went", len(s.Went)}, {"away", len(s.Away)}} {
		if c.N > 0 {
			counts = append(counts, c)
		}
	}
	return counts
}

// Year returns the address of what the reader's state has lost and gained in the last
// twelve months, and why.
func (f Front) Year(today models.Date) string {
	return Changes{Changes: models.Changes{State: f.Own}}.Between(today.Months(-12), today, false)
}

// frontPicture draws the months of a front page.
func (s *Site) frontPicture(lang string, f Front) template.HTML {
	key := "front.picture_answered"
	if f.Coordinating {
		key = "front.picture_ending"
	}
	var bars []picture.Bar
	for _, m := range f.Months {
		year, month, _ := m.Of.First.Civil()
		bars = append(bars, picture.Bar{Label: pad(month), Title: itoa(year) + "-" + pad(month) + ": " + itoa(m.N), N: m.N})
	}
	return picture.Bars(s.text(lang, key), bars)
}

func pad(n int) string {
	if n < 10 {
		return "0" + itoa(n)
	}
	return itoa(n)
}

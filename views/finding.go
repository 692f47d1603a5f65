package views

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/models"
)

type (
	// Findings are the work queue: a page of it.
	Findings struct {
		Directory *models.Directory
		Rows      []FindingLine
		After     int // how many come before Rows
		Total     int // how many there are on all pages
		Size      int // how many a full page has
		Snoozed   bool
		Others    int // how many are postponed, or if these are shown how many are not
		Kind      models.FindingKind
		Severity  models.Severity
		State     models.State
		Taken     models.Taking
		Account   int64        // the reader's
		Mine      bool         // only those of postings that the reader's state sends
		Own       models.State // the only state that the reader coordinates, "" if there is none
		Query     url.Values
		Feed      string // the address of the calendar
	}
	// A FindingLine is a finding in the queue, and until when it is postponed.
	FindingLine struct {
		models.Finding
		Snooze models.Snooze
		Told   bool // the reader may know why it is postponed
		Claim  models.Claim
	}
)

// FindingsPage lists what somebody should look at.
var FindingsPage = page[Findings]("findings")

// findingFilters are what the queue, its files and its calendar are filtered
// by.
var findingFilters = []string{"severity", "kind", "state", "mine", "taken"}

// FindingsURL returns the address of a page or file of the queue, with the
// filters of a query and more parameters, as name and value.
func FindingsURL(path string, query url.Values, more ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	for _, name := range findingFilters {
		if value := query.Get(name); value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// File returns the address of the same findings as a file.
func (f Findings) File(as string) string { return fileURL("/findings", f.Query, as) }

// Kinds returns all kinds, to choose from.
func (f Findings) Kinds() []models.FindingKind { return models.FindingKinds() }

// Severities returns all severities, to choose from.
func (f Findings) Severities() []models.Severity { return models.Severities() }

// Begin and End return the numbers of the first and last finding shown, from 1.
func (f Findings) Begin() int { return f.After + 1 }
func (f Findings) End() int   { return f.After + len(f.Rows) }

// Pager returns the links to the other pages.
func (f Findings) Pager() Pager {
	return pagerOf(f.After, f.Size, f.Total, func(after int) string {
		if after == 0 {
			return with("/findings", f.Query, "after", "")
		}
		return with("/findings", f.Query, "after", strconv.Itoa(after))
	})
}

// Turned returns the address of the postponed findings, or of the others if the
// postponed ones are shown.
func (f Findings) Turned() string {
	if f.Snoozed {
		return FindingsURL("/findings", f.Query)
	}
	return FindingsURL("/findings", f.Query, "snoozed", "yes")
}

// Mines and All return the addresses of what is for the reader to mend, and of all
// findings.
func (f Findings) Mines() string { return FindingsURL("/findings", nil, "mine", "yes") }
func (f Findings) All() string   { return FindingsURL("/findings", nil, "mine", "no") }

// Takings returns what findings can be filtered by: who has taken them. Me is for
// those who may take some.
func (f Findings) Takings(rights models.Rights) []models.Taking {
	if rights.Holds(models.Coordinator) {
		return models.Takings()
	}
	return []models.Taking{models.Taken, models.NotTaken}
}

// ClaimAct returns what the reader may do about who has taken a finding, as a key.
func (f Findings) ClaimAct(x FindingLine) string {
	switch {
	case x.Claim.Finding == "":
		return "finding.take"
	case x.Claim.Account == f.Account:
		return "finding.give_back"
	}
	return "finding.release"
}

// ClaimURL returns the address at which a finding is taken or given back, from which
// the reader comes back to this page.
func (f Findings) ClaimURL(act string) string {
	var more []string
	if f.Snoozed {
		more = append(more, "snoozed", "yes")
	}
	if f.After > 0 {
		more = append(more, "after", itoa(f.After))
	}
	return FindingsURL("/findings/"+act, f.Query, more...)
}

// SnoozeURL returns the address at which a finding is postponed.
func (f Findings) SnoozeURL(x FindingLine) string {
	return FindingsURL("/findings/snooze", f.Query, "finding", x.Name())
}

// Officers returns the assignments that a finding is about, one for each officer.
func (f Findings) Officers(x FindingLine) (lines []AssignmentLine) {
	for _, a := range x.Assignments {
		named := slices.ContainsFunc(lines, func(l AssignmentLine) bool { return l.Assignment.OfficerID == a.OfficerID })
		if p := f.Directory.Post(a.PostingID); p != nil && !named {
			lines = append(lines, LineOf(f.Directory, p, a))
		}
	}
	return lines
}

// About returns what a finding is about, to be put into words: a posting, a body or
// a state.
func (f Findings) About(x FindingLine) any {
	switch {
	case x.Post != nil:
		return models.Titled{Post: x.Post, Agency: f.Directory.Sending(x.Post)}
	case x.Body != nil:
		return x.Body
	}
	return x.Sending
}

// Losing returns the states that lose by the finding, without the sending state.
func (x FindingLine) Losing() []models.State {
	return slices.DeleteFunc(slices.Clone(x.States), func(s models.State) bool { return s == x.Sending })
}

// Mend returns links to where a finding can be mended, the best way first. Noun
// is the key of the sentence that says what the link does. It returns nil for a
// finding that no page can mend.
func Mend(x models.Finding, today models.Date) []Link {
	if x.Kind == models.NotAttested {
		return []Link{{"finding.mend_confirm", "", "/attestation#" + string(x.Sending)}}
	}
	if x.Body != nil {
		return mendBody(x)
	}
	if x.Post == nil {
		return nil
	}
	at := "/postings/" + itoa(int(x.Post.ID))
	edit := Link{"finding.mend_edit", "", at + "/edit"}
	switch x.Kind {
	case models.VacantNow, models.Gap:
		assign := assigning(at, models.Period{First: max(today, x.Days.First), Last: x.Days.Last}, x.Post)
		if x.Is(models.Gap) {
			return append([]Link{assign}, extending(x, today)...)
		}
		return []Link{assign}
	case models.VacantSoon:
		links := extending(x, today)
		if len(links) == 0 {
			return []Link{assigning(at, x.Days, x.Post)}
		}
		over := Link{"finding.mend_hand_over", "", strings.TrimSuffix(links[0].URL, "edit") + "hand-over"}
		return append([]Link{over}, links...)
	case models.NordicHost, models.NobodyBehind, models.SendingState: // a new holder would be suspended too
		return []Link{edit}
	}
	return mendTerm(x, today)
}

// mendBody is Mend for findings about bodies: a seat that is missing is opened, all
// else is put right in the body's own record.
func mendBody(x models.Finding) []Link {
	if x.Kind == models.NoSeat {
		return []Link{{"finding.mend_seat", "", "/postings/new?body=" + url.QueryEscape(string(x.Body.Key))}}
	}
	return []Link{{"finding.mend_edit", "", BodyPath(*x.Body) + "/edit"}}
}

// mendTerm is Mend for findings about assignments: of two, the earlier is to end.
// One that is over can only be corrected.
func mendTerm(x models.Finding, today models.Date) []Link {
	if len(x.Assignments) == 0 {
		return nil
	}
	a := x.Assignments[0]
	at := "/assignments/" + itoa(int(a.ID))
	end, edit := Link{"finding.mend_end", "", at + "/end"}, Link{"finding.mend_edit", "", at + "/edit"}
	switch {
	case x.Kind == models.NoStandIn:
		return []Link{{"finding.mend_edit", "", at + "/absences"}}
	case x.Kind == models.OldOpenEnd:
		return []Link{end, {"finding.mend_extend", "", at + "/edit"}}
	case x.Kind == models.BeyondLife && a.Last > x.Post.Closed,
		(x.Kind == models.TwoPostings || x.Kind == models.LongOverlap) && a.Last >= today,
		x.Kind == models.HeldTwice && a.Last >= today && a.First < x.Assignments[1].First:
		return []Link{end}
	}
	return []Link{edit}
}

// assigning returns a link to the form of a new assignment for some days.
func assigning(at string, days models.Period, p *models.Post) Link {
	v := url.Values{"first_day": {days.First.String()}}
	if !days.Last.Open() && days.Last < p.Closed {
		v.Set("last_day", days.Last.String())
	}
	return Link{"finding.mend_assign", "", at + "/assignments/new?" + v.Encode()}
}

// extending returns a link to the form of the assignment that ends the day before
// the days of a finding, nil if there is none or the days are over.
func extending(x models.Finding, today models.Date) []Link {
	for _, a := range x.Post.Assignments {
		if a.Last+1 == x.Days.First && x.Days.Last >= today {
			return []Link{{"finding.mend_extend", "", "/assignments/" + itoa(int(a.ID)) + "/edit"}}
		}
	}
	return nil
}

// SnoozeInput is the form that postpones a finding.
type SnoozeInput struct {
	Until  string `form:"until"`
	Reason string `form:"reason"`
}

// SnoozeForm returns the form that postpones a finding. The query is that of the
// page that led to it.
func (s *Site) SnoozeForm(lang string, f models.Finding, in SnoozeInput, query url.Values, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.form.Title, b.form.Intro, b.form.Submit = b.t("snooze.title"), s.Paragraph(lang, f.Reason), b.t("snooze.do")
	b.form.Action = FindingsURL("/findings/snooze", query, "finding", f.Name())
	b.form.Cancel = FindingsURL("/findings", query)
	b.day("until", in.Until, true)
	b.hint("hint.until")
	b.text("reason", in.Reason, true)
	b.hint("hint.snooze_reason")
	return b.done()
}

package views

import (
	"html/template"
	"net/url"
	"strings"

	"samband/models"
	"samband/views/picture"
)

// PostingReportPath returns the address of the history of a posting of a key.
func PostingReportPath(key string) string { return "/reports/posting/" + url.PathEscape(key) }

// PostingReport is the history of a posting since it opened.
func (s *Site) PostingReport(lang string, h ReportHead, x models.PostHistory) Report {
	r := s.report(lang, "posting", h)
	sending := h.Directory.Sending(x.Post)
	r.Title = r.t("report.posting_title", "posting", models.Titled{Post: x.Post, Agency: sending})
	r.Facts[0].Value = r.Title
	r.fact("posting", x.Post.Key)
	r.Timeline = true
	r.summary(x)
	if x.Days.Days() > 0 {
		r.Parts[0].Pictures = []ReportPicture{{r.t("posting.history"), r.timeline(x.Post)}}
	}
	p := r.titled("called", "first_day last_day agency places")
	for _, c := range x.Called {
		p.row(r.day(c.First), r.day(c.Last), r.agencyCell(c.Agency), r.places([]models.Named{c.Host}))
	}
	p = r.titled("term", "first_day last_day days# officer planned_last_day reason")
	for _, t := range x.Terms {
		p.row(r.day(t.Days.First), r.day(t.Days.Last), r.length(t.Days), r.officer(t.Officer, sending), r.day(t.Assignment.PlannedLast), r.text(t.Assignment.EndReason))
	}
	p = r.titled("absence", "first_day last_day officer stand_in")
	for _, a := range x.Absences {
		p.row(r.day(a.Days.First), r.day(a.Days.Last), r.officer(a.Officer, sending), r.officer(a.StandIn.Officer, a.ByOf))
	}
	p = r.titled("gap", "first_day last_day days#")
	for _, days := range x.Gaps {
		p.row(r.day(days.First), r.day(days.Last), r.length(days))
	}
	p = r.titled("suspension", "first_day last_day reason")
	for _, a := range x.Suspensions {
		p.row(r.day(a.First), r.day(a.Last), r.text(a.Reason))
	}
	p = r.titled("represents", "state matter first_day last_day agreement")
	for _, a := range x.Representations {
		p.row(r.state(a.State), coded(r, a.Matter, ""), r.day(a.First), r.day(a.Last), r.text(a.Agreement))
	}
	p = r.titled("covers", "places standing first_day last_day")
	if x.Days.Days() > 0 {
		p.row(r.places([]models.Named{x.Post.Where()}), coded(r, models.Resident, "seat resident"), r.day(x.Post.Opened), r.day(x.Post.Closed))
	}
	for _, a := range x.Coverages {
		p.row(r.places([]models.Named{{Place: models.Place{Country: a.Country}}}), coded(r, models.SideAccredited, "seat side"), r.day(a.First), r.day(a.Last))
	}
	r.counted("history", "called", "officer_year", "gap_day", "suspended_day", "term", "restricted", "days")
	return r.Report
}

// timeline draws the posting's history, with a line on the day of the report.
func (r *reporter) timeline(p *models.Post) template.HTML {
	drawn := r.site.drawn(r.lang, r.Directory, picture.Life(p, r.On), r.On)
	drawn.Say = func(m models.Message) string {
		if m.Key == "timeline.today" {
			m.Key = "list.on"
		}
		return r.site.Say(r.lang, m)
	}
	var b strings.Builder
	drawn.Head(&b)
	drawn.Row(&b, p, "")
	return template.HTML(b.String())
}

// length is how many days a period has, empty where it has no end.
func (r *reporter) length(p models.Period) ReportCell {
	if p.Last.Open() {
		return ReportCell{isNumber: true}
	}
	return r.number(p.Days())
}

// summary adds what is counted of a posting, each in a row.
func (r *reporter) summary(x models.PostHistory) {
	p := r.titled("summary", "item value#")
	item := func(name string, value ReportCell) {
		p.row(ReportCell{Cell: one(Bit{Text: r.t("csv." + name), Code: name})}, value)
	}
	item("opened", r.day(x.Post.Opened))
	item("closed", r.closed(x.Post.Closed))
	item("post_days", r.number(x.Tally.PostDays))
	item("held_days", r.number(x.Tally.HeldDays))
	item("gap_days", r.number(x.Tally.GapDays))
	item("suspended_days", r.number(x.Tally.SuspendedDays))
	item("officer_years", r.decimal(x.Tally.OfficerYears(), 2))
	item("terms", r.number(len(x.Terms)))
	item("terms_ended", r.number(x.Tally.Ended))
	if x.Tally.Ended > 0 {
		item("mean_term", r.decimal(x.Tally.MeanTerm(), 0))
	}
}

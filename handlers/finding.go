package handlers

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// findingFilter reads the filter of the work queue.
func findingFilter(c *gin.Context, in *query) views.Findings {
	f := views.Findings{
		Kind:     models.FindingKind(in.text("kind")),
		Severity: models.Severity(in.text("severity")),
		State:    in.state("state"),
		Snoozed:  in.text("snoozed") == "yes",
		Taken:    code[models.Taking](in, "taken", "problem.taken", strings.ToLower),
		After:    in.count("after", 0, math.MaxInt32),
		Query:    in.values,
	}
	if f.Kind != "" && !slices.Contains(models.FindingKinds(), f.Kind) {
		in.refuse("kind", "problem.finding")
	}
	if f.Severity != "" && !slices.Contains(models.Severities(), f.Severity) {
		in.refuse("severity", "problem.severity")
	}
	for _, name := range []string{"snoozed", "mine"} {
		if text := in.text(name); text != "" && text != "yes" && text != "no" {
			in.refuse(name, "problem.yes_no")
		}
	}
	f.Own, f.Mine = coordinated(rightsOf(c.Request.Context())), in.text("mine") == "yes"
	return f
}

// findings reads the filter of the work queue, and returns the findings that
// pass it: those not postponed, or with "snoozed" those that are.
func (s *server) findings(c *gin.Context, in *query) (views.Findings, error) {
	f, on := findingFilter(c, in), in.day("on", s.today())
	if err := in.problems.Err(); err != nil {
		return f, err
	}
	ctx := c.Request.Context()
	d, err := s.directory(ctx)
	if err != nil {
		return f, err
	}
	f.Directory = d
	stand := s.standingOf(d)
	if on != stand.day {
		stand = newStanding(d, on, s.limits)
	}
	off, err := s.putOff(ctx, stand)
	if err != nil {
		return f, err
	}
	claims, err := s.store.Claims(ctx)
	if err != nil {
		return f, err
	}
	f.Account = visitorOf(ctx).account.ID
	claimed := func(x models.Finding) (claim models.Claim) {
		if len(claims) > 0 { // else names need not be worked out
			claim = claims[x.Name()]
		}
		return claim
	}
	for i, x := range stand.findings {
		z, isOff := off[i]
		claim := claimed(x)
		switch {
		case f.Kind != "" && !x.Is(f.Kind), f.Severity != "" && x.Severity != f.Severity, f.State != "" && !x.Concerns(f.State),
			f.Mine && f.Own != "" && x.Sending != f.Own, !f.Taken.Passes(claim, f.Account):
		case isOff != f.Snoozed:
			f.Others++
		default:
			if isOff {
				z = rightsOf(ctx).Snooze(z, x, d)
			}
			f.Rows = append(f.Rows, views.FindingLine{Finding: x, Snooze: z, Told: z.Reason != "", Claim: rightsOf(ctx).Claim(claim, x)})
		}
	}
	f.Total = len(f.Rows)
	return f, nil
}

// coordinated returns the only state that somebody coordinates, "" if there are
// several or none.
func coordinated(rights models.Rights) models.State {
	return ownState(rights.Only(models.Coordinator))
}

// showFindings shows the work queue. Asked for nothing in particular, it opens as
// what is for the reader to mend.
func (s *server) showFindings(c *gin.Context) error {
	in := queryOf(c)
	if len(in.values) == 0 && coordinated(rightsOf(c.Request.Context())) != "" {
		in.values.Set("mine", "yes")
	}
	f, err := s.findings(c, in)
	if err != nil {
		return err
	}
	f.After, f.Size = min(f.After, f.Total), pageRows
	f.Rows = f.Rows[f.After:min(f.After+pageRows, f.Total)]
	f.Feed = s.site.BaseURL + views.FindingsURL("/findings.ics", f.Query)
	return show(s, c, http.StatusOK, views.FindingsPage, f)
}

// findingsFile answers with the whole work queue.
func (s *server) findingsFile(c *gin.Context) error {
	in := queryOf(c)
	about := s.aboutFile(c, in)
	f, err := s.findings(c, in)
	if err != nil {
		return err
	}
	about.On = in.day("on", s.today())
	file, err := s.beginFile(c, about, in, len(f.Rows), s.site.FindingsFile)
	if err != nil {
		return err
	}
	for _, x := range f.Rows {
		if err := file.Finding(f.Directory, x.Finding); err != nil {
			return err
		}
	}
	return file.Close()
}

// findingsCalendar answers with the work queue as a calendar to subscribe to.
func (s *server) findingsCalendar(c *gin.Context) error {
	in := queryOf(c)
	f, err := s.findings(c, in)
	if err != nil {
		return err
	}
	var known []string
	if day := asOfDay(c.Request.Context()); day != 0 {
		known = []string{"known", day.String()}
	}
	if err := s.noteFeed(c, "findings.ics", views.FindingsURL("", f.Query, known...)); err != nil {
		return err
	}
	found := make([]models.Finding, len(f.Rows))
	for i, x := range f.Rows {
		found[i] = x.Finding
	}
	lang := views.MatchLanguage(in.text("lang"), c.GetHeader("Accept-Language"))
	if err := s.spooled(c); err != nil {
		return err
	}
	c.Header("Content-Type", "text/calendar; charset=utf-8")
	c.Header("Content-Disposition", `inline; filename="samband-findings.ics"`)
	vary(c, "Accept-Language, Authorization, Cookie")
	c.Status(http.StatusOK)
	return s.site.FindingsCalendar(c.Writer, lang, s.now(), s.today(), f.Directory, found,
		views.AwayFor(f.Directory, in.state("state"), s.today()))
}

// noteFeed notes in the trail who downloads a calendar, like any file. Programs
// fetch it every hour, so it is noted once a day for each account and filter:
// auditors need no more.
func (s *server) noteFeed(c *gin.Context, what, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	filter, asked := filterOf(u.Query())
	e := db.Event{Action: "export", Noun: "file", Filter: asked, About: []any{"what", what, "filter", filter}}
	ctx := c.Request.Context()
	known, err := s.store.Noted(ctx, visitorOf(ctx).account.ID, e, s.midnight(s.today()))
	if err != nil || known {
		return err
	}
	return s.write(c, func(tx *db.Tx) error { return tx.Note(e) })
}

package handlers

import (
	"cmp"
	"net/http"
	"slices"
	"sync"
	"weak"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// soonDays is how far ahead the front page looks for terms that end.
const soonDays = 91

// mostLines bounds the front page's lists.
const mostLines = 12

// A standing is how all postings stand on a day: worked out once for each
// directory, since it looks at everything.
type standing struct {
	day      models.Date
	findings []models.Finding
	front    views.Front
	// named is where each finding stands, by its name: worked out when first
	// asked for, which is when some are put off.
	named func() map[string]int
}

func newStanding(d *models.Directory, on models.Date, limits models.Limits) *standing {
	found := d.Findings(on, limits)
	return &standing{day: on, findings: found, named: sync.OnceValue(func() map[string]int {
		at := make(map[string]int, len(found))
		for i, f := range found {
			at[f.Name()] = i
		}
		return at
	})}
}

// standingOf returns how things stand today.
func (s *server) standingOf(d *models.Directory) *standing {
	today, from := s.today(), weak.Make(d)
	s.mu.Lock()
	known := s.standing[from]
	s.mu.Unlock()
	if known != nil && known.day == today {
		return known
	}
	now := newStanding(d, today, s.limits)
	now.lookOver(d)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.standing) >= mostDirectories || s.standing == nil {
		s.standing = map[weak.Pointer[models.Directory]]*standing{}
	}
	s.standing[from] = now
	return now
}

// lookOver fills in what the front page says.
func (now *standing) lookOver(d *models.Directory) {
	statuses, severities := map[models.Status]int{}, map[models.Severity]int{}
	soon := models.Period{First: now.day, Last: now.day + soonDays}
	f := &now.front
	for _, p := range d.Posts() {
		statuses[p.StatusOn(now.day)]++
		for _, a := range p.Assignments {
			if soon.Has(a.Last) {
				f.Ending = append(f.Ending, views.LineOf(d, p, a))
			}
			if a.First > now.day {
				f.Starting = append(f.Starting, views.LineOf(d, p, a))
			}
		}
	}
	for _, x := range now.findings {
		severities[x.Severity]++
	}
	for _, status := range []models.Status{models.Held, models.Vacant, models.Suspended, models.Planned} {
		f.Counts = append(f.Counts, views.Count[models.Status]{Of: status, N: statuses[status]})
	}
	for _, severity := range models.Severities() {
		f.Findings = append(f.Findings, views.Count[models.Severity]{Of: severity, N: severities[severity]})
	}
	f.Ending = firstLines(f.Ending, func(l views.AssignmentLine) models.Date { return l.Assignment.Last })
	f.Starting = firstLines(f.Starting, func(l views.AssignmentLine) models.Date { return l.Assignment.First })
}

// showFront shows the main question, and how things stand.
func (s *server) showFront(c *gin.Context) error {
	if rights := rightsOf(c.Request.Context()); !rights.Reads() {
		c.Redirect(http.StatusSeeOther, home(rights))
		return nil
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	now := s.standingOf(d)
	off, err := s.putOff(c.Request.Context(), now)
	if err != nil {
		return err
	}
	data := now.front
	data.Findings = slices.Clone(data.Findings)
	for i := range off {
		data.Findings[slices.Index(models.Severities(), now.findings[i].Severity)].N--
	}
	data.Question = s.questionForm(c, queryOf(c))
	return show(s, c, http.StatusOK, views.FrontPage, data)
}

// firstLines returns the first few lines by a day of theirs.
func firstLines(lines []views.AssignmentLine, day func(views.AssignmentLine) models.Date) []views.AssignmentLine {
	slices.SortStableFunc(lines, func(a, b views.AssignmentLine) int { return cmp.Compare(day(a), day(b)) })
	return lines[:min(len(lines), mostLines)]
}

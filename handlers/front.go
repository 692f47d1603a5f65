package handlers

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// soonDays is how far ahead the front page looks for terms that end.
const soonDays = 91

// mostLines bounds the front page's lists.
const mostLines = 12

// showFront shows the main question, and how things stand.
func (s *server) showFront(c *gin.Context) error {
	d, err := s.store.Directory(c.Request.Context())
	if err != nil {
		return err
	}
	today := s.today()
	data := views.Front{Question: s.questionForm(c, queryOf(c))}
	statuses, severities := map[models.Status]int{}, map[models.Severity]int{}
	soon := models.Period{First: today, Last: today + soonDays}
	for _, p := range d.Posts() {
		statuses[p.StatusOn(today)]++
		for _, a := range p.Assignments {
			if soon.Has(a.Last) {
				data.Ending = append(data.Ending, views.LineOf(d, p, a))
			}
			if a.First > today {
				data.Starting = append(data.Starting, views.LineOf(d, p, a))
			}
		}
	}
	for _, f := range d.Findings(today, s.limits) {
		severities[f.Severity]++
	}
	for _, status := range []models.Status{models.Held, models.Vacant, models.Suspended, models.Planned} {
		data.Counts = append(data.Counts, views.Count[models.Status]{Of: status, N: statuses[status]})
	}
	for _, severity := range models.Severities() {
		data.Findings = append(data.Findings, views.Count[models.Severity]{Of: severity, N: severities[severity]})
	}
	data.Ending = firstLines(data.Ending, func(l views.AssignmentLine) models.Date { return l.Assignment.Last })
	data.Starting = firstLines(data.Starting, func(l views.AssignmentLine) models.Date { return l.Assignment.First })
	return show(s, c, http.StatusOK, views.FrontPage, data)
}

// firstLines returns the first few lines by a day of theirs.
func firstLines(lines []views.AssignmentLine, day func(views.AssignmentLine) models.Date) []views.AssignmentLine {
	slices.SortStableFunc(lines, func(a, b views.AssignmentLine) int { return cmp.Compare(day(a), day(b)) })
	return lines[:min(len(lines), mostLines)]
}

package views

import (
	"strings"
	"testing"

	"samband/models"
)

// TestTimelineHoldsAnyLife draws postings of every age: the picture is sound
// XML, without a measure that is no number or lies outside it, and never long.
func TestTimelineHoldsAnyLife(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	const today = models.Date(739_000)
	days := []models.Date{1, today.Years(-40), today.Years(-2), today - 1, today, today + 1, today.Years(2) - 1, today.Years(2),
		today.Years(2) + 1, today.Years(7), today.Years(9), models.Forever - 1}
	for _, opened := range days {
		for _, closed := range append(days, models.Forever) {
			if closed < opened {
				continue
			}
			p := *post
			p.Opened, p.Closed = opened, closed
			for _, assignments := range [][]models.Assignment{nil, post.Assignments,
				{{ID: 1, OfficerID: 11, Period: models.Period{First: opened, Last: closed}}}} {
				p.Assignments = assignments
				svg := string(s.Timeline("en", d, &p, today))
				if complaint := unsoundPicture(svg); complaint != "" {
					t.Fatalf("%v to %v: %s in %s", opened, closed, complaint, svg)
				}
			}
		}
	}
}

func unsoundPicture(svg string) string {
	for _, wrong := range []string{"NaN", "Inf", ` x="-`, ` x1="-`, ` x2="-`, ` width="-`, ` height="-`} {
		if strings.Contains(svg, wrong) {
			return wrong
		}
	}
	if len(svg) > 10_000 {
		return "too much"
	}
	if !strings.Contains(svg, "<rect") {
		return "nothing"
	}
	return unsoundMarkup(svg)
}

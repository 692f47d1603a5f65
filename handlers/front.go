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

// aheadMonths is how far ahead the front page looks.
const aheadMonths = 12

// mostLines is how long the front page's lists are at most.
const mostLines = 12

// A standing is how all postings stand on a day. It looks at everything, so it
// is worked out once for each directory.
type standing struct {
	day      models.Date
	findings []models.Finding
	fronts   map[frontKey]views.Front
	since    map[sinceKey]models.Changes
	// named returns the index of each finding by its name. It is worked out on
	// the first call: only postponed findings need it.
	named func() map[string]int
	// perPosting returns how many findings are about each posting.
	perPosting func() map[int64]int
}

// A frontKey says whom a front page is for: a coordinator or a partner, of one
// state or of all five.
type frontKey struct {
	own          models.State
	coordinating bool
}

func newStanding(d *models.Directory, on models.Date, limits models.Limits) *standing {
	found := d.Findings(on, limits)
	return &standing{day: on, findings: found, fronts: map[frontKey]views.Front{},
		named: sync.OnceValue(func() map[string]int {
			at := make(map[string]int, len(found))
			for i, f := range found {
				at[f.Name()] = i
			}
			return at
		}),
		perPosting: sync.OnceValue(func() map[int64]int {
			n := map[int64]int{}
			for _, f := range found {
				if f.Post != nil {
					n[f.Post.ID]++
				}
			}
			return n
		})}
}

// findingCounts returns how many findings are about each posting on a day.
func (s *server) findingCounts(d *models.Directory, on models.Date) map[int64]int {
	stand := s.standingOf(d)
	if on != stand.day {
		stand = newStanding(d, on, s.limits)
	}
	return stand.perPosting()
}

// standingOf returns how things stand today, from the cache if it can.
func (s *server) standingOf(d *models.Directory) *standing {
	today, from := s.today(), weak.Make(d)
	s.mu.Lock()
	known := s.standing[from]
	s.mu.Unlock()
	if known != nil && known.day == today {
		return known
	}
	now := newStanding(d, today, s.limits)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.standing) >= mostDirectories || s.standing == nil {
		s.standing = map[weak.Pointer[models.Directory]]*standing{}
	}
	s.standing[from] = now
	return now
}

// front returns what the front page shows for a key.
func (s *server) front(d *models.Directory, key frontKey) views.Front {
	now := s.standingOf(d)
	s.mu.Lock()
	known, ok := now.fronts[key]
	s.mu.Unlock()
	if ok {
		return known
	}
	f := views.Front{Own: key.own, Coordinating: key.coordinating, Until: now.day.Months(aheadMonths)}
	if key.coordinating {
		now.coordinate(d, &f)
	} else if key.own != "" {
		now.lookAhead(d, &f)
	}
	now.count(d, &f)
	s.mu.Lock()
	defer s.mu.Unlock()
	now.fronts[key] = f
	return f
}

// count fills in how many postings and findings there are of each status and
// severity: the state's own for a coordinator of one, otherwise all.
func (now *standing) count(d *models.Directory, f *views.Front) {
	statuses, severities := map[models.Status]int{}, map[models.Severity]int{}
	whose := f.Whose()
	for _, p := range d.Posts() {
		if whose == "" || d.Sending(p).Country == whose {
			statuses[p.StatusOn(now.day)]++
		}
	}
	for _, x := range now.findings {
		if whose == "" || x.Concerns(whose) {
			severities[x.Severity]++
		}
	}
	for _, status := range []models.Status{models.Held, models.Vacant, models.Suspended, models.Planned} {
		f.Counts = append(f.Counts, views.Count[models.Status]{Of: status, N: statuses[status]})
	}
	for _, severity := range models.Severities() {
		f.Findings = append(f.Findings, views.Count[models.Severity]{Of: severity, N: severities[severity]})
	}
}

// coordinate fills in which terms end within a year, and which are yet to
// begin.
func (now *standing) coordinate(d *models.Directory, f *views.Front) {
	ahead, whose := models.Period{First: now.day, Last: f.Until}, f.Whose()
	for _, p := range d.Posts() {
		if whose != "" && d.Sending(p).Country != whose {
			continue
		}
		for _, a := range p.Assignments {
			term := p.Term(a)
			if ahead.Has(term.Last) {
				f.Ending = append(f.Ending, views.LineOf(d, p, a))
			}
			if term.First > now.day {
				f.Starting = append(f.Starting, views.LineOf(d, p, a))
			}
		}
	}
	for _, months := range []int{3, 6, 12} {
		n := 0
		for _, l := range f.Ending {
			if l.Officer.ID > 0 && l.Term().Last <= now.day.Months(months) { // the list has no terms whose holders are hidden
				n++
			}
		}
		f.EndingWithin = append(f.EndingWithin, views.Count[int]{Of: months, N: n})
	}
	for month := range months(now.day) {
		n := 0
		for _, l := range f.Ending {
			if month.Has(l.Term().Last) {
				n++
			}
		}
		f.Months = append(f.Months, views.Count[models.Period]{Of: month, N: n})
	}
	f.Ending = firstLines(f.Ending, func(l views.AssignmentLine) models.Date { return l.Term().Last })
	f.Starting = firstLines(f.Starting, func(l views.AssignmentLine) models.Date { return l.Term().First })
}

// lookAhead fills in what a state gains and loses within a year, and its
// contact points.
func (now *standing) lookAhead(d *models.Directory, f *views.Front) {
	f.Ahead = models.ChangesFor(f.Own, d, now.day, d, f.Until)
	var days []models.Date
	var of []models.Period
	for month := range months(now.day) {
		days, of = append(days, max(month.First, now.day)), append(of, month)
	}
	for i, n := range d.AnsweredPlaces(f.Own, days) {
		f.Months = append(f.Months, views.Count[models.Period]{Of: of[i], N: n})
	}
	for _, m := range models.Matters() {
		f.Contacts = append(f.Contacts, d.Fallback(f.Own, m)...)
	}
	slices.SortFunc(f.Contacts, func(a, b models.ContactPoint) int { return cmp.Compare(a.ID, b.ID) })
	f.Contacts = slices.Compact(f.Contacts)
}

// months yields the month that a day is in and the aheadMonths after it.
func months(day models.Date) func(func(models.Period) bool) {
	_, _, of := day.Civil()
	first := day - models.Date(of) + 1
	return func(yield func(models.Period) bool) {
		for i := range aheadMonths + 1 {
			if !yield(models.Period{First: first.Months(i), Last: first.Months(i+1) - 1}) {
				return
			}
		}
	}
}

// showFront shows the main question, and how things stand for the visitor.
func (s *server) showFront(c *gin.Context) error {
	rights := rightsOf(c.Request.Context())
	if !rights.Reads() {
		c.Redirect(http.StatusSeeOther, home(rights))
		return nil
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	key := frontKey{ownState(rights), rights.Holds(models.Coordinator)}
	if key.own == "" && !key.coordinating {
		key.own = s.usualState(c)
	}
	data := s.front(d, key)
	stand := s.standingOf(d)
	off, err := s.putOff(c.Request.Context(), stand)
	if err != nil {
		return err
	}
	data.Findings = slices.Clone(data.Findings)
	for i := range off {
		if x := stand.findings[i]; data.Whose() == "" || x.Concerns(data.Whose()) {
			data.Findings[slices.Index(models.Severities(), x.Severity)].N--
		}
	}
	data.Question = s.questionForm(c, queryOf(c), d)
	if v := visitorOf(c.Request.Context()); !v.token {
		if data.LastVisit, err = s.store.LastVisit(c.Request.Context(), v.account.ID, s.today()); err != nil {
			return err
		}
		if data.LastVisit != 0 {
			if err := s.sinceVisit(c.Request.Context(), d, &data); err != nil {
				return err
			}
		}
	}
	if err := s.following(c.Request.Context(), d, &data); err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.FrontPage, data)
}

// firstLines sorts lines by a day, and returns the first mostLines of them.
func firstLines(lines []views.AssignmentLine, day func(views.AssignmentLine) models.Date) []views.AssignmentLine {
	slices.SortStableFunc(lines, func(a, b views.AssignmentLine) int { return cmp.Compare(day(a), day(b)) })
	return lines[:min(len(lines), mostLines)]
}

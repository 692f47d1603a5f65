package views

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/models"
	"samband/views/picture"
)

// TimelinePage shows many postings over some time.
var TimelinePage = page[Timeline]("timeline")

// What a timeline shows: in months, and on one page.
const (
	MostMonths  = 180
	UsualMonths = 60
	// One page has at most so many postings and lines (see TimelineLines): it is
	// then less than a megabyte.
	MostPostings = 300
	MostLines    = 3000
)

// A Timeline has postings down and time across, with the filters of the list of
// postings.
type Timeline struct {
	List[*models.Post]
	Directory *models.Directory
	Months    int
	Shown     models.Period
	Today     models.Date
	Limits    models.Limits // its HandoverDays: a longer overlap is remarked on
}

// TimelineDays returns the period of so many months from a day on, within the
// calendar.
func TimelineDays(from models.Date, months int) models.Period {
	last := from.Months(months)
	if !last.Open() {
		last--
	}
	return models.Period{First: from, Last: last}
}

// TimelineFrom returns the first day of a timeline around a day: the beginning of
// a month, quarter or year, a third of the length before that day. The larger
// part lies ahead, as that is what coordinators plan.
func TimelineFrom(day models.Date, months int) models.Date {
	return picture.Beginning(day.Months(-months/3), months)
}

// to returns the address of the same postings over other days.
func (t Timeline) to(from models.Date, months int) string {
	v := url.Values{}
	for name, values := range t.Query {
		if strings.Join(values, "") != "" {
			v[name] = values
		}
	}
	v.Set("from", from.String())
	v.Set("months", strconv.Itoa(months))
	return t.Path + "?" + v.Encode()
}

// A Zoom is another length of a timeline.
type Zoom struct {
	Months  int
	URL     string
	Current bool
}

// Zooms returns the lengths to choose from, around today if that is shown, else
// around the middle.
func (t Timeline) Zooms() (all []Zoom) {
	for _, months := range []int{6, 12, 36, 60, 120, MostMonths} {
		from := TimelineFrom(t.Today, months)
		if !t.Shown.Has(t.Today) {
			middle := t.Shown.First + models.Date(t.Shown.Days()/2)
			from = picture.Beginning(middle.Months(-months/2), months)
		}
		all = append(all, Zoom{months, t.to(from, months), months == t.Months})
	}
	return all
}

// Years returns the length in years, 0 for less than one.
func (z Zoom) Years() int { return z.Months / 12 }

// Earlier returns the address of the timeline half its length earlier, "" at the
// beginning of the calendar.
func (t Timeline) Earlier() string {
	if t.Shown.First == 1 {
		return ""
	}
	return t.to(t.Shown.First.Months(-t.step()), t.Months)
}

// Later returns the address of the timeline half its length later, "" at the end
// of the calendar.
func (t Timeline) Later() string {
	if t.Shown.Last.Open() {
		return ""
	}
	return t.to(t.Shown.First.Months(t.step()), t.Months)
}

func (t Timeline) step() int { return max(1, t.Months/2) }

// Now returns the address of the days around today.
func (t Timeline) Now() string { return t.to(TimelineFrom(t.Today, t.Months), t.Months) }

// File returns the address of a file of the assignments, with the same filters.
func (t Timeline) File(as string) string {
	v := url.Values{}
	for name, values := range t.Query {
		if name != "from" && name != "months" && name != "sort" {
			v[name] = values
		}
	}
	return fileURL("/assignments", v, as)
}

// TimelineLines returns how many bars, and lines in words, a posting takes.
func TimelineLines(p *models.Post, shown models.Period) int { return len(picture.Stretches(p, shown)) }

// groups returns the postings by region, in the order of regions and then of the
// list.
func (t Timeline) groups() (groups [][]*models.Post) {
	by := map[models.Region][]*models.Post{}
	for _, p := range t.Rows {
		by[p.HostCountry.Region()] = append(by[p.HostCountry.Region()], p)
	}
	for _, region := range slices.Concat(models.Regions(), []models.Region{""}) {
		if posts := by[region]; len(posts) > 0 {
			groups = append(groups, posts)
		}
	}
	return groups
}

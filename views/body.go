package views

import (
	"net/url"
	"slices"

	"samband/models"
)

// The pages about bodies.
var (
	BodiesPage = page[Bodies]("bodies")
	BodyPage   = page[Body]("body")
)

// BodyPath returns the address of a body, which is its key.
func BodyPath(b models.Body) string {
	return "/bodies/" + string(b.Key)
}

// A DayPage is a page of a day, whose links lead to others of the same day.
type DayPage struct {
	Directory *models.Directory // called as on the day
	Picker    DayPicker
}

// On returns the day.
func (p DayPage) On() models.Date { return p.Picker.On }

// To returns the address of a body on the day of the page, and as known then.
func (p DayPage) To(b *models.Body) string { return p.to(BodyPath(*b)) }

func (p DayPage) to(path string) string {
	v := url.Values{}
	for _, name := range []string{"on", "known"} {
		if day := p.Picker.Query.Get(name); day != "" {
			v.Set(name, day)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// Bodies are all bodies as a tree.
type Bodies struct {
	DayPage
	Lines []BodyLine
}

// Report returns the address of the report who sits where, on the same day.
func (b Bodies) Report() string { return b.to("/reports/bodies") }

// A BodyLine is a body in the tree, on the day of the page.
type BodyLine struct {
	Body   *models.Body
	Parent *models.Body // nil at the top
	Depth  int
	// Members counts the full members, and States are those of the five among them.
	Members int
	States  []models.State
	Chairs  []models.Named
	// Open counts what it hosts and is open, Held what of that somebody holds.
	Open, Held int
}

// deepest is how many levels of the tree are set off from each other.
const deepest = 5

// Indent returns how far the line is set off.
func (l BodyLine) Indent() int { return min(l.Depth, deepest) }

// NewBodies puts the bodies into a tree, on each level in the order of a language.
func (s *Site) NewBodies(lang string, p DayPage) Bodies {
	children := map[models.BodyKey][]*models.Body{}
	for _, b := range p.Directory.Bodies() {
		children[b.Parent] = append(children[b.Parent], b)
	}
	order := newOrder(lang)
	page := Bodies{DayPage: p}
	var under func(parent *models.Body, key models.BodyKey, depth int)
	under = func(parent *models.Body, key models.BodyKey, depth int) {
		slices.SortStableFunc(children[key], func(a, b *models.Body) int { return order.CompareString(s.body(lang, *a), s.body(lang, *b)) })
		for _, b := range children[key] {
			page.Lines = append(page.Lines, p.line(b, parent, depth))
			under(b, b.Key, depth+1)
		}
	}
	under(nil, "", 0)
	return page
}

func (p DayPage) line(b, parent *models.Body, depth int) BodyLine {
	l := BodyLine{Body: b, Parent: parent, Depth: depth, Chairs: p.leading(b.ChairsOn(p.On()))}
	for _, m := range b.MembersOn(p.On()) {
		if m.Role != models.FullMember {
			continue
		}
		l.Members++
		if s := models.State(m.Country); s.Valid() {
			l.States = append(l.States, s)
		}
	}
	slices.Sort(l.States)
	for _, post := range p.Directory.Hosted(b.Key) {
		if post.Life().Has(p.On()) {
			l.Open++
		}
		if post.StatusOn(p.On()) == models.Held {
			l.Held++
		}
	}
	return l
}

// leading names those who take a chair.
func (p DayPage) leading(chairs []models.Chair) (named []models.Named) {
	for _, c := range chairs {
		at, _ := c.Country.Place()
		named = append(named, p.Directory.Name(at))
	}
	return named
}

// A Body is the page of one.
type Body struct {
	DayPage
	Body *models.Body
	// Latest is the body as it is called last, whatever it is called on the day: nil if
	// that is the same.
	Latest   *models.Body
	Findings []models.Finding
	History  History
	Remarks  Remarks
	Follow   *FollowButton // nil as of an earlier day
	// Members and Chairs are all there are on some day: first those of the page's day.
	Members, Chairs []PartyLine
	// Seats are what it hosts on the day or later, Former what it once did.
	Seats, Former []SeatLine
}

// A PartyLine is a member or a chair of a body, on some days.
type PartyLine struct {
	Place models.Named
	Role  models.Membership // "" for a chair
	models.Period
	When models.Status // held on the page's day, closed before it, planned after it
}

// A SeatLine is a posting that a body hosts, and whom to turn to there.
type SeatLine struct {
	Post    *models.Post
	Agency  models.Agency
	Status  models.Status
	Answers []models.Answer
}

// NewBody returns the page of a body, with its lists in the order of a language.
func (s *Site) NewBody(lang string, p DayPage, b *models.Body) Body {
	page := Body{DayPage: p, Body: b}
	for _, m := range b.Members {
		page.Members = append(page.Members, p.party(b, m.Country, m.Role, m.Period))
	}
	for _, c := range b.Chairs {
		page.Chairs = append(page.Chairs, p.party(b, c.Country, "", c.Period))
	}
	order := newOrder(lang)
	slices.SortStableFunc(page.Members, func(a, b PartyLine) int {
		if a.When != b.When {
			return slices.Index(whens, a.When) - slices.Index(whens, b.When)
		}
		if a.Role != b.Role {
			return slices.Index(models.Memberships(), a.Role) - slices.Index(models.Memberships(), b.Role)
		}
		return order.CompareString(s.word(lang, a.Place), s.word(lang, b.Place))
	})
	slices.SortStableFunc(page.Chairs, func(a, b PartyLine) int { return int(b.First - a.First) })
	for _, post := range p.Directory.Hosted(b.Key) {
		line := SeatLine{post, p.Directory.Sending(post), post.StatusOn(p.On()), p.Directory.AnswersAt(post, p.On())}
		if line.Status == models.Closed {
			page.Former = append(page.Former, line)
		} else {
			page.Seats = append(page.Seats, line)
		}
	}
	for _, lines := range [][]SeatLine{page.Seats, page.Former} {
		slices.SortStableFunc(lines, func(a, b SeatLine) int { return models.CompareAgencies(a.Agency, b.Agency) })
	}
	return page
}

// whens are the standings of a list's lines in the order in which they come.
var whens = []models.Status{models.Held, models.Planned, models.Closed}

func (p DayPage) party(b *models.Body, of models.Party, role models.Membership, days models.Period) PartyLine {
	at, _ := of.Place()
	return PartyLine{p.Directory.Name(at), role, days, whenOn(days.And(b.Life()), p.On())}
}

// whenOn says how days lie to a day.
func whenOn(days models.Period, on models.Date) models.Status {
	switch {
	case days.Has(on):
		return models.Held
	case days.First > on:
		return models.Planned
	}
	return models.Closed
}

// Parent returns the body above, nil if there is none.
func (b Body) Parent() *models.Body { return b.Directory.Body(b.Body.Parent) }

// Under returns the bodies below.
func (b Body) Under() []*models.Body { return b.Directory.Children(b.Body.Key) }

// Leading returns who takes the chair on the day, Next who does after that, and from
// when.
func (b Body) Leading() []models.Named { return b.leading(b.Body.ChairsOn(b.On())) }
func (b Body) Next() []models.Named    { return b.leading(b.Body.NextChairs(b.On())) }
func (b Body) NextFrom() models.Date {
	for _, c := range b.Body.NextChairs(b.On()) {
		return c.First
	}
	return 0
}

// Lives returns how the day lies to the life of the body.
func (b Body) Lives() models.Status { return whenOn(b.Body.Life(), b.On()) }

// Projects returns the projects under the body, the latest first.
func (b Body) Projects() (lines []ProjectLine) {
	for _, p := range slices.Backward(b.Directory.Projects()) {
		if p.Body == b.Body.Key {
			lines = append(lines, lineOfProject(b.Directory, p, b.On()))
		}
	}
	return lines
}

// Ask returns the address of the question who represents a state at the body.
func (b Body) Ask(s models.State) string {
	v := url.Values{"state": {string(s)}, "matter": {string(models.Police)}, "place": {models.Place{Body: b.Body.Key}.String()}, "on": {b.On().String()}}
	if known := b.Picker.Known(); known != "" {
		v.Set("known", known)
	}
	return "/represent?" + v.Encode()
}

// Own returns the body's own name, where the reader is shown another one, and its
// English name for other readers.
func (b Body) Own(lang string) string {
	if lang == "en" && b.Body.NameEn != "" && b.Body.NameEn != b.Body.Name {
		return b.Body.Name
	}
	return ""
}

// InEnglish returns the English name, where the reader is shown another one.
func (b Body) InEnglish(lang string) string {
	if lang != "en" && b.Body.NameEn != b.Body.Name {
		return b.Body.NameEn
	}
	return ""
}

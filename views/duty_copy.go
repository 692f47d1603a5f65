package views

import (
	"encoding/json"
	"fmt"
	"slices"

	"samband/models"
)

// What is in a copy, as the script in the file reads it: assets/duty.js. Texts are in
// the language of its maker. What is told of several is told once, and referred to by
// index.
type (
	dutyData struct {
		State    string                  `json:"state"`
		Made     string                  `json:"made"`
		By       string                  `json:"by"`
		Revision int64                   `json:"revision"`
		Days     []string                `json:"days"`
		Words    map[string]string       `json:"words"`
		Points   []dutyPoint             `json:"points"`
		People   []dutyPerson            `json:"people"`
		Fallback map[models.Matter][]int `json:"fallback"`
		Places   []dutyPlace             `json:"places"`
		points   map[int64]int           // index, by ID
		people   map[int64]int           // index, by ID of the officer
		size     int                     // of what is in Places, in bytes
	}
	dutyPoint struct {
		Name  string `json:"name"`
		Phone string `json:"phone,omitempty"`
		Dial  string `json:"dial,omitempty"` // the phone, as a link takes it
		Email string `json:"email,omitempty"`
		Hours string `json:"hours,omitempty"`
	}
	dutyPerson struct {
		Name   string `json:"name"`
		Rank   string `json:"rank,omitempty"`
		Agency string `json:"agency"`
		Phone  string `json:"phone,omitempty"`
		Dial   string `json:"dial,omitempty"`
		Email  string `json:"email,omitempty"`
	}
	dutyPlace struct {
		Code  string   `json:"code"`
		Name  string   `json:"name"`
		Found []string `json:"found"` // every spelling by which it is found, folded
		Home  bool     `json:"home,omitempty"`
		// Runs are the runs of days with the same reply, in order: none where no posting
		// covers the place on any day.
		Runs map[models.Matter][]dutyRun `json:"runs,omitempty"`
	}
	dutyRun struct {
		First int             `json:"first"` // index of a day
		Last  int             `json:"last"`
		Reply json.RawMessage `json:"reply"` // a dutyReply
	}
	dutyReply struct {
		Answers []dutyAnswer `json:"answers"`
		WhyNot  []dutyWhyNot `json:"why_not,omitempty"`
		Next    string       `json:"next,omitempty"` // a day
		Then    string       `json:"then,omitempty"`
	}
	dutyAnswer struct {
		Person   int    `json:"person"` // -1 where the holder is not in the copy
		Posting  string `json:"posting"`
		Resident bool   `json:"resident,omitempty"`
		Absent   string `json:"absent,omitempty"` // in words
		StandsIn bool   `json:"stands_in,omitempty"`
		Reason   string `json:"reason"`
		Via      []int  `json:"via,omitempty"` // contact points, where the person's own are not told
	}
	dutyWhyNot struct {
		Posting string `json:"posting"`
		Reason  string `json:"reason"`
	}
)

// dutyWords are what the script says, by the name that it has there.
var dutyWords = map[string]string{
	"hidden": "duty.not_in_copy", "resident": "represent.resident", "side": "represent.side", "stand_in": "absence.stand_in",
	"nobody": "represent.nobody", "home": "represent.home", "uncovered": "represent.uncovered", "via": "represent.contact_via",
	"no_route": "represent.no_route", "next": "represent.next", "no_change": "represent.no_change", "hours": "field.hours",
	"no_fallback": "duty.no_fallback", "none": "duty.none_found", "police": "matter.police", "customs": "matter.customs",
}

// DutyCopy makes a copy of a directory, which the zero Scope must have been given. It
// returns models.Problems if it would hold the contacts of more than MostContacts people
// or grow too large.
func (s *Site) DutyCopy(lang string, d *models.Directory, state models.State, days models.Period, by DutyMaker) (*DutyCopy, error) {
	c := &DutyCopy{State: state, Days: days}
	data := &dutyData{State: s.word(lang, state), Made: s.word(lang, by.At), By: by.By, Revision: by.Revision, Words: map[string]string{},
		Points: []dutyPoint{}, People: []dutyPerson{}, Fallback: map[models.Matter][]int{}, points: map[int64]int{}, people: map[int64]int{}}
	for name, key := range dutyWords {
		data.Words[name] = s.text(lang, key)
	}
	for _, m := range models.Matters() {
		data.Fallback[m] = data.pointsOf(d.Fallback(state, m))
	}
	s.dutyPlaces(lang, d, data, state)
	for day := days.First; day <= days.Last; day++ {
		data.Days = append(data.Days, day.String())
		if err := s.dutyDay(lang, d.NamedOn(day), data, c, day); err != nil {
			return nil, err
		}
	}
	for _, p := range data.Places {
		answered := 0
		for _, runs := range p.Runs {
			for _, r := range runs {
				if !r.empty() {
					answered++
				}
			}
		}
		c.Answers += answered
		if answered > 0 {
			c.Places++
		}
	}
	var err error
	if c.data, err = json.Marshal(data); err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	return c, nil
}

// dutyPlaces fills in all places, by name: those that nobody covers too, so that not
// finding one always means that it was mistyped.
func (s *Site) dutyPlaces(lang string, d *models.Directory, data *dutyData, state models.State) {
	places := d.Places()
	for _, c := range models.Countries() {
		if at := (models.Place{Country: c}); d.Covering(at) == nil {
			places = append(places, at)
		}
	}
	for _, at := range places {
		p := dutyPlace{Code: at.String(), Name: s.word(lang, d.Name(at)), Found: d.PlaceSpellings(at), Home: at.Country == state.Country()}
		if len(d.Covering(at)) > 0 {
			p.Runs = map[models.Matter][]dutyRun{}
		}
		data.Places = append(data.Places, p)
	}
	order := newOrder(lang)
	slices.SortStableFunc(data.Places, func(a, b dutyPlace) int { return order.CompareString(a.Name, b.Name) })
}

// dutyDay asks the main question of one day about each place that is covered. A reply
// that reads like that of the day before makes its run longer.
func (s *Site) dutyDay(lang string, d *models.Directory, data *dutyData, c *DutyCopy, day models.Date) error {
	today := len(data.Days) - 1
	for i := range data.Places {
		p := &data.Places[i]
		if p.Runs == nil {
			continue
		}
		at, _ := models.ParsePlace(p.Code)
		for _, m := range models.Matters() {
			reply := d.WhoRepresents(models.Question{State: c.State, Matter: m, Place: at, On: day})
			said, err := json.Marshal(s.dutyReply(lang, d, data, c, reply))
			if err != nil {
				return fmt.Errorf("views: %w", err)
			}
			runs := p.Runs[m]
			if n := len(runs); n > 0 && string(runs[n-1].Reply) == string(said) {
				runs[n-1].Last = today
				continue
			}
			p.Runs[m] = append(runs, dutyRun{today, today, said})
			data.size += len(said)
		}
		var ps models.Problems
		switch {
		case len(c.People) > MostContacts:
			ps = append(ps, models.Problem{Row: -1, Message: models.Say("problem.cards", "most", MostContacts)})
		case data.size > mostDutyData:
			ps = append(ps, models.Problem{Field: "last_day", Row: -1, Message: models.Say("problem.duty_size")})
		}
		if err := ps.Err(); err != nil {
			return err
		}
	}
	return nil
}

// dutyReply puts a reply into words.
func (s *Site) dutyReply(lang string, d *models.Directory, data *dutyData, c *DutyCopy, reply models.Reply) dutyReply {
	said := dutyReply{Answers: []dutyAnswer{}}
	for _, a := range reply.Answers {
		one := dutyAnswer{Person: -1, Posting: s.PostingTitle(lang, a.Post, a.Agency), Resident: a.Resident, StandsIn: a.StandsIn, Reason: s.Paragraph(lang, a.Reason)}
		if a.Absent {
			one.Absent = s.text(lang, "absence.away")
			if !a.AbsentUntil.Open() {
				one.Absent = s.Say(lang, models.Say("absence.away_until", "last", a.AbsentUntil))
			}
		}
		if !a.Officer.Hidden() {
			one.Person = s.dutyPerson(lang, d, data, c, a.Officer)
		}
		if !Takeable(a.Officer) {
			one.Via = data.pointsOf(d.Route(a.Agency))
		}
		said.Answers = append(said.Answers, one)
	}
	for _, w := range reply.WhyNot {
		said.WhyNot = append(said.WhyNot, dutyWhyNot{s.PostingTitle(lang, w.Post, d.Sending(w.Post)), s.Paragraph(lang, w.Reason)})
	}
	if reply.Next != nil {
		said.Next, said.Then = reply.Next.On.String(), s.Paragraph(lang, reply.Next.Reason)
	}
	return said
}

// dutyPerson returns the index of an officer, whose contacts are now in the copy if there
// are any.
func (s *Site) dutyPerson(lang string, d *models.Directory, data *dutyData, c *DutyCopy, o models.Officer) int {
	if i, there := data.people[o.ID]; there {
		return i
	}
	own := d.Agency(o.AgencyID)
	data.people[o.ID] = len(data.People)
	data.People = append(data.People, dutyPerson{o.Name, o.Rank, s.agency(lang, own), o.Phone, dutyDial(o.Phone, own.Country), o.Email})
	if Takeable(o) {
		c.People = append(c.People, o)
	}
	return data.people[o.ID]
}

// pointsOf returns the indexes of contact points.
func (data *dutyData) pointsOf(points []models.ContactPoint) []int {
	all := []int{}
	for _, p := range points {
		i, there := data.points[p.ID]
		if !there {
			i = len(data.Points)
			data.points[p.ID] = i
			data.Points = append(data.Points, dutyPoint{p.Name, p.Phone, dutyDial(p.Phone, p.State), p.Email, p.Hours})
		}
		all = append(all, i)
	}
	return all
}

// dutyDial returns a phone number as a link dials it, "" if it cannot be read as one.
func dutyDial(phone string, home models.State) string {
	dialled, _ := Dialled(phone, home.Country())
	return dialled
}

// empty reports whether nobody answers on the days of a run.
func (r dutyRun) empty() bool {
	const nobody = `{"answers":[]`
	return len(r.Reply) >= len(nobody) && string(r.Reply[:len(nobody)]) == nobody
}

package views

import "samband/models"

// BodiesJSON writes all bodies for programs, as they are called on a day.
func (s *Site) BodiesJSON(lang string, d *models.Directory, on models.Date, as AsOf) []byte {
	all := d.Bodies()
	j := jsonText{buf: make([]byte, 0, 256*(len(all)+1))}
	j.begin('{')
	j.field("on", on.String())
	s.jsonAsOf(&j, as)
	j.list("bodies", len(all), func(i int) { s.jsonBody(&j, lang, all[i]) })
	j.end('}')
	return append(j.buf, '\n')
}

// BodyJSON writes one body: who takes part and who leads on the day, whom to turn to
// at each of its seats or desks, and all its projects.
func (s *Site) BodyJSON(lang string, d *models.Directory, b *models.Body, on models.Date, as AsOf) []byte {
	j := jsonText{buf: make([]byte, 0, 4096)}
	j.begin('{')
	s.jsonBody(&j, lang, b)
	s.jsonAsOf(&j, as)
	members := b.MembersOn(on)
	j.list("members", len(members), func(i int) {
		j.field("country", string(members[i].Country))
		j.field("role", string(members[i].Role))
		j.days(members[i].Period)
	})
	for _, chair := range []struct {
		name string
		of   []models.Chair
	}{{"chair", b.ChairsOn(on)}, {"next_chair", b.NextChairs(on)}} {
		j.list(chair.name, len(chair.of), func(i int) {
			j.field("country", string(chair.of[i].Country))
			j.days(chair.of[i].Period)
		})
	}
	hosted := d.Hosted(b.Key)
	j.list("seats", len(hosted), func(i int) {
		j.field("posting", hosted[i].Key)
		j.orNull("role", string(hosted[i].Role))
		j.field("status", string(hosted[i].StatusOn(on)))
		answers := d.AnswersAt(hosted[i], on)
		j.list("answers", len(answers), func(i int) { s.jsonAnswer(&j, lang, answers[i]) })
	})
	var projects []models.Project
	for _, p := range d.Projects() {
		if p.Body == b.Key {
			projects = append(projects, p)
		}
	}
	j.list("projects", len(projects), func(i int) {
		j.field("key", projects[i].Key)
		j.field("title", projects[i].Title)
		j.field("area", string(projects[i].Area))
		j.field("lead_country", string(projects[i].LeadCountry))
		j.days(projects[i].Period)
	})
	j.end('}')
	return append(j.buf, '\n')
}

// jsonAsOf adds as of which day an answer is, and when the record begins if that is
// before it.
func (s *Site) jsonAsOf(j *jsonText, as AsOf) {
	if as.Known != 0 {
		j.field("known", as.Known.String())
	}
	if as.Begins != 0 {
		j.field("record_begins", as.Begins.String())
	}
}

// jsonBody adds what both answers say of a body.
func (s *Site) jsonBody(j *jsonText, lang string, b *models.Body) {
	j.field("key", string(b.Key))
	j.orNull("parent", string(b.Parent))
	j.field("kind", string(b.Kind))
	j.field("name", s.body(lang, *b))
	j.day("founded", b.Founded)
	j.day("ended", b.Ended)
	j.day("mandate_until", b.MandateUntil)
}

// days adds the first and the last day of a period, null where not known or open.
func (j *jsonText) days(p models.Period) {
	j.day("first_day", p.First)
	j.day("last_day", p.Last)
}

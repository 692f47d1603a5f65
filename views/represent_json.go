package views

import (
	"encoding/json"
	"unicode/utf8"

	"samband/models"
)

// RepresentJSON writes the answer to the main question for programs. The
// reasons are in the given language.
func (s *Site) RepresentJSON(lang string, q models.Question, as AsOf, r models.Reply) []byte {
	j := jsonText{buf: make([]byte, 0, 512+512*(len(r.Answers)+len(r.WhyNot)))}
	j.begin('{')
	j.field("state", string(q.State))
	j.field("matter", string(q.Matter))
	j.field("place", q.Place.String())
	j.field("on", q.On.String())
	s.jsonAsOf(&j, as)
	j.list("answers", len(r.Answers), func(i int) { s.jsonAnswer(&j, lang, r.Answers[i]) })
	j.list("why_not", len(r.WhyNot), func(i int) {
		w := r.WhyNot[i]
		j.field("posting", w.Post.Key)
		j.field("why", string(w.Why))
		j.field("reason", s.Paragraph(lang, w.Reason))
	})
	j.list("fallback", len(r.Fallback), func(i int) {
		f := r.Fallback[i]
		j.field("state", string(f.State))
		j.field("matter", string(f.Matter))
		j.field("name", f.Name)
		j.field("phone", f.Phone)
		j.field("email", f.Email)
	})
	j.name("next_change")
	if r.Next == nil {
		j.buf = append(j.buf, "null"...)
	} else {
		j.begin('{')
		j.field("on", r.Next.On.String())
		j.field("reason", s.Paragraph(lang, r.Next.Reason))
		j.end('}')
	}
	j.end('}')
	return append(j.buf, '\n')
}

func (s *Site) jsonAnswer(j *jsonText, lang string, a models.Answer) {
	j.field("assignment", a.Assignment.Key)
	j.field("officer", s.OfficerName(lang, a.Officer, a.Agency))
	j.field("posting", a.Post.Key)
	j.orNull("host_country", string(a.Post.HostCountry))
	j.orNull("host_city", a.Post.HostCity)
	j.orNull("host_organisation", string(a.Post.HostBody))
	j.field("sending_country", string(a.Agency.Country))
	j.field("agency_kind", string(a.Agency.Kind))
	j.name("resident")
	if a.Resident {
		j.buf = append(j.buf, "true"...)
	} else {
		j.buf = append(j.buf, "false"...)
	}
	term := a.Term()
	j.day("first_day", term.First)
	j.day("last_day", term.Last)
	if a.Absent {
		j.name("absent")
		j.begin('{')
		j.day("until", a.AbsentUntil)
		j.end('}')
	}
	if a.For.Post != nil {
		j.field("stands_in_for", a.For.Key)
	}
	j.field("reason", s.Paragraph(lang, a.Reason))
}

// jsonText appends JSON in a fixed order of keys, without reflection: the
// main question is the one answer that programs ask for all day, and
// docs/performance.md says what encoding/json would add to it.
type jsonText struct {
	buf  []byte
	more bool // something precedes it in the same object or list
}

func (j *jsonText) begin(bracket byte) {
	j.buf = append(j.buf, bracket)
	j.more = false
}

func (j *jsonText) end(bracket byte) {
	j.buf = append(j.buf, bracket)
	j.more = true
}

func (j *jsonText) comma() {
	if j.more {
		j.buf = append(j.buf, ',')
	}
	j.more = true
}

// name adds the name of a value that the caller is to add.
func (j *jsonText) name(name string) {
	j.comma()
	j.buf = append(j.buf, '"')
	j.buf = append(j.buf, name...)
	j.buf = append(j.buf, '"', ':')
}

func (j *jsonText) field(name, value string) {
	j.name(name)
	j.buf = appendJSON(j.buf, value)
}

// orNull adds a text, null if it is empty.
func (j *jsonText) orNull(name, value string) {
	if value != "" {
		j.field(name, value)
		return
	}
	j.name(name)
	j.buf = append(j.buf, "null"...)
}

// day adds a day, null where it is open or not given.
func (j *jsonText) day(name string, d models.Date) {
	j.name(name)
	if d <= 0 || d.Open() {
		j.buf = append(j.buf, "null"...)
		return
	}
	j.buf = append(j.buf, '"')
	j.buf = append(d.Append(j.buf), '"')
}

// list adds n objects, each with the fields that item adds.
func (j *jsonText) list(name string, n int, item func(i int)) {
	j.name(name)
	j.begin('[')
	for i := range n {
		j.comma()
		j.begin('{')
		item(i)
		j.end('}')
	}
	j.end(']')
}

// appendJSON adds s as a JSON string. Most text has nothing to escape and is
// copied; encoding/json quotes the rest.
func appendJSON(b []byte, s string) []byte {
	for _, c := range s { // a byte that is no UTF-8 is the replacement character
		if c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029' || c == utf8.RuneError {
			quoted, _ := json.Marshal(s) // a string cannot fail
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

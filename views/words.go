package views

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samband/models"
	"samband/views/picture"
)

// readTexts reads the sentences of a language: a flat JSON object.
func readTexts(lang string) (map[string]string, error) {
	b, err := files.ReadFile("lang/" + lang + ".json")
	if err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(b, &texts); err != nil {
		return nil, fmt.Errorf("views: lang/%s.json: %w", lang, err)
	}
	return texts, nil
}

// readSentences reads the sentences of a language, and ties those for an open
// end to the others.
func readSentences(lang string) (map[string]*sentence, error) {
	texts, err := readTexts(lang)
	if err != nil {
		return nil, err
	}
	f, all := formsOf(lang), make(map[string]*sentence, len(texts))
	for key, text := range texts {
		if all[key], err = readSentence(text, f); err != nil {
			return nil, fmt.Errorf("views: lang/%s.json: %s: %w", lang, key, err)
		}
	}
	for key, one := range all {
		one.open = all[key+"_open"]
	}
	return all, nil
}

// sentence returns the sentence of a key: in English where the language has none,
// nil where English has none either.
func (s *Site) sentence(lang, key string) *sentence {
	if one := s.tongue(lang).sentences[key]; one != nil {
		return one
	}
	return s.tongue("").sentences[key]
}

// Say puts a message into words, each argument written as the language writes it.
// Where a day that the sentence names is an open end, the sentence of the key with
// "_open" appended is used, if there is one. A key without a sentence is returned
// as it is: a test finds it.
func (s *Site) Say(lang string, m models.Message) string {
	var b strings.Builder
	s.say(&b, lang, m)
	return b.String()
}

func (s *Site) say(b *strings.Builder, lang string, m models.Message) {
	one := s.sentence(lang, m.Key)
	if one == nil {
		b.WriteString(m.Key)
		return
	}
	if one.open != nil && slices.ContainsFunc(one.names, func(name string) bool { return argument(m, name) == models.Forever }) {
		one = one.open
	}
	b.Grow(2 * one.size)
	s.write(b, lang, m, one, one.parts, nil)
}

// write writes parts of a sentence, inside a plural of the number n.
func (s *Site) write(b *strings.Builder, lang string, m models.Message, one *sentence, parts []part, n any) {
	for _, p := range parts {
		b.WriteString(p.before)
		switch v := argument(m, p.name); {
		case p.kind == ending:
		case p.kind == number:
			b.WriteString(s.word(lang, n))
		case v == nil:
			b.WriteString("{" + p.name + "}") // a test finds it
		case p.kind == place:
			b.WriteString(s.word(lang, v))
		case p.kind == byNumber:
			s.write(b, lang, m, one, p.cases[one.forms.of(v)], v)
		default:
			chosen, ok := p.cases[fmt.Sprint(v)]
			if !ok {
				chosen = p.cases["other"]
			}
			s.write(b, lang, m, one, chosen, n)
		}
	}
}

// says returns Say bound to one language, for pictures.
func (s *Site) says(lang string) picture.Say {
	return func(m models.Message) string { return s.Say(lang, m) }
}

// argument returns an argument by its name, nil if there is none.
func argument(m models.Message, name string) any {
	for i := 0; i+1 < len(m.Args); i += 2 {
		if m.Args[i] == name {
			return m.Args[i+1]
		}
	}
	return nil
}

// Paragraph puts messages into words, with spaces between them.
func (s *Site) Paragraph(lang string, ms []models.Message) string {
	var b strings.Builder
	for i, m := range ms {
		if i > 0 {
			b.WriteByte(' ')
		}
		s.say(&b, lang, m)
	}
	return b.String()
}

// word writes a value as the language writes it.
func (s *Site) word(lang string, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case models.Date:
		if v.Open() {
			return s.text(lang, "day.open")
		}
		return v.String()
	case models.State:
		return v.Country().Name(lang)
	case models.Country:
		return v.Name(lang)
	case models.Region:
		return s.text(lang, "region."+string(v))
	case models.Named:
		return s.place(lang, v)
	case *models.Body:
		return s.body(lang, *v)
	case models.Body:
		return s.body(lang, v)
	case models.BodyKind:
		return s.text(lang, "body_kind."+string(v))
	case models.Membership:
		return s.text(lang, "membership."+string(v))
	case models.AgencyKind:
		return s.text(lang, "agency_kind."+string(v))
	case models.SeatRole:
		return s.text(lang, "seat_role."+string(v))
	case models.Seating:
		return s.text(lang, "seating."+string(v))
	case models.Area:
		return s.text(lang, "area."+string(v))
	case []models.Area:
		return list(s, lang, v)
	case models.Matter:
		return s.text(lang, "matter."+string(v))
	case models.Status:
		return s.text(lang, "status."+string(v))
	case models.Why:
		return s.text(lang, "why."+string(v))
	case models.Standing:
		return s.text(lang, "standing."+string(v))
	case models.Severity:
		return s.text(lang, "severity."+string(v))
	case models.FindingKind:
		return s.text(lang, "kind."+string(v))
	case models.Titled:
		return s.PostingTitle(lang, v.Post, v.Agency)
	case *models.Post:
		return s.postingTitle(lang, v.Posting, v.Body)
	case models.Posting: // without its body
		return s.postingTitle(lang, v, nil)
	case models.Officer:
		return s.officerAlone(lang, v)
	case models.Agency:
		return s.agency(lang, v)
	case models.Role:
		return s.text(lang, "role."+string(v))
	case models.Grant:
		if v.State == "" {
			return s.text(lang, "role."+string(v.Role)) + ", " + s.text(lang, "grant.all")
		}
		return s.text(lang, "role."+string(v.Role)) + ", " + v.State.Country().Name(lang)
	case time.Time:
		return v.In(s.zone).Format("2006-01-02 15:04")
	case models.Message:
		return s.Say(lang, v)
	case models.Sharing:
		if v == models.SharedWithAll {
			return s.text(lang, "sharing.all")
		}
		return models.Country(v).Name(lang)
	case []models.State:
		if len(v) == len(models.States()) {
			return s.text(lang, "state.all")
		}
		return and(s, lang, v)
	case []models.Named:
		return and(s, lang, v)
	}
	return fmt.Sprint(v)
}

// text returns the sentence of a key without places.
func (s *Site) text(lang, key string) string {
	if one := s.sentence(lang, key); one != nil && len(one.parts) == 1 {
		return one.parts[0].before
	}
	return key
}

// and joins words as in a sentence: a, b and c.
func and[T any](s *Site, lang string, list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = s.word(lang, v)
	}
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " " + s.text(lang, "and") + " " + words[n-1]
	}
	return strings.Join(words, "")
}

// list joins words with commas.
func list[T any](s *Site, lang string, all []T) string {
	words := make([]string, len(all))
	for i, v := range all {
		words[i] = s.word(lang, v)
	}
	return strings.Join(words, ", ")
}

// place names a country or a body, a body with its acronym.
func (s *Site) place(lang string, at models.Named) string {
	if at.Called == nil {
		return at.Country.Name(lang)
	}
	name := s.body(lang, *at.Called)
	if short := at.Called.Acronym; short != "" && !strings.Contains(name, short) {
		name += " (" + short + ")"
	}
	return name
}

// body names a body: by its English name, if it has one, for readers of English,
// else as it calls itself.
func (s *Site) body(lang string, b models.Body) string {
	if lang == "en" && b.NameEn != "" {
		return b.NameEn
	}
	return b.Name
}

// postingTitle names a posting by its host: "Bangkok (Thailand)", "Europol" or "OPC,
// delegate". Without the record of its body it has the body's key.
func (s *Site) postingTitle(lang string, p models.Posting, host *models.Body) string {
	at := ""
	switch {
	case p.HostBody == "" && p.HostCity != "":
		return p.HostCity + " (" + p.HostCountry.Name(lang) + ")"
	case p.HostBody == "":
		return p.HostCountry.Name(lang)
	case host == nil:
		at = string(p.HostBody)
	case host.Acronym != "":
		at = host.Acronym
	default:
		at = s.body(lang, *host)
	}
	if p.Role != "" && p.Role != models.Representative {
		at += ", " + s.word(lang, p.Role)
	}
	return at
}

// seat names a posting as lists sort it: "Thailand, Bangkok".
func (s *Site) seat(lang string, p *models.Post) string {
	country := p.HostCountry.Name(lang)
	switch {
	case p.HostCountry == "":
		return s.postingTitle(lang, p.Posting, p.Body)
	case p.HostBody != "":
		return country + ", " + s.postingTitle(lang, p.Posting, p.Body)
	case p.HostCity != "":
		return country + ", " + p.HostCity
	}
	return country
}

// PostingTitle names a posting by its host and whose it is: "Bangkok (Thailand), SE
// police".
func (s *Site) PostingTitle(lang string, p *models.Post, sending models.Agency) string {
	return s.postingTitle(lang, p.Posting, p.Body) + ", " + s.agencyShort(lang, sending)
}

// agencyShort says whose an officer or a posting is: "SE police".
func (s *Site) agencyShort(lang string, a models.Agency) string {
	return string(a.Country) + " " + s.text(lang, "agency_kind."+string(a.Kind))
}

// agency names an agency: by its English name, if it has one, for readers of
// English, else as it calls itself.
func (s *Site) agency(lang string, a models.Agency) string {
	if lang == "en" && a.NameEn != "" {
		return a.NameEn
	}
	return a.Name
}

// OfficerName returns an officer's name, or if it is hidden a substitute:
// "Name hidden, SE police".
func (s *Site) OfficerName(lang string, o models.Officer, a models.Agency) string {
	if o.Hidden() {
		return s.Say(lang, models.Say("officer.masked", "agency", s.agencyShort(lang, a)))
	}
	return o.Name
}

func (s *Site) officerAlone(lang string, o models.Officer) string {
	if o.Hidden() {
		return s.text(lang, "officer.masked_alone")
	}
	return o.Name
}

// ColumnTitles returns what people call a column of a table of the package, by language:
// what the form of its records calls it, or else the files of lists.
func (s *Site) ColumnTitles(table, column string) map[string]string {
	titles := map[string]string{}
	for _, lang := range Languages() {
		for _, key := range []string{"field." + table + "." + column, "field." + column, "csv." + column} {
			if one := s.tongue(lang).sentences[key]; one != nil {
				titles[lang] = s.text(lang, key)
				break
			}
		}
	}
	return titles
}

package views

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/models"
)

// The answer as structs, of which encoding/json makes what RepresentJSON writes
// by hand.
type (
	replyStruct struct {
		State        models.State         `json:"state"`
		Matter       models.Matter        `json:"matter"`
		Place        string               `json:"place"`
		On           string               `json:"on"`
		Known        string               `json:"known,omitempty"`
		RecordBegins string               `json:"record_begins,omitempty"`
		Answers      []answerStruct       `json:"answers"`
		WhyNot       []whyNotStruct       `json:"why_not"`
		Fallback     []contactPointStruct `json:"fallback"`
		NextChange   *nextStruct          `json:"next_change"`
	}
	answerStruct struct {
		Assignment       string            `json:"assignment"`
		Officer          string            `json:"officer"`
		Posting          string            `json:"posting"`
		HostCountry      *models.Country   `json:"host_country"`
		HostCity         *string           `json:"host_city"`
		HostOrganisation *models.BodyKey   `json:"host_organisation"`
		SendingCountry   models.State      `json:"sending_country"`
		AgencyKind       models.AgencyKind `json:"agency_kind"`
		Resident         bool              `json:"resident"`
		FirstDay         models.Date       `json:"first_day"`
		LastDay          models.Date       `json:"last_day"`
		Reason           string            `json:"reason"`
	}
	whyNotStruct struct {
		Posting string     `json:"posting"`
		Why     models.Why `json:"why"`
		Reason  string     `json:"reason"`
	}
	contactPointStruct struct {
		State  models.State  `json:"state"`
		Matter models.Matter `json:"matter"`
		Name   string        `json:"name"`
		Phone  string        `json:"phone"`
		Email  string        `json:"email"`
	}
	nextStruct struct {
		On     string `json:"on"`
		Reason string `json:"reason"`
	}
)

// structsJSON is RepresentJSON by encoding/json.
func (s *Site) structsJSON(lang string, q models.Question, as AsOf, r models.Reply) ([]byte, error) {
	out := replyStruct{State: q.State, Matter: q.Matter, Place: q.Place.String(), On: q.On.String(), Known: as.Known.String(), RecordBegins: as.Begins.String(),
		Answers: make([]answerStruct, len(r.Answers)), WhyNot: make([]whyNotStruct, len(r.WhyNot)), Fallback: make([]contactPointStruct, len(r.Fallback))}
	for i, a := range r.Answers {
		term := a.Term()
		out.Answers[i] = answerStruct{a.Assignment.Key, s.OfficerName(lang, a.Officer, a.Agency), a.Post.Key, orNull(a.Post.HostCountry), orNull(a.Post.HostCity),
			orNull(a.Post.HostBody), a.Agency.Country, a.Agency.Kind, a.Resident, term.First, term.Last, s.Paragraph(lang, a.Reason)}
	}
	for i, w := range r.WhyNot {
		out.WhyNot[i] = whyNotStruct{w.Post.Key, w.Why, s.Paragraph(lang, w.Reason)}
	}
	for i, f := range r.Fallback {
		out.Fallback[i] = contactPointStruct{f.State, f.Matter, f.Name, f.Phone, f.Email}
	}
	if r.Next != nil {
		out.NextChange = &nextStruct{r.Next.On.String(), s.Paragraph(lang, r.Next.Reason)}
	}
	b, err := json.Marshal(out)
	return append(b, '\n'), err
}

func orNull[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}

// TestRepresentJSONIsThatOfStructs compares each byte with what encoding/json
// makes, for every state, matter and place, on the days on which something
// changes and around them, with text that has to be escaped.
func TestRepresentJSONIsThatOfStructs(t *testing.T) {
	s := testSite(t)
	d, post := testDirectory()
	odd, desk := *post, *post
	odd.ID, odd.Key, odd.HostCity = 1001, "\"odd\\ <k&ey>", "K\u00f8ge\u2028\x01\x7f \xff"
	desk.ID, desk.Key, desk.HostBody, desk.HostCity = 1002, "desk", "europol", ""
	desk.HostCountry, _ = models.Country("NL"), "The Hague"
	d = d.With(models.Delta{Posts: map[int64]*models.Post{odd.ID: &odd, desk.ID: &desk}})
	places := []models.Place{{Body: "europol"}}
	for _, c := range []models.Country{"TH", "VN", "NL", "NO"} {
		places = append(places, models.Place{Country: c})
	}
	var days []models.Date
	for _, a := range post.Assignments {
		days = append(days, a.First-1, a.First, a.Last)
	}
	for _, on := range append(days, post.Suspensions[0].First, 739_000) {
		for _, as := range []AsOf{{}, {Known: 738_000}, {Known: 738_000, Begins: 738_001}} {
			for _, place := range places {
				for _, state := range models.States() {
					for _, matter := range models.Matters() {
						q := models.Question{State: state, Matter: matter, Place: place, On: on}
						r := d.WhoRepresents(q)
						want, err := s.structsJSON("sv", q, as, r)
						if got := s.RepresentJSON("sv", q, as, r); err != nil || !bytes.Equal(got, want) {
							t.Fatalf("%v: %v\n%s\nwant\n%s", q, err, got, want)
						}
					}
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		if want, err := json.Marshal(text); err != nil || !bytes.Equal(appendJSON(nil, text), want) {
			t.Fatalf("%q is %s, want %s, %v", text, appendJSON(nil, text), want, err)
		}
	})
}

// crowded is a directory in which Vietnam is covered by so many postings, a
// third of them there, each held by ten officers after each other.
func crowded(postings int) *models.Directory {
	const days = 1000
	change := models.Delta{Officers: map[int64]*models.Officer{}, Posts: map[int64]*models.Post{},
		Agencies: map[int64]*models.Agency{1: {ID: 1, Key: "se-police", Country: models.Sweden, Kind: models.PoliceAgency, Name: "Agency 1"}}}
	for i := range int64(postings) {
		p := &models.Post{Posting: models.Posting{ID: i + 1, Key: fmt.Sprintf("p-%d", i), AgencyID: 1, HostCountry: []models.Country{"VN", "TH", "SG"}[i%3],
			HostCity: fmt.Sprintf("City %d", i), Opened: 1, Closed: models.Forever, Representations: models.Posting{Opened: 1}.Represents(""),
			Coverages: []models.Coverage{{Country: "VN", Period: models.Always}, {Country: "LA", Period: models.Always}}}}
		for j := range int64(10) {
			id := 10*i + j + 1
			change.Officers[id] = &models.Officer{ID: id, AgencyID: 1, Name: fmt.Sprintf("Name%d Family%d", id%500, id)}
			first := 736_000 + models.Date(7*i+j*days)
			p.Assignments = append(p.Assignments, models.Assignment{ID: id, Key: fmt.Sprintf("a-%d", id), OfficerID: id, PostingID: p.ID, Period: models.Period{First: first, Last: first + days - 1}})
		}
		change.Posts[p.ID] = p
	}
	return models.NewDirectory(change)
}

// BenchmarkRepresentJSON compares writing an answer with asking for it, and what
// both would cost if encoding/json wrote it with what they cost.
func BenchmarkRepresentJSON(b *testing.B) {
	s := testSite(b)
	for _, postings := range []int{2, 120} {
		b.Run(fmt.Sprintf("%d_postings", postings), func(b *testing.B) {
			d := crowded(postings)
			q := models.Question{State: models.Finland, Matter: models.Customs, Place: models.Place{Country: "VN"}, On: 739_000}
			r := d.WhoRepresents(q)
			var took [3][]time.Duration // in turn, so that other work on the machine meets all of them
			timed := func(i int, f func()) {
				start := time.Now()
				f()
				took[i] = append(took[i], time.Since(start))
			}
			for b.Loop() {
				timed(0, func() { d.WhoRepresents(q) })
				timed(1, func() { s.RepresentJSON("en", q, AsOf{}, r) })
				timed(2, func() { _, _ = s.structsJSON("en", q, AsOf{}, r) })
			}
			median := func(i int) float64 {
				slices.Sort(took[i])
				return float64(took[i][len(took[i])/2].Nanoseconds()) / 1000
			}
			ask, write, byStructs := median(0), median(1), median(2)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(len(s.RepresentJSON("en", q, AsOf{}, r))), "bytes")
			b.ReportMetric(ask, "µs/ask")
			b.ReportMetric(write, "µs/write")
			b.ReportMetric((ask+byStructs)/(ask+write), "x_by_structs")
		})
	}
}

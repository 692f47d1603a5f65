package picture

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"samband/models"
)

// hostile says what has to be escaped, wherever it stands.
func hostile(m models.Message) string { return fmt.Sprint(`"<b>' & ]]> `, m.Key, m.Args) }

// unsound returns what keeps a picture from being XML, "" for nothing.
func unsound(picture string) string {
	r := xml.NewDecoder(strings.NewReader(picture))
	for {
		if _, err := r.Token(); err == io.EOF {
			return ""
		} else if err != nil {
			return err.Error()
		}
	}
}

// mapped is a map of a directory, with all that it is told to be escaped.
func mapped(d *models.Directory, w Window, state models.State, matter models.Matter) Map {
	text := hostile(models.Say("text"))
	return Map{
		Window:  w,
		Spots:   d.Spots(state, matter, 738_000),
		Title:   text,
		Say:     hostile,
		Country: func(c models.Country) string { return string(c) + text },
		Posting: func(p *models.Post) string { return p.Key + text },
		Link:    func(at models.Place) string { return "#" + at.String() + text },
		Seats:   func(at models.Place) string { return "/" + at.String() + text },
	}
}

// posted returns a directory of postings of the Swedish police that began long
// ago, each in one country with others at its side.
func posted(posts ...*models.Post) *models.Directory {
	change := models.Delta{Posts: map[int64]*models.Post{},
		Agencies: map[int64]*models.Agency{1: {ID: 1, Country: models.Sweden, Kind: models.PoliceAgency}},
		Officers: map[int64]*models.Officer{1: {ID: 1, AgencyID: 1, Name: "Åse Lindqvist"}}}
	for i, p := range posts {
		p.ID, p.Key, p.AgencyID, p.Opened, p.Closed = int64(i+1), fmt.Sprintf("p-%d", i), 1, 1, models.Forever
		p.Representations = models.Posting{Opened: 1}.Represents("")
		if i%2 == 0 {
			p.Assignments = []models.Assignment{{ID: p.ID, OfficerID: 1, PostingID: p.ID, Period: models.Always}}
		}
		change.Posts[p.ID] = p
	}
	return models.NewDirectory(change)
}

func postIn(host models.Country, sides ...models.Country) *models.Post {
	p := &models.Post{Posting: models.Posting{HostCountry: host}}
	for _, c := range sides {
		p.Coverages = append(p.Coverages, models.Coverage{Country: c, Period: models.Always})
	}
	return p
}

// The picture is sound XML in every window, for every state and matter, with
// whatever it is told escaped.
func TestMapIsSoundXML(t *testing.T) {
	posts := []*models.Post{postIn("TH", "VN", "SG"), postIn("TH"), postIn("KE", "TZ", "UG")}
	for _, o := range models.GivenBodies() {
		desk := postIn("", "MT")
		desk.HostBody = o.Key
		desk.Posting = desk.At(*o)
		posts = append(posts, desk)
	}
	d := posted(posts...)
	for _, w := range Windows() {
		for _, state := range append(models.States(), "") {
			for _, matter := range append(models.Matters(), "") {
				svg := string(mapped(d, w, state, matter).Draw())
				if complaint := unsound(svg); complaint != "" {
					t.Fatalf("%s, %s, %s: %s", w, state, matter, complaint)
				}
				if strings.Contains(svg, "<b>") || strings.Contains(svg, "NaN") || strings.Contains(svg, "style=") || len(svg) > 120_000 {
					t.Fatalf("%s, %s, %s: unsound, or of %d bytes", w, state, matter, len(svg))
				}
			}
		}
		if key := string(MapKey(w, hostile)); unsound(key) != "" || strings.Contains(key, "<b>") || strings.Count(key, "<li>") != len(models.Standings())+4 {
			t.Errorf("the key of %s: %s in %s", w, unsound(key), key)
		}
	}
}

// A place is drawn once, by how a state stands there; where postings sit is
// marked, with their number; and a thread leads to each country at their side.
func TestMapDraws(t *testing.T) {
	d := posted(postIn("TH", "VN", "SG"), postIn("TH", "VN"))
	for w, want := range map[Window]map[string]int{
		World:          {`class="resident"`: 1, `class="side"`: 2, `class="seat resident"`: 1, `<text y="3.5">2</text>`: 1, `r="13.2"/>`: 2, `<text transform`: 0},
		"eastern-asia": {`class="resident"`: 1, `class="side"`: 2, `class="seat resident"`: 1, `<text y="3.5">2</text>`: 1, `r="4.3"/>`: 2, `<text transform`: 3},
		"africa":       {`class="resident"`: 0, `class="side"`: 0, `class="seat`: 0, `<text`: 0},
	} {
		svg := string(mapped(d, w, "", "").Draw())
		for text, n := range want {
			if got := strings.Count(svg, text); got != n {
				t.Errorf("%s has %d times %s, want %d", w, got, text, n)
			}
		}
	}
}

// Very many postings do not make the picture endless.
func TestMapOfManyPostings(t *testing.T) {
	var posts []*models.Post
	for _, c := range append(models.Countries(), models.Countries()...) {
		posts = append(posts, postIn(c, models.Countries()[:40]...))
	}
	m := mapped(posted(posts...), World, "", "")
	m.Say = func(m models.Message) string { return strings.Repeat("word ", 10) }
	if svg := m.Draw(); len(svg) > 250_000 {
		t.Errorf("the picture has %d bytes", len(svg))
	}
}

package views

import (
	"strings"
	"testing"

	"samband/models"
)

// mapped is a map of a small directory: a posting in Bangkok with names that
// have to be escaped, and desks at organisations.
func mapped(t *testing.T, s *Site, m Map) Map {
	t.Helper()
	d, post := testDirectory()
	next := *post
	next.HostCity = `"Krung" <Thep> & ]]>`
	posts := map[int64]*models.Post{21: &next}
	bodies := map[int64]*models.Body{}
	for i, o := range models.GivenBodies() {
		desk := &models.Post{Posting: models.Posting{ID: int64(50 + i), Key: string(o.Key), AgencyID: 1, HostBody: o.Key, Opened: 1, Closed: models.Forever,
			Coverages: []models.Coverage{{Country: "MT", Period: models.Always}}}.At(*o)}
		desk.Representations = desk.Represents(models.Sweden)
		posts[desk.ID], bodies[o.ID] = desk, o
	}
	m.Directory = d.With(models.Delta{Posts: posts, Bodies: bodies})
	m.Spots = m.Directory.Spots(m.State, m.Matter, m.On)
	return s.NewMap("en", m)
}

// What the map says of a country, and that an organisation speaks for none.
func TestMapSays(t *testing.T) {
	s := testSite(t)
	m := mapped(t, s, Map{Window: "world", On: 738_000})
	svg := string(s.MapPicture("en", m))
	for _, want := range []string{
		`<a class="resident" href="#at-th"><title>Thailand: resident; &#34;Krung&#34; &lt;Thep&gt; &amp; ]]&gt; (Thailand), SE police</title><path `,
		`<a class="side" href="#at-vn"><title>Vietnam: side-accr.; `,
		`<a class="vacant" href="#at-mt"><title>Malta: vacant; AMERIPOL, SE police; CBSS, SE police; Eurojust, SE police (more: 7)</title><circle `,
		`<a class="seat resident" href="/postings?host=TH&amp;on=`,
		`<a class="seat organisation vacant" href="/postings?host=org%3Aeuropol&amp;on=` + m.On.String() + `">`,
		`<title>Netherlands</title>`, // not covered
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	for _, no := range []string{"#at-nl", "#at-sg", "host=NL", "host=SG"} {
		if strings.Contains(svg, no) {
			t.Errorf("a desk at an organisation covers its seat: %s", no)
		}
	}
	if svg := string(s.MapPicture("en", mapped(t, s, Map{Window: "africa", On: 738_000}))); strings.Contains(svg, "#at-th") || strings.Contains(svg, "host=TH") {
		t.Error("Thailand is in the picture of Africa")
	}
	asked := mapped(t, s, Map{Window: "world", On: 738_000, State: models.Finland, Matter: models.Customs, Query: map[string][]string{"known": {"2020-01-01"}}})
	if svg := string(s.MapPicture("en", asked)); !strings.Contains(svg, `href="/represent?known=2020-01-01&amp;matter=customs&amp;on=`+asked.On.String()+`&amp;place=TH&amp;state=FI"`) {
		t.Error("with a state and a matter, Thailand does not lead to the answer")
	}
}

// Very many postings do not make a row endless.
func TestMapNamesFew(t *testing.T) {
	d, post := testDirectory()
	posts := map[int64]*models.Post{}
	for i := range int64(3 * mostCovers) {
		p := *post
		p.ID = 100 + i
		posts[p.ID] = &p
	}
	m := Map{On: 738_000, Directory: d.With(models.Delta{Posts: posts})}
	m.Spots = append(m.Directory.Spots("", "", m.On), d.Spots("", "", m.On)...)
	most := 0
	for _, a := range m.Spots {
		n := len(m.Named(a))
		if n > mostCovers || n+m.Unnamed(a) != len(a.Posts) {
			t.Errorf("%s names %d of %d", a.Place, n, len(a.Posts))
		}
		most = max(most, len(a.Posts))
	}
	if most <= mostCovers {
		t.Errorf("no place has more than %d postings", most)
	}
}

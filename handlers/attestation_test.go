package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// A list that nobody confirms is a finding; a coordinator's word ends that, and
// the pages say since when it holds.
func TestAttestationPages(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own, other := recordsOf(s, "se"), recordsOf(s, "dk")
		o := s.options
		o.Limits = models.DefaultLimits
		s = s.with(o)
		swede := s.as("coordinator:SE")
		posting := "/postings/" + own[":posting"]
		swede.get("/findings?kind=not_attested").is(200).says("Sweden. Open postings: ", "The whole list has never been confirmed.", `href="/attestation#SE"`, "Denmark. Open postings: ")
		swede.get(posting).says("never confirmed", "overdue")
		swede.get("/attestation").is(200).says("Sweden. Open postings: 1. Overdue: 1.", "Bangkok", "Officer se").hides("Denmark.")
		partner := s.as("partner:SE")
		rows := s.rows()
		for _, refused := range []struct {
			by     *site
			fields []string
			status int
		}{
			{swede, []string{"state", "DK"}, http.StatusForbidden}, {swede, []string{"state", "DK", "posting", other[":posting"]}, http.StatusForbidden},
			{swede, nil, http.StatusUnprocessableEntity}, {swede, []string{"state", "XX"}, http.StatusUnprocessableEntity},
			{swede, []string{"state", "SE", "posting", "x"}, http.StatusUnprocessableEntity}, {swede, []string{"state", "SE", "posting", "-1"}, http.StatusUnprocessableEntity},
			{swede, []string{"state", "SE", "posting", "0"}, http.StatusUnprocessableEntity}, {swede, []string{"state", "SE", "posting", other[":posting"]}, http.StatusNotFound},
			{partner, []string{"state", "SE"}, http.StatusForbidden},
		} {
			refused.by.post("/attestation", form(refused.fields...)).is(refused.status)
		}
		if s.rows() != rows {
			t.Error("what is refused leaves rows")
		}
		if to := swede.post("/attestation", form("state", "SE", "posting", own[":posting"], "from", "posting")).follow(); to != posting {
			t.Errorf("it leads to %s", to)
		}
		s.get(posting).says("confirmed <time>2026-11-23</time>").hides("never confirmed")
		s.get("/represent?state=SE&matter=police&place=TH&on=2026-11-23").says("confirmed <time>2026-11-23</time>")
		s.get("/findings?kind=not_attested").hides("Sweden. Open postings").says("Denmark. Open postings")
		if to := s.post("/attestation", form("state", "DK")).follow(); to != "/attestation#DK" {
			t.Errorf("it leads to %s", to)
		}
		s.get("/findings?kind=not_attested").hides("has never")
		s.get("/postings").says("Last confirmed:", "2026-11-23")
		s.as("auditor:SE").get("/audit?action=attest").says("Information confirmed")
	})
}

// attesting is a site on which postings are to be confirmed, with some of Sweden, the
// numbers of which it returns.
func attesting(t *testing.T, s *site, n int) (_ *site, ids []string) {
	t.Helper()
	recordsOf(s, "se")
	o := s.options
	o.Limits = models.DefaultLimits
	s = s.with(o)
	s.written(func(tx *db.Tx) error {
		for i := range n {
			p := models.Posting{AgencyID: 0, HostCountry: "TH", HostCity: fmt.Sprintf("City %03d", i), Key: fmt.Sprintf("city-%03d", i), Opened: models.DateOf(noon) - 2000 + models.Date(i), Closed: models.Forever}
			d, err := s.store.As(models.Everything).Directory(t.Context())
			if err != nil {
				return err
			}
			p.AgencyID = d.AgencyNamed("se-police").ID
			p.Representations = p.Represents("SE")
			if err := tx.SavePosting(&p); err != nil {
				return err
			}
			ids = append(ids, fmt.Sprint(p.ID))
		}
		return nil
	})
	return s, ids
}

// Pages of fifty, the longest waiting first, stay small; a page is confirmed exactly as
// it was shown, and of what has changed since then only that is refused and named.
func TestAttestationPage(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s, ids := attesting(t, newSite(t), 120)
		swede := s.as("coordinator:SE")
		first := swede.get("/attestation").is(200).says("Overdue only: 121.", "Show all: 121", `id="p-`+ids[0]+`"`, `id="p-`+ids[48]+`"`, "All 50 rows on this page are right").
			hides(`id="p-`+ids[49]+`"`, "Changed since last confirmed")
		if n := len(first.body); n > 300_000 {
			t.Errorf("a page is %d bytes", n)
		}
		if strings.Contains(first.body, "overdue</b></span>[") || !strings.Contains(first.body, "Represents") || !strings.Contains(first.body, `title="Norway"`) {
			t.Error("the rows do not say what is confirmed")
		}
		swede.in("sv", "/attestation").is(200).says("Bara de som behöver bekräftas: 121.", "Stämmer: City 000 (Thailand)", "Alla 50 rader på sidan stämmer")
		next := strings.ReplaceAll(first.between(`rel="next" href="`, `"`), "&amp;", "&")
		swede.get(next).is(200).says(`id="p-`+ids[49]+`"`, `id="p-`+ids[98]+`"`, "First page").hides(`id="p-` + ids[48] + `"`)

		// One row: back at the next one, on the same page.
		if to := swede.post("/attestation", form("state", "SE", "posting", ids[0], "revision", first.hidden("revision"))).follow(); to != "/attestation?state=SE#p-"+ids[1] {
			t.Errorf("it leads to %s", to)
		}
		page := url.Values{"state": {"SE"}, "revision": {first.hidden("revision")}, "posting": ids[1:50]}
		s.post("/postings/"+ids[7]+"/edit", postingForm("version", "1", "key", "city-007", "agency", "se-police", "note", "changed meanwhile")).follow()
		refused := swede.post("/attestation", page).is(http.StatusConflict).says("Not confirmed: the information has changed since the page was shown.", `href="#p-`+ids[7]+`"`)
		if n := strings.Count(refused.body, "Not confirmed: "); n != 1 {
			t.Errorf("%d rows are refused", n)
		}
		d, err := s.store.As(models.Everything).Directory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range ids {
			p := d.Posts()[slices.IndexFunc(d.Posts(), func(p *models.Post) bool { return fmt.Sprint(p.ID) == id })]
			if got, want := d.AttestedOn(p) != 0, i < 50 && i != 7; got != want {
				t.Errorf("posting %d is confirmed: %t", i, got)
			}
		}
		swede.postIn("sv", "/attestation", page).is(http.StatusConflict).says("Inte bekräftad: uppgifterna har ändrats sedan sidan visades.")
		for name, v := range map[string]url.Values{"too many": {"state": {"SE"}, "posting": ids[:51]}, "no number": {"state": {"SE"}, "posting": {ids[60], "x"}}} {
			if p := swede.post("/attestation", v); p.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", name, p.StatusCode)
			}
		}
		s.as("coordinator:DK").post("/attestation", page).is(http.StatusForbidden)
		swede.get("/attestation?after=nonsense").is(http.StatusUnprocessableEntity)
	})
}

// What has changed since the last word stands in the row: who held the posting then and
// now, and what was changed, as far as the reader may know it.
func TestAttestationTellsChanges(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s, _ := attesting(t, newSite(t), 0)
		d, err := s.store.As(models.Everything).Directory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		post := d.Posts()[0]
		s.written(func(tx *db.Tx) error {
			return tx.Attest(models.Attestation{State: "SE", PostingID: post.ID, On: models.DateOf(noon) - 300})
		})
		s.post("/officers", form("agency", "se-police", "name", "Officer new", "key", "o-new")).follow()
		at := fmt.Sprintf("/assignments/%d", post.Assignments[0].ID)
		s.post(at+"/hand-over", form("version", "1", "last_day", "2026-08-31", "successor", "o-new", "preview", "", "end_reason", "recalled")).follow()
		swede := s.as("coordinator:SE")
		swede.get("/attestation").is(200).says(`2026-09-01`, `<del>Officer se</del> <ins>Officer new</ins>`, "recalled", "Record created: posting", "Changed since last confirmed")
		swede.in("sv", "/attestation").says("Ändrat sedan den senast bekräftades", `<del>Officer se</del> <ins>Officer new</ins>`)
		swede.post("/attestation", form("state", "SE", "posting", fmt.Sprint(post.ID))).follow()
		swede.get("/attestation").says("Nothing is overdue.", "Show all: 1").hides("Officer se")
		swede.get("/attestation?all=yes").says("Officer new").hides("<del>Officer se</del>")
	})
}

// between returns what stands between two texts of a page.
func (p page) between(before, after string) string {
	p.t.Helper()
	_, rest, found := strings.Cut(p.body, before)
	text, _, ends := strings.Cut(rest, after)
	if !found || !ends {
		p.t.Fatalf("nothing between %q and %q", before, after)
	}
	return text
}

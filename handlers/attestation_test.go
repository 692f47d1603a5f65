package handlers

import (
	"net/http"
	"testing"

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

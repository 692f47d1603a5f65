package handlers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

func TestFollowing(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own := recordsOf(s, "se")
		reader := s.account("reader@example.org", "partner:FI")
		posting := "/postings/" + own[":posting"]
		at := form("noun", "posting", "record", own[":posting"], "follow", "yes", "path", posting)
		reader.get(posting).is(200).says(">Follow<").hides(">Unfollow<")
		rows := s.rows()
		if to := reader.post("/follows", at).follow(); to != posting {
			t.Errorf("following leads to %s", to)
		}
		reader.get(posting).is(200).says(">Unfollow<").hides(">Follow<")
		s.get(posting).is(200).says(">Follow<") // another account
		d, err := s.store.As(models.Everything).Directory(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		body := d.Body("body-se")
		reader.get("/bodies/body-se").is(200).says(fmt.Sprintf(`name="record" value="%d"`, body.ID))
		reader.get("/represent?state=FI&matter=police&place=org:body-se").is(200).says(fmt.Sprintf(`name="record" value="%d"`, body.ID))
		reader.get("/represent?state=FI&matter=police&place=VN").is(200).says(`name="noun" value="place"`, `name="record" value="VN"`)
		reader.post("/follows", form("noun", "body", "record", fmt.Sprint(body.ID), "path", "//evil.example")).follow()
		reader.post("/follows", form("noun", "place", "record", "VN")).follow()
		for _, bad := range [][2]string{{"posting", "4711"}, {"posting", "x"}, {"body", "0"}, {"place", "XX"}, {"place", "org:body-se"}, {"officer", own[":officer"]}, {"", ""}} {
			reader.post("/follows", form("noun", bad[0], "record", bad[1])).is(http.StatusNotFound)
		}
		s.as("auditor:all").post("/follows", at).is(http.StatusForbidden)
		reader.get("/").is(200).says("What you follow", `href="`+posting+`"`, `href="/bodies/body-se"`, "place=VN").hides("has been removed")
		if got := s.rows(); got != rows+2 { // the auditor's account and token
			t.Errorf("following leaves %d rows", got-rows)
		}
		reader.get("/account/my-data.json").is(200).says(`"noun": "place"`, `"record": "VN"`)

		s.post("/assignments/"+own[":assignment"]+"/remove", form("version", "1")).follow()
		s.post(posting+"/remove", form("version", "1")).follow()
		reader.get("/").is(200).says("A posting that has been removed (no. " + own[":posting"] + ")").hides(`href="` + posting + `"`)
		reader.post("/follows", form("noun", "posting", "record", own[":posting"], "follow", "no", "path", "/")).follow()
		reader.get("/").is(200).says("What you follow").hides("has been removed")
	})
}

func TestFollowsHaveAnEnd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	reader := s.account("reader@example.org", "partner:FI")
	for _, c := range models.Countries()[:models.MostFollows] {
		reader.post("/follows", form("noun", "place", "record", string(c))).follow()
	}
	more := form("noun", "place", "record", string(models.Countries()[models.MostFollows]))
	reader.post("/follows", more).is(422).says("You follow 200 records")
	reader.get("/").is(200)
}

// says fails the test unless a page of a visit has each text.
func (v visit) says(path string, texts ...string) (body string) {
	v.t.Helper()
	resp, err := v.Get(v.base + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, text := range texts {
		if !strings.Contains(string(b), text) {
			v.t.Errorf("%s does not say %q: %s", path, text, b)
		}
	}
	return string(b)
}

// The front page tells what has changed about what one follows since the last visit,
// and how much has changed in all, as the page of changes has it.
func TestTheFrontPageTellsWhatHasChanged(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		own := recordsOf(s, "se")
		base, forward := opened(t, s, nil)
		s.backdate("2026-11-01")
		var v visit
		nextDay := func() {
			forward(24 * time.Hour)
			v = newVisit(t, base)
			v.signIn(goodPassword, "")
		}
		nextDay()
		if first := v.says("/"); strings.Contains(first, "Since your last visit") {
			t.Error("the first visit has one before")
		}
		for _, f := range [][2]string{{"posting", own[":posting"]}, {"place", "VN"}, {"place", "KE"}} {
			v.send("/follows", form("noun", f[0], "record", f[1]))
		}
		nextDay()
		v.says("/", "Since your last visit, <time>2026-11-24</time>", "Nothing has changed.", "Nothing has changed since your last visit.")
		s.post("/assignments/"+own[":assignment"]+"/end", form("version", "1", "last_day", "2026-07-31", "end_reason", "moved")).follow()
		nextDay()
		for range 2 { // the second from the cache
			body := v.says("/", "Since your last visit, <time>2026-11-25</time>", "Places lost: 2", "Holders who left: 1",
				"/changes?from=2026-11-25&amp;known=2026-11-25&amp;state=SE&amp;to=2026-11-26#lost-title", "#went-title", "Status: vacant. At your last visit: filled.",
				"Holder who left: Officer se", "Vietnam – Sweden (police and customs): no representation from")
			if strings.Contains(body, "Places gained") || strings.Count(body, "Nothing has changed since") != 1 {
				t.Errorf("the page tells of what has not changed: %s", body)
			}
		}
		v.says("/changes?from=2026-11-25&known=2026-11-25&state=SE&to=2026-11-26", "Places lost: 2. Places gained: 0. New holders: 0. Holders who left: 1.", `id="lost-title"`, `id="went-title"`)
	})
}

// Who follows a posting that a masked officer has left is not told the name, even if
// nothing of today's directory is hidden from anybody any longer.
func TestFollowersDoNotHearOfMaskedOfficers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	own := recordsOf(s, "se")
	masked := s.post("/officers", form("agency", "se-police", "key", "o-zyxwana", "name", "Zyxwana Qrst", "masked", "true")).follow()
	s.post("/assignments/"+own[":assignment"]+"/remove", form("version", "1")).follow()
	held := s.post("/assignments", form("officer", "o-zyxwana", "posting", "bangkok-se", "first_day", "2025-01-01")).follow()
	base, forward := opened(t, s, nil)
	s.backdate("2026-11-01")
	hash, err := db.HashPassword(context.Background(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	b := models.Account{Email: "b@example.org", Rights: models.ParseRights("partner:FI")}
	s.written(func(tx *db.Tx) error {
		if err := tx.SaveAccount(&b); err != nil {
			return err
		}
		return tx.SetPassword(b.ID, hash, "")
	})
	front := func(email string) string {
		t.Helper()
		v := newVisit(t, base)
		v.send("/sign-in", form("email", email, "password", goodPassword))
		v.send("/follows", form("noun", "posting", "record", own[":posting"]))
		return v.says("/", "What you follow")
	}
	fronts := func() (all, others string) {
		forward(24 * time.Hour)
		return front("a@example.org"), front("b@example.org")
	}
	fronts()
	s.post(held+"/remove", form("version", "1")).follow()
	s.post(masked+"/remove", form("version", "1")).follow()
	if own, other := fronts(); !strings.Contains(own, "Zyxwana") || strings.Contains(other, "Zyxwana") || !strings.Contains(other, "Holder who left") {
		t.Errorf("the coordinator reads\n%s\nand another reader\n%s", own, other)
	}
}

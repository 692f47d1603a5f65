package handlers

import (
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
	"samband/views"
)

// An outbox takes mails, or refuses them.
type outbox struct {
	refusal error
	sent    []sentMail
}

type sentMail struct {
	to, id string
	views.Mail
}

func (o *outbox) send(_ context.Context, to, id string, m views.Mail) error {
	if o.refusal != nil {
		return o.refusal
	}
	o.sent = append(o.sent, sentMail{to, id, m})
	return nil
}

// mailed is the site on a day so many days later, with its mails sent into an outbox.
func (s *site) mailed(o *outbox, days int) *site {
	s.t.Helper()
	options := s.options
	options.Now = func() time.Time { return noon.AddDate(0, 0, days) }
	options.Send = o.send
	next := s.with(options)
	if err := next.handler.(*Site).server.mailRound(context.Background()); err != nil {
		s.t.Fatal(err)
	}
	return next
}

func TestDigestTellsWhatHasChanged(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w, o := worldOn(newSite(t)), &outbox{}
		w.site = w.mailed(o, 0)
		reader := w.account("reader@example.org", "partner:FI")
		reader.get("/digest").is(200).says("reader@example.org", `value="off" selected`)
		reader.post("/digest", form("every", "day", "remind", "true")).follow()
		reader.get("/digest").is(200).says(`value="day" selected`, "2026-11-24")
		w.mailed(o, 0) // nothing is due on the day itself
		w.mailed(o, 1) // and nothing has changed until the next one
		if len(o.sent) > 0 {
			t.Fatalf("sent is %+v", o.sent)
		}
		rows := w.rows()
		w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-11-24", "end_reason", "x")).follow()
		w.mailed(o, 2)
		w.mailed(o, 2)
		if len(o.sent) != 1 {
			t.Fatalf("sent is %+v", o.sent)
		}
		m := o.sent[0]
		if m.to != "reader@example.org" || m.id == "" || !strings.Contains(m.Subject, "2026-11-24") {
			t.Errorf("the mail is %+v", m)
		}
		for _, text := range []string{m.Plain, m.HTML} {
			for _, want := range []string{"Changes: Finland", "Thailand", "Vietnam", "Åse Lindqvist", "http://127.0.0.1:8080/digest", m.Unsubscribe} {
				if !strings.Contains(text, want) {
					t.Errorf("the mail lacks %q: %s", want, text)
				}
			}
			for _, no := range []string{"ase@example.org", "mailto:", "tel:", "ZgotmplZ"} {
				if strings.Contains(text, no) {
					t.Errorf("the mail has %q: %s", no, text)
				}
			}
		}
		if got := w.actions(1); !strings.HasPrefix(got, "send mail ") || w.rows() < rows+2 {
			t.Errorf("the trail ends with %s", got)
		}
		w.as("auditor:all").get("/audit").is(200).says("News sent by email")
		reader.get("/digest").is(200).says("2026-11-24", "2026-11-25")
		w.mailed(o, 3) // what was told is not told again
		if len(o.sent) != 1 {
			t.Errorf("sent again: %s", o.sent[1].Plain)
		}
		reader.get("/account/my-data.json").is(200).says(`"every": "day"`, `"mails"`)
		reader.post("/digest", form("every", "off")).follow()
		w.post(w.posting+"/edit", postingForm("version", "1", "key", "bangkok-se-police", "closed", "2026-12-01")).follow()
		if w.mailed(o, 9); len(o.sent) != 1 {
			t.Errorf("sent to somebody who wants none: %s", o.sent[1].Plain)
		}
	})
}

// A mail that cannot be sent is tried again, told to those who keep the account, and
// becomes one with the next; nothing that has changed meanwhile is lost or told twice.
func TestDigestWaitsForTheMailServer(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w, o := worldOn(newSite(t)), &outbox{refusal: errors.New("421 go\r\naway")}
		w.site = w.mailed(o, 0)
		reader := w.account("reader@example.org", "partner:FI")
		reader.post("/digest", form("every", "day")).follow()
		w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-11-24", "end_reason", "x")).follow()
		w.mailed(o, 1)
		reader.get("/digest").is(200).says("Not sent yet")
		w.as("administrator:FI").get("/mails").is(200).says("421 go away", "reader@example.org")
		w.as("administrator:all").get("/accounts").is(200).says(`href="/mails"`, "could not be sent: 1")
		w.as("administrator:NO").get("/mails").is(200).hides("421", "reader@example.org")
		w.as("administrator:NO").get("/accounts").is(200).hides("could not be sent: 1")
		w.as("coordinator:all").get("/mails").is(http.StatusForbidden)
		o.refusal = nil
		if w.mailed(o, 1); len(o.sent) != 0 {
			t.Fatal("it was tried at once")
		}
		w.post("/assignments", form("officer", "o-lars-odegard", "posting", "bangkok-se-police", "first_day", "2026-11-25")).follow()
		w.execute("UPDATE mails SET next_try = ''")
		w.mailed(o, 2)
		if len(o.sent) != 1 {
			t.Fatalf("sent is %+v", o.sent)
		}
		for _, want := range []string{"Åse Lindqvist", "Lars Ödegård"} {
			if !strings.Contains(o.sent[0].Plain, want) {
				t.Errorf("the mail lacks %q: %s", want, o.sent[0].Plain)
			}
		}
		w.as("administrator:all").get("/mails").is(200).says("There are none.")
		if w.mailed(o, 3); len(o.sent) != 1 {
			t.Errorf("told again: %s", o.sent[1].Plain)
		}
	})
}

// Nobody is told by mail, or in a feed, whose name is hidden and who holds a restricted
// posting: not even those who see it on the site. They are told that there was a change.
func TestDigestHidesNames(t *testing.T) {
	t.Parallel()
	w, o := newWorld(t), &outbox{}
	w.site = w.mailed(o, 0)
	w.post("/officers", form("agency", "se-police", "name", "Zyxwana Qrst", "key", "o-zyxwana", "email", "z@zyxwana.example", "phone", "+4670999", "masked", "true")).follow()
	w.post("/officers", form("agency", "se-police", "name", "Pqrstu Vwx", "key", "o-pqrstu")).follow()
	w.post("/postings", postingForm("host_country", "CN", "host_city", "Beijing", "coverages.country", "", "restricted", "true", "key", "beijing-se-police")).follow()
	w.backdate("2026-10-01")
	own := w.account("own@example.org", "coordinator:SE")
	all := w.account("all@example.org", "coordinator:all")
	for _, one := range []*site{own, all} {
		one.post("/digest", form("every", "day", "remind", "true")).follow()
		one.post("/follows", form("noun", "posting", "record", strings.TrimPrefix(w.posting, "/postings/"), "follow", "yes", "path", "/")).follow()
	}
	w.post("/assignments", form("officer", "o-zyxwana", "posting", "bangkok-se-police", "first_day", "2026-11-24", "last_day", "2027-02-01", "note", "kanarienot")).follow()
	w.post("/assignments", form("officer", "o-pqrstu", "posting", "beijing-se-police", "first_day", "2026-11-24", "last_day", "2027-02-01")).follow()
	w.mailed(o, 1)
	if len(o.sent) != 2 {
		t.Fatalf("sent is %+v", o.sent)
	}
	secrets := []string{"Zyxwana", "zyxwana", "Pqrstu", "pqrstu", "+4670999", "kanarienot"}
	if n := strings.Count(o.sent[1].Plain, "New holder: Name hidden, SE police – Bangkok (Thailand)"); n != 2 { // of the states, and of what is followed
		t.Errorf("all five states are told %d times: %s", n, o.sent[1].Plain)
	}
	for _, m := range o.sent {
		for _, text := range []string{m.Plain, m.HTML, m.Subject} {
			for _, secret := range secrets {
				if strings.Contains(text, secret) {
					t.Errorf("%s is told %s: %s", m.to, secret, text)
				}
			}
		}
		if !strings.Contains(m.Plain, "Name hidden") {
			t.Errorf("%s is not told of a change: %s", m.to, m.Plain)
		}
	}
	for _, of := range []string{"own", "followed", "all"} {
		own.get("/feed.atom?of=" + of).is(200).hides(secrets...)
	}
}

func TestUnsubscribing(t *testing.T) {
	t.Parallel()
	w, o := newWorld(t), &outbox{}
	w.site = w.mailed(o, 0)
	reader, nobody := w.account("reader@example.org", "partner:FI"), w.as("")
	reader.post("/digest", form("every", "week")).follow()
	account := w.accountNamed("reader@example.org").ID
	path := unsubscribePath + w.handler.(*Site).server.unsubscribing(account)
	wants := func() bool {
		d, err := w.store.DigestOf(context.Background(), account)
		if err != nil {
			t.Fatal(err)
		}
		return d.Every != models.Never
	}
	nobody.get(path).is(200).says(`method="post"`, "Unsubscribe")
	nobody.do(http.MethodHead, path, nil).is(200)
	for _, wrong := range []string{path + "0", unsubscribePath + "1.00", unsubscribePath + "x", unsubscribePath + strings.Replace(path[len(unsubscribePath):], ".", "0.", 1)} {
		nobody.get(wrong).is(http.StatusNotFound)
		nobody.post(wrong, form("List-Unsubscribe", "One-Click")).is(http.StatusNotFound)
	}
	if !wants() {
		t.Fatal("looking at the link has ended the mails")
	}
	nobody.post(path, form("List-Unsubscribe", "One-Click")).is(200).says("no more news")
	if wants() {
		t.Error("the mails go on")
	}
	if proof := strings.TrimPrefix(path, unsubscribePath); strings.Contains(withoutSecret(path), proof) || strings.Contains(w.log.String(), proof) {
		t.Errorf("the log has what ends the mails: %s", w.log)
	}
	nobody.post(path, form("List-Unsubscribe", "One-Click")).is(200)
	reader.post("/digest", form("every", "week")).follow()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if nobody.send(r).is(200); wants() {
		t.Error("a form in parts does not end the mails")
	}
}

func TestDigestWithoutAMailServer(t *testing.T) {
	t.Parallel()
	s := newWorld(t)
	reader := s.account("reader@example.org", "partner:FI")
	reader.get("/digest").is(200).says("sends no email").hides(`name="every"`)
	reader.post("/digest", form("every", "day")).is(http.StatusUnprocessableEntity)
	s.handler.(*Site).Mail(context.Background()) // does nothing, and returns
}

// A weekly mail comes on Mondays, and tells what is ahead even if nothing has changed.
func TestDigestOfTheWeek(t *testing.T) {
	t.Parallel()
	w, o := newWorld(t), &outbox{}
	w.site = w.mailed(o, 0) // a Monday
	w.account("reader@example.org", "partner:FI").post("/digest", form("every", "week", "remind", "true")).follow()
	w.account("sender@example.org", "coordinator:SE").post("/digest", form("every", "week", "remind", "true")).follow()
	for day := 1; day < 7; day++ {
		w.mailed(o, day)
	}
	if len(o.sent) > 0 {
		t.Fatalf("sent before Monday is %+v", o.sent)
	}
	w.mailed(o, 7)
	w.mailed(o, 14)
	said := map[string][]string{}
	for _, m := range o.sent {
		said[m.to] = append(said[m.to], m.Plain)
	}
	if n := len(said["reader@example.org"]); n != 1 { // from 2026-12-07 on the end of the year is ahead
		t.Errorf("the reader was sent %d mails: %q", n, said)
	}
	if all := said["sender@example.org"]; len(all) != 1 || !strings.Contains(all[0], "Days left: 24") {
		t.Errorf("the sending state was sent %q", all)
	}
}

func TestFeed(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		w.get("/feed.atom").is(200) // the record begins today
		w.backdate("2026-09-30")
		at, account := w.addressOf("partner:FI", db.Calendar{About: models.OfOwnStates})
		at = strings.TrimSuffix(at, ".ics") + ".atom"
		w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-11-22", "end_reason", "x")).follow()
		nobody := w.as("")
		p := nobody.get(at).is(200)
		if kind := p.Header.Get("Content-Type"); kind != "application/atom+xml; charset=utf-8" {
			t.Errorf("the feed is %s", kind)
		}
		first := atomOf(t, p)
		if len(first) < 2 {
			t.Fatalf("the entries are %v: %s", first, p.body)
		}
		p.says("Åse Lindqvist", "Thailand", "/changes?").hides("ase@example.org", account.Email)
		r := httptest.NewRequest(http.MethodGet, at, nil)
		r.Header.Set("If-None-Match", p.Header.Get("ETag"))
		nobody.send(r).is(http.StatusNotModified)
		later := w.on(5)
		for id, entry := range atomOf(t, later.as("").get(at).is(200)) {
			if was, known := first[id]; known && was != entry {
				t.Errorf("%s was %s and is %s", id, was, entry)
			}
			delete(first, id)
		}
		if len(first) > 0 {
			t.Errorf("five days later these have gone: %v", first)
		}
		w.get("/feed.atom").is(200)
		w.get("/feed.atom?of=x").is(http.StatusUnprocessableEntity)
		w.as("auditor:all").get("/feed.atom").is(http.StatusForbidden)
		nobody.get("/feed.atom").is(http.StatusUnauthorized)
		basic := httptest.NewRequest(http.MethodGet, "/feed.atom?of=all&lang=sv", nil)
		basic.SetBasicAuth("anything", w.token)
		nobody.send(basic).is(200).says("Samband: nyheter")
	})
}

// atomOf returns the entries of a feed, which is sound, by their IDs.
func atomOf(t *testing.T, p page) map[string]string {
	t.Helper()
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Link    struct {
				HRef string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(p.body), &feed); err != nil {
		t.Fatal(err, p.body)
	}
	entries := map[string]string{}
	for _, e := range feed.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || !strings.HasPrefix(e.ID, "tag:") || e.Title == "" {
			t.Errorf("%s is updated %q", e.ID, e.Updated)
		}
		if u, err := url.Parse(e.Link.HRef); err != nil || !u.IsAbs() {
			t.Errorf("%s leads to %s", e.ID, e.Link.HRef)
		}
		if _, twice := entries[e.ID]; twice {
			t.Errorf("%s is there twice", e.ID)
		}
		entries[e.ID] = e.Title + " " + e.Updated
	}
	return entries
}

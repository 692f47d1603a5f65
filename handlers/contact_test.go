package handlers

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/emersion/go-vcard"

	"samband/views"
)

// cards reads the answer with cards in it, by name.
func (p page) cards() (names []string) {
	p.t.Helper()
	p.is(200)
	if got := p.Header.Get("Content-Type"); got != "text/vcard; charset=utf-8" {
		p.t.Errorf("the cards are %s", got)
	}
	if got := p.Header.Get("Content-Disposition"); got != `attachment; filename="samband-contacts-2026-11-23.vcf"` {
		p.t.Errorf("the file is %s", got)
	}
	d := vcard.NewDecoder(strings.NewReader(p.body))
	for {
		card, err := d.Decode()
		if err == io.EOF {
			return names
		}
		if err != nil {
			p.t.Fatal(err)
		}
		names = append(names, card.Value(vcard.FieldFormattedName))
	}
}

// reached is a site with four postings in South-eastern Asia and one elsewhere: their
// holders can be reached but for the last but one, and one is masked.
func reached(t *testing.T, s *site) world {
	t.Helper()
	w := worldOn(s)
	w.post(w.holder+"/edit", form("version", "1", "agency", "se-police", "name", "Åse Lindqvist", "key", "o-ase-lindqvist", "email", "ase@example.org", "phone", "08-465 004 01")).follow()
	for i, of := range []struct{ name, country, masked string }{{"Bo Ek", "VN", ""}, {"Zyxwana Qrst", "KH", "true"}, {"Ia Öst", "LA", ""}, {"Per Ny", "KE", ""}} {
		email := fmt.Sprintf("p%d@example.org", i)
		if of.name == "Ia Öst" {
			email = ""
		}
		key := fmt.Sprintf("o-%d", i)
		w.post("/officers", form("agency", "se-police", "name", of.name, "key", key, "email", email, "masked", of.masked)).follow()
		post := fmt.Sprintf("post-%d", i)
		w.post("/postings", postingForm("key", post, "host_country", of.country, "host_city", "City", "coverages.country", "")).follow()
		w.post("/assignments", form("officer", key, "posting", post, "first_day", "2025-01-01", "last_day", "2027-12-31")).follow()
	}
	return w
}

func TestTakingContacts(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := reached(t, newSite(t))
		reader := w.as("partner:FI")
		takes := func(path string, sent url.Values, want ...string) page {
			t.Helper()
			rows := w.rows()
			p := reader.post(path, sent)
			if got := p.cards(); strings.Join(got, ", ") != strings.Join(want, ", ") {
				t.Errorf("%s %v gives %q, want %q", path, sent, got, want)
			}
			if n := w.rows() - rows; n != len(want) {
				t.Errorf("%s leaves %d rows for %d", path, n, len(want))
			}
			if got := w.actions(1); !strings.Contains(got, `open officer {"what":"vcard3"}`) {
				t.Errorf("it leaves %s", got)
			}
			p.deaf(path, []string{"Zyxwana", "p1@example.org"})
			return p
		}
		takes(w.holder+"/cards", form(), "Åse Lindqvist").says("TEL;TYPE=WORK;TYPE=VOICE:+46846500401", "EMAIL;TYPE=INTERNET;TYPE=WORK:ase@example.org", "VERSION:3.0", "ROLE:Bangkok (Thailand)")
		takes("/represent/cards", form("state", "FI", "matter", "police", "place", "VN", "on", ""), "Bo Ek", "Åse Lindqvist")
		takes("/officers/cards", form("query", ""), "Åse Lindqvist", "Bo Ek", "Per Ny")
		takes("/assignments/cards", form("query", "state=IS&region=south-eastern-asia&status=held"), "Åse Lindqvist", "Bo Ek")
		takes("/postings/cards", form("query", "host=KE&columns=place,holder&sort=-place"), "Per Ny")
		w.get(w.holder).is(200).says("Contact details viewed by", "partner:FI")
		rows := w.rows()
		for path, sent := range map[string]url.Values{"/assignments/cards": form("query", "host=AQ"), "/officers/cards": form("query", "q=zyxwana"),
			w.other + "/cards": form(), "/represent/cards": form("state", "FI", "matter", "police", "place", "AQ")} {
			reader.post(path, sent).is(422).says("No one here has contact details")
		}
		reader.post("/represent/cards", form("state", "X", "matter", "police", "place", "VN")).is(422)
		reader.post("/represent/cards", form()).is(422)
		reader.post("/assignments/cards", form("query", "state=X")).is(422)
		reader.post("/assignments/cards", form("query", "%zz")).is(400)
		reader.post(w.holder+"/cards", form("format", "pdf")).is(422)
		reader.post("/officers/4711/cards", form()).is(http.StatusNotFound)
		if w.rows() != rows {
			t.Errorf("what is refused leaves %d rows", w.rows()-rows)
		}
		p := reader.post("/officers/cards", form("query", "", "format", "outlook")).is(200)
		all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.body, "\uFEFF"))).ReadAll()
		if err != nil || len(all) != 4 || !strings.HasSuffix(p.Header.Get("Content-Disposition"), `.csv"`) {
			t.Errorf("%d rows, %v, %s", len(all), err, p.Header.Get("Content-Disposition"))
		}
		reader.post(w.holder+"/cards", form("format", "vcard4")).is(200).says("VERSION:4.0", "VALUE=uri:tel:+46846500401")
		w.as("coordinator:SE").post("/officers/cards", form("query", "")).is(200).says("Zyxwana Qrst", "p1@example.org")
		for _, rights := range []string{"auditor:all", "administrator:all"} {
			for _, path := range []string{"/officers/cards", "/assignments/cards", "/postings/cards", "/represent/cards", w.holder + "/cards"} {
				w.as(rights).post(path, form("query", "")).is(http.StatusForbidden)
			}
		}
	})
}

// Who holds a restricted posting of another state is in no address book.
func TestNoCardTellsOfARestrictedPosting(t *testing.T) {
	t.Parallel()
	w := reached(t, newSite(t))
	w.post("/officers", form("agency", "se-police", "key", "o-vqpell", "name", "Vqpell Hjk", "email", "vqpell@example.org")).follow()
	w.post("/postings", postingForm("key", "riga-se", "restricted", "true", "host_country", "LV", "host_city", "Riga")).follow()
	w.post("/assignments", form("officer", "o-vqpell", "posting", "riga-se", "first_day", "2025-01-01")).follow()
	reader := w.as("partner:FI")
	reader.post("/represent/cards", form("state", "FI", "matter", "police", "place", "LV")).is(422).hides("Vqpell")
	reader.post("/assignments/cards", form("query", "host=LV")).is(422).hides("Vqpell")
	reader.post("/postings/cards", form("query", "host=LV")).is(422).hides("Vqpell")
	reader.post("/officers/cards", form("query", "q=vqpell")).is(200).says("Vqpell").hides("Riga", "Latvia") // the officer is no secret, the place is
	w.as("partner:SE").post("/assignments/cards", form("query", "host=LV")).is(200).says("Vqpell", "Riga")
}

// Contacts are taken by so many at a time.
func TestTooManyContacts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range views.MostContacts {
		w.post("/officers", form("agency", "se-police", "name", fmt.Sprint("Officer ", i), "key", fmt.Sprint("o-many-", i), "email", fmt.Sprintf("o%d@example.org", i))).follow()
	}
	rows := w.rows()
	w.post("/officers/cards", form("query", "")).is(422).says("more than 500 people")
	if w.rows() != rows {
		t.Error("it leaves a row")
	}
}

// A phone number that cannot be read is kept as it was typed, and those who may change
// it are told.
func TestUnreadablePhones(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const told = "cannot be read as one number"
	officer := func(version, phone string) {
		w.post(w.holder+"/edit", form("version", version, "agency", "se-police", "name", "Åse Lindqvist", "key", "o-ase-lindqvist", "phone", phone)).follow()
	}
	officer("1", "ask for Åse; 12 34")
	w.get(w.holder).is(200).says(told)
	w.get(w.holder+"/edit").is(200).says(told, `value="ask for Åse; 12 34"`)
	w.as("partner:SE").get(w.holder).is(200).hides(told)
	w.as("partner:SE").post(w.holder+"/cards", form()).is(200).says(`TEL;TYPE=WORK;TYPE=VOICE:ask for Åse\; 12 34`)
	officer("2", "08-465 004 01")
	w.get(w.holder).is(200).hides(told)
	w.get(w.holder + "/edit").is(200).hides(told).says(`value="08-465 004 01"`)
	point := w.post("/contact-points", form("state", "SE", "matter", "both", "name", "Desk", "phone", "the switchboard")).follow()
	w.get(point).is(200).says(told)
	w.get(point + "/edit").is(200).says(told)
	w.as("partner:SE").get(point).is(200).hides(told)
}

// Where contacts are seen they can be taken, and an answer leads to all who represent
// the state in that part of the world.
func TestPagesOfferContacts(t *testing.T) {
	t.Parallel()
	w := reached(t, newSite(t))
	reader := w.as("partner:FI")
	reader.get(w.holder).is(200).says(`action="` + w.holder + `/cards"`)
	reader.get(w.other).is(200).hides("/cards")
	reader.get("/represent?state=IS&matter=police&place=VN").is(200).says(`action="/represent/cards"`, `name="place" value="VN"`,
		`href="/assignments?on=2026-11-23&amp;region=south-eastern-asia&amp;state=IS&amp;status=held"`, "All who represent Iceland in South-eastern Asia")
	reader.get("/represent?state=IS&matter=police&place=AQ").is(200).hides("/represent/cards")
	reader.get("/assignments?state=IS&region=south-eastern-asia").is(200).says(`action="/assignments/cards"`, `name="query" value="region=south-eastern-asia&amp;state=IS"`)
	reader.get("/officers?known=2026-11-23").is(200)
}

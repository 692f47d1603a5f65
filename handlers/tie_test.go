package handlers

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// account makes an account and returns the site as it is used by it.
func (s *site) account(email, rights string) *site {
	s.t.Helper()
	a := models.Account{Email: email, Rights: models.ParseRights(rights)}
	next := *s
	err := s.store.Write(context.Background(), db.Local, func(tx *db.Tx) (err error) {
		if err = tx.SaveAccount(&a); err == nil {
			next.token, err = tx.AddToken(&db.Token{Account: a.ID, Expires: models.DateOf(noon)}, models.DateOf(noon))
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return &next
}

// Whoever keeps accounts types their addresses: that of a masked officer, put
// on an account, hands nothing of that officer over.
func TestMyDataTrustsNoAddress(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		s.post("/officers", form("agency", "se-police", "key", "o-zyxwana", "name", "Zyxwana Qrst", "email", "z@zyxwana.example", "phone", "+4670999", "masked", "true")).follow()
		s.post("/assignments", form("officer", "o-zyxwana", "posting", "bangkok-se", "first_day", "2025-01-01", "note", "kanarienot")).follow()
		s.as("administrator:DK").post("/accounts", form("email", "z@zyxwana.example", "rights", "partner:DK")).follow()
		var id int64
		if err := s.raw.QueryRow("SELECT id FROM accounts WHERE email = 'z@zyxwana.example'").Scan(&id); err != nil {
			t.Fatal(err)
		}
		as := *s
		err := s.store.Write(context.Background(), db.Local, func(tx *db.Tx) (err error) {
			as.token, err = tx.AddToken(&db.Token{Account: id, Expires: models.DateOf(noon)}, models.DateOf(noon))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		mine := as.get("/account/my-data.json").is(http.StatusOK).says(`"email": "z@zyxwana.example"`, `"officer": null`)
		mine.deaf("my data", []string{"Qrst", "o-zyxwana", "4670999", "kanarienot"})
		if strings.Contains(mine.body, `"noun": "officer"`) || strings.Contains(mine.body, `"Noun": "officer"`) {
			t.Error("the trail of an officer is handed over")
		}
	})
}

// Whoever is tied is given all that is held about himself or herself, and the
// page of the account says whom it is tied to.
func TestMyDataOfATiedOfficer(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		recordsOf(s, "dk")
		masked := s.post("/officers", form("agency", "se-police", "key", "o-zyxwana", "name", "Zyxwana Qrst", "email", "z@zyxwana.example", "phone", "+4670999", "masked", "true")).follow()
		other := s.post("/officers", form("agency", "se-police", "key", "o-vqpell", "name", "Vqpell Hjk", "masked", "true")).follow()
		at := s.post("/assignments", form("officer", "o-vqpell", "posting", "bangkok-se", "first_day", "2025-01-01", "note", "anteckning om Vqpell")).follow()
		s.post(at+"/edit", form("version", "1", "key", "a-mistake", "officer", "o-zyxwana", "posting", "bangkok-se", "first_day", "2025-01-01", "note", "kanarienot")).follow()
		me := s.account("me@example.org", "partner:SE")
		me.get("/account").is(200).says("not linked to a liaison officer").hides("Zyxwana")

		se, dk := s.as("coordinator:SE"), s.as("coordinator:DK")
		dk.get(masked).is(200).hides("me@example.org", "/tie")
		dk.post(masked+"/tie", form("account", "me@example.org")).is(http.StatusForbidden)
		se.get(masked).is(200).says("/tie")
		se.post(masked+"/tie", form("account", "nobody@example.org")).is(http.StatusUnprocessableEntity).says("No suitable account has this address", "nobody@example.org")
		se.post(masked+"/tie", foreign(form("account", "me@example.org"))).follow()
		se.post(other+"/tie", form("account", "me@example.org")).is(http.StatusUnprocessableEntity)
		page := se.get(masked).is(200).says("me@example.org", "/untie")
		if strings.Contains(page.body, masked+"/tie") {
			t.Error("a second account is asked for")
		}
		s.as("partner:SE").get(masked).is(200).hides("me@example.org", "/untie")
		dk.get(masked).is(200).hides("me@example.org", "/untie")

		me.get("/account").is(200).says("Zyxwana Qrst")
		mine := me.get("/account/my-data.json").is(200).says("Zyxwana Qrst", "+4670999", "kanarienot", "o-zyxwana", `"Action": "tie"`)
		mine.deaf("my data", []string{"Vqpell", "o-vqpell", "Officer se", "Officer dk"})
		me.get(masked).deaf("the officer's page as others see it", []string{"Zyxwana"})

		account := between(page.body, `name="account" value="`, `"`)
		dk.post(masked+"/untie", form("account", account)).is(http.StatusForbidden)
		se.post(masked+"/untie", form("account", "1")).is(http.StatusConflict)
		se.post(masked+"/untie", form("account", account)).follow()
		me.get("/account/my-data.json").is(200).says(`"officer": null`).deaf("my data afterwards", []string{"Qrst", "4670999", "kanarienot"})
		if got := s.actions(4); strings.Count(got, "untie officer") != 1 {
			t.Errorf("the trail says %s", got)
		}
	})
}

func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	found, _, _ := strings.Cut(rest, to)
	return found
}

package handlers

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

const dutyPath = "/duty-copy"

// showDuty shows what a duty copy would hold, and asks for its passphrase.
func (s *server) showDuty(c *gin.Context) error {
	in := queryOf(c)
	made, err := s.dutyCopy(c, in)
	return s.dutyPage(c, in, made, err)
}

// dutyPage shows the page again, or first. An err that says what is wrong with what was
// typed is told at its fields.
func (s *server) dutyPage(c *gin.Context, in *query, made *views.DutyCopy, err error) error {
	problems, refused := err.(models.Problems)
	if err != nil && !refused {
		return err
	}
	status, lang := http.StatusOK, s.language(c)
	if refused {
		status = http.StatusUnprocessableEntity
	}
	page := views.Duty{Copy: made, Most: views.MostDutyDays}
	if made != nil {
		page.Form, problems = s.site.DutyForm(lang, made, problems), nil
	}
	page.Choose, page.Problems = s.site.DutyChoice(lang, in.values.Get("state"), in.values.Get("last_day"), problems)
	return show(s, c, status, views.DutyPage, page)
}

// dutyCopy makes the copy that is asked for: of the directory as those see it who see the
// least, whoever asks. It is nil until a state is given, and fills in what is not.
func (s *server) dutyCopy(c *gin.Context, in *query) (*views.DutyCopy, error) {
	ctx, today := c.Request.Context(), todayOf(c.Request.Context())
	if !in.values.Has("state") {
		in.values.Set("state", string(ownState(rightsOf(ctx))))
	}
	days := models.Period{First: today, Last: in.day("last_day", today+views.UsualDutyDays)}
	state := in.state("state")
	if most := today + views.MostDutyDays - 1; len(in.problems) == 0 && (days.Last < today || days.Last > most) {
		problem(&in.problems, "last_day", "problem.duty_days", "first", today, "last", most)
	}
	if err := in.problems.Err(); err != nil {
		return nil, err
	}
	in.values.Set("last_day", days.Last.String())
	if state == "" {
		return nil, nil
	}
	revision, err := s.store.Revision(ctx)
	if err != nil {
		return nil, err
	}
	d, err := s.store.As(models.Scope{}).Directory(ctx)
	if err != nil {
		return nil, err
	}
	by := views.DutyMaker{By: visitorOf(ctx).account.Email, At: s.now(), Revision: revision}
	return s.site.DutyCopy(s.language(c), d.NamedOn(today), state, days, by)
}

// makeDuty answers with a duty copy as a file. Before anything is sent the trail notes of
// each person whose contacts are in it that the visitor has them now, and that the copy
// was made. The passphrase is kept nowhere.
func (s *server) makeDuty(c *gin.Context) error {
	in, err := formQuery(c)
	if err != nil {
		return err
	}
	readDays(in.values, todayOf(c.Request.Context()))
	in.require("state")
	made, err := s.dutyCopy(c, in)
	if err != nil {
		return s.dutyPage(c, in, nil, err)
	}
	passphrase := c.PostForm("passphrase")
	problems := models.CheckPassphrase(passphrase, visitorOf(c.Request.Context()).account.Email)
	if len(problems) == 0 && passphrase != c.PostForm("passphrase_again") {
		problem(&problems, "passphrase_again", "problem.passphrases")
	}
	if err := problems.Err(); err != nil {
		return s.dutyPage(c, in, made, err)
	}
	var file bytes.Buffer
	if err := s.site.DutyFile(&file, s.language(c), made, passphrase); err != nil {
		return err
	}
	if err := s.spooled(c); err != nil {
		return err
	}
	if err := s.noteDuty(c, made); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="samband-duty-`+string(made.State)+"-"+made.Days.Last.String()+`.html"`)
	c.Data(http.StatusOK, "application/octet-stream", file.Bytes()) // never a page of the site
	return nil
}

func (s *server) noteDuty(c *gin.Context, made *views.DutyCopy) error {
	d, err := s.store.As(models.Scope{}).Directory(c.Request.Context())
	if err != nil {
		return err
	}
	filter := url.Values{"state": {string(made.State)}, "from": {made.Days.First.String()}, "to": {made.Days.Last.String()}}
	return s.write(c, func(tx *db.Tx) error {
		for _, o := range made.People {
			e := db.Event{Action: "open", Noun: "officer", ID: o.ID, State: d.Agency(o.AgencyID).Country, About: []any{"what", "duty-copy"}}
			if err := tx.Note(e); err != nil {
				return err
			}
		}
		return tx.Note(db.Event{Action: "export", Noun: "file", About: []any{"what", "duty-copy", "rows", len(made.People), "filter", filter.Encode()}})
	})
}

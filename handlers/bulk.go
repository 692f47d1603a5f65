package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// chosenMany returns the act that a form asks for and the names of the records that
// were chosen, by their IDs. An act that the list does not have is errBadForm, and a
// record that the visitor does not see db.ErrNotFound.
func (s *server) chosenMany(c *gin.Context, in views.BulkInput) (m models.Many, names []string, err error) {
	m = models.Many{List: models.List(in.List), Act: models.ManyAct(in.Act), On: s.today()}
	if !slices.Contains(models.ManyActs(m.List), m.Act) {
		return m, nil, errBadForm
	}
	if len(in.IDs) > models.MostMany {
		return m, nil, models.Problems{{Field: "id", Row: -1, Message: models.Say("problem.rows", "most", models.MostMany)}}
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return m, nil, err
	}
	named := map[int64]string{}
	if m.List == models.AssignmentList {
		for _, r := range assignmentRecords.known(d, func(int64) bool { return true }) {
			if id := strconv.FormatInt(r.ID, 10); slices.Contains(in.IDs, id) {
				named[r.ID] = s.assignmentName(c, d, r.Assignment)
			}
		}
	}
	for _, text := range in.IDs {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return m, nil, errBadForm
		}
		if p := d.Post(id); m.List == models.PostingList && p != nil {
			named[id] = s.site.PostingTitle(s.language(c), p, d.Sending(p))
		}
		if named[id] == "" {
			return m, nil, db.ErrNotFound
		}
		if !slices.Contains(m.IDs, id) {
			m.IDs, names = append(m.IDs, id), append(names, named[id])
		}
	}
	return m, names, nil
}

// askBulk shows the form of an act on records that were chosen in a list.
func (s *server) askBulk(c *gin.Context) error {
	q := queryOf(c)
	in := views.BulkInput{List: q.text("list"), Act: q.text("act"), IDs: q.values["id"]}
	_, names, err := s.chosenMany(c, in)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return models.Problems{{Field: "id", Row: -1, Message: models.Say("problem.nothing_chosen")}}
	}
	return s.showForm(c, http.StatusOK, s.site.BulkForm(s.language(c), in, names, nil))
}

// readMany reads the fields of the form.
func readMany(m *models.Many, in views.BulkInput) models.Problems {
	var ps models.Problems
	m.Last = dayIn(&ps, "last_day", in.LastDay, 0)
	if text := trim(in.Months); text != "" {
		months, err := strconv.Atoi(text)
		if m.Months = months; err != nil || months < 1 {
			problem(&ps, "months", "problem.whole_months")
		}
	}
	m.Reason, m.Restricted = trim(in.Reason), in.Restricted == "yes"
	m.Areas = models.AreaCodes(strings.Join(in.Areas, " "))
	return ps
}

// bulk does an act on many records: all of them, or none if it fails on one, which is
// then named.
func (s *server) bulk(c *gin.Context) error {
	var in views.BulkInput
	if err := bind(c, &in); err != nil {
		return err
	}
	m, names, err := s.chosenMany(c, in)
	if err != nil {
		return err
	}
	problems := readMany(&m, in)
	form := func(status int, ps models.Problems) error {
		return s.showForm(c, status, s.site.BulkForm(s.language(c), in, names, ps))
	}
	if again(c) {
		return form(http.StatusOK, nil)
	}
	do := func(tx *db.Tx) error { return tx.DoMany(m) }
	if err = problems.Err(); err == nil {
		shown := s.site.BulkForm(s.language(c), in, names, nil)
		told, bad := forecast{title: shown.Title, submit: shown.Submit, cancel: shown.Cancel, always: true}.told(s, c, do)
		if told {
			return bad
		}
		err = bad
	}
	if err == nil {
		err = s.write(c, do)
	}
	if failed, ok := errors.AsType[*db.ManyError](err); ok {
		if why, ok := whyNot(failed.Err); ok {
			err = models.Problems{{Field: "id", Row: -1, Message: models.Say("problem.of_many", "name", names[slices.Index(m.IDs, failed.ID)], "why", why)}}
		}
	}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return form(http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/"+in.List)
	return nil
}

// whyNot returns why a record could not be saved, for errors that are no fault of the
// program.
func whyNot(err error) (why models.Message, ok bool) {
	problems, refused := errors.AsType[models.Problems](err)
	switch {
	case refused:
		return problems[0].Message, true
	case errors.Is(err, db.ErrForbidden):
		return models.Say("problem.others_record"), true
	case errors.Is(err, db.ErrNotFound):
		return models.Say("problem.removed"), true
	}
	return why, false
}

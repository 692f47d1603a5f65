package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// A remarkable is a noun on whose records remarks are written: open returns the ID
// of the one in the address, and show shows its page.
type remarkable struct {
	noun string
	open func(*gin.Context) (int64, error)
	show func(*gin.Context, shown) error
}

// A shown is how the page of a record is shown after a form on it was refused.
type shown struct {
	status  int
	remark  string // the remark as it was typed
	refused models.Problems
}

// code returns the status with which the page is answered.
func (as shown) code() int { return cmp.Or(as.status, http.StatusOK) }

func (s *server) remarkablePosting() remarkable {
	return remarkable{"posting", func(c *gin.Context) (int64, error) { return idIn(c, "posting") }, s.postingPage}
}

func (s *server) remarkableOfficer() remarkable {
	return remarkable{"officer", func(c *gin.Context) (int64, error) { return idIn(c, "officer") },
		func(c *gin.Context, as shown) error { return s.officerPage(c, officerShown{shown: as}) }}
}

func (s *server) remarkableBody() remarkable {
	return remarkable{"body", func(c *gin.Context) (int64, error) {
		b, err := s.bodyIn(c)
		return b.ID, err
	}, s.bodyPage}
}

// remarks returns the remarks on a record as the visitor may read them, and the form
// for another one if he or she may write it.
func (s *server) remarks(c *gin.Context, noun string, id int64, at string, state models.State, as shown) (r views.Remarks, err error) {
	ctx := c.Request.Context()
	r.At, r.Account, r.Writes = at+"/remarks", visitorOf(ctx).account.ID, changeable(ctx, state) == nil
	if r.Rows, err = s.reading(ctx).Remarks(ctx, noun, id); r.Writes {
		r.Form = s.site.RemarkForm(s.language(c), r.At, as.remark, as.refused)
		r.Form.Kept = c.Request.PostForm.Get(unsavedField)
	}
	return r, err
}

// remark adds a remark on a record, of today and signed by the visitor.
func (s *server) remark(on remarkable) func(*gin.Context) error {
	return func(c *gin.Context) error {
		id, err := on.open(c)
		if err != nil {
			return err
		}
		r := models.Remark{About: on.noun, RecordID: id, On: s.today(), Text: trim(lineEnds.Replace(c.PostForm("remark")))}
		if again(c) {
			return on.show(c, shown{http.StatusOK, r.Text, nil})
		}
		err = s.write(c, func(tx *db.Tx) error {
			r.ID, r.Version = 0, 0
			return tx.SaveRemark(&r)
		})
		if problems, ok := errors.AsType[models.Problems](err); ok {
			return on.show(c, shown{http.StatusUnprocessableEntity, r.Text, problems})
		}
		return remarked(c, err)
	}
}

// removeRemark removes a remark on the record in the address.
func (s *server) removeRemark(on remarkable) func(*gin.Context) error {
	return func(c *gin.Context) error {
		id, err := on.open(c)
		if err != nil {
			return err
		}
		remark, err := idIn(c, "remark")
		if err == nil {
			err = s.write(c, func(tx *db.Tx) error { return tx.RemoveRemarkOn(on.noun, id, remark) })
		}
		return remarked(c, err)
	}
}

// remarked leads back to the record that a remark is on.
func remarked(c *gin.Context, err error) error {
	if err == nil {
		at, _, _ := strings.Cut(c.Request.URL.Path, "/remarks")
		c.Redirect(http.StatusSeeOther, at+"#remarks")
	}
	return err
}

// remarkOn returns what a row of the trail about a remark says that it is on.
func remarkOn(row models.TrailRow) (about string, id int64) {
	for _, f := range row.Fields {
		switch value := cmp.Or(f.New, f.Old); f.Field {
		case "about":
			about = value
		case "record_id":
			id, _ = strconv.ParseInt(value, 10, 64)
		}
	}
	return about, id
}

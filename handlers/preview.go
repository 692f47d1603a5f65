package handlers

import (
	"maps"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/views"
)

// A forecast is a form that tells what comes of it before it is saved. The form's
// button asks for that, and the button of the page that tells it sends the form again
// with the mark of what was shown. A form that is sent with neither is saved at once.
type forecast struct {
	title  string
	cancel string // where it leads if it is given up
	submit string // the button that saves
	always bool   // told even if nothing comes of it
}

// told answers with what f would do, if the visitor asked for that or if it is no
// longer what was shown. It reports whether it has answered; if not, f may be saved.
// Errors are those of saving.
func (x forecast) told(s *server, c *gin.Context, f func(*db.Tx) error) (bool, error) {
	mark, asked := c.PostForm("mark"), c.PostForm("preview") != ""
	if mark == "" && !asked {
		return false, nil
	}
	draft, err := s.store.Preview(c.Request.Context(), s.actor(c), f)
	if err != nil {
		return false, err
	}
	now := draft.Mark(s.today(), s.limits)
	if now == mark {
		return false, nil
	}
	draft = draft.NamedOn(s.today())
	page := views.Preview{Title: x.title, Action: c.Request.URL.RequestURI(), Cancel: x.cancel, Submit: x.submit,
		Directory: draft.After, Turnovers: draft.Turnovers(), Mark: now, Moved: mark != ""}
	s.weighed(c, draft, &page.Weighed)
	if !page.Moved && !x.always && page.Nothing() && len(page.Turnovers) == 0 {
		return false, nil
	}
	for _, name := range slices.Sorted(maps.Keys(c.Request.PostForm)) {
		if name == "mark" || name == "preview" || name == "form" {
			continue
		}
		for _, value := range c.Request.PostForm[name] {
			page.Fields = append(page.Fields, views.SentField{Name: name, Value: value})
		}
	}
	status := http.StatusOK
	if page.Moved {
		status = http.StatusConflict
	}
	return true, show(s, c, status, views.PreviewPage, page)
}

// again reports whether a form was sent only to be filled in further.
func again(c *gin.Context) bool { return c.PostForm("form") != "" }

package handlers

import (
	"maps"
	"math"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// boardMonths is how many months of changes are shown by default: the board
// meets twice a year.
const boardMonths = 6

// mostChanges is how many changes a page shows at most.
const mostChanges = 200

// changes reads the parameters of the changes, and works them out. With
// "known", the directory that they start from is read as of that day.
func (s *server) changes(c *gin.Context, in *query) (views.Changes, error) {
	ctx, today := c.Request.Context(), s.today()
	page := views.Changes{Query: in.values, Today: today}
	state := in.state("state")
	if state == "" {
		state = s.usualState(c)
	}
	to := in.day("to", today)
	from := in.day("from", to.Months(-boardMonths))
	if from > to && len(in.problems) == 0 {
		in.problems = append(in.problems, models.Problem{Field: "from", Row: -1, Message: models.Say("problem.order", "first", from, "last", to)})
	}
	if err := in.problems.Err(); err != nil {
		return page, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return page, err
	}
	_, then, err := s.asOf(ctx, in)
	if err != nil {
		return page, err
	}
	before, err := then.Directory(ctx)
	if err != nil {
		return page, err
	}
	page.Directory = d
	page.Changes = models.ChangesFor(state, before, from, d, to)
	if v := visitorOf(ctx); v != nil && !v.token {
		page.LastVisit, err = s.store.LastVisit(ctx, v.account.ID, today)
	}
	return page, err
}

// usualState returns the state that a page is about by default: the visitor's
// own, or the last one asked about, or the first.
func (s *server) usualState(c *gin.Context) models.State {
	if own := ownState(rightsOf(c.Request.Context())); own != "" {
		return own
	}
	asked, _ := c.Cookie(stateCookie)
	if state := models.State(asked); state.Valid() {
		return state
	}
	return models.States()[0]
}

func (s *server) showChanges(c *gin.Context) error {
	in := queryOf(c)
	after := in.count("after", 0, math.MaxInt32)
	page, err := s.changes(c, in)
	if err != nil {
		return err
	}
	page.Cut(after, mostChanges)
	return show(s, c, http.StatusOK, views.ChangesPage, page)
}

// changesFile answers with all the changes.
func (s *server) changesFile(c *gin.Context) error {
	in := queryOf(c)
	about := s.aboutFile(c, in)
	page, err := s.changes(c, in)
	if err != nil {
		return err
	}
	lines := views.ChangeLines(page.Changes)
	about.Query = maps.Clone(in.values)
	about.Query.Set("state", string(page.State))
	about.Query.Set("from", page.From.String())
	about.Query.Set("to", page.To.String())
	file, err := s.beginFile(c, about, in, len(lines), s.site.ChangesFile)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if err := file.Change(l); err != nil {
			return err
		}
	}
	return file.Close()
}

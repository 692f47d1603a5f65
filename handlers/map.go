package handlers

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/views"
	"samband/views/picture"
)

// showMap shows where postings sit and what they cover on a day: for one state
// and matter, or for any if one of them is not chosen.
func (s *server) showMap(c *gin.Context) error {
	in := queryOf(c)
	m := views.Map{
		State:  in.state("state"),
		Matter: in.matter("matter"),
		Window: cmp.Or(code[picture.Window](in, "region", "problem.window", strings.ToLower), picture.World),
		On:     in.day("on", s.today()),
		Query:  in.values,
	}
	if err := in.problems.Err(); err != nil {
		return err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	m.Directory, m.Spots = d, d.Spots(m.State, m.Matter, m.On)
	m.Picker = picker("/map", in, d, m.On)
	m.Picker.Knowable, m.Picker.Fields = true, s.site.MapFields(s.language(c), d, in.values)
	return show(s, c, http.StatusOK, views.MapPage, s.site.NewMap(s.language(c), m))
}

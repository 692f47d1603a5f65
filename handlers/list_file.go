package handlers

import (
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// inEveryFormat adds to routes those of the other formats beside each CSV file of a
// list. One handler makes all of them: see aboutFile.
func inEveryFormat(routes []route) (all []route) {
	for _, r := range routes {
		all = append(all, r)
		stem, ends := strings.CutSuffix(r.path, "."+string(views.CSV))
		if !ends || views.FormatOf(r.path) == "" {
			continue
		}
		for _, f := range views.Formats() {
			if f != views.CSV {
				all = append(all, route{r.method, stem + "." + string(f), r.right, r.handle})
			}
		}
	}
	return all
}

// aboutFile reads what file of a list is asked for: the format, from how the address
// ends, and the profile, which says whom a CSV is for. What is for programs is in
// English, so that they read the same for every visitor.
func (s *server) aboutFile(c *gin.Context, in *query) views.About {
	a := views.About{Format: views.FormatOf(c.Request.URL.Path), Query: in.values, Maker: visitorOf(c.Request.Context()).account.Email, Made: s.now()}
	a.List = strings.TrimSuffix(c.Request.URL.Path, "."+string(a.Format))
	a.Profile = views.Profile(in.text("profile"))
	if a.Profile == "" {
		a.Profile = views.Plain
	}
	if !a.Profile.Valid() {
		in.refuse("profile", "problem.profile")
	}
	switch {
	case a.Format == views.XLSX:
		a.Profile = views.Excel
	case a.Format.Program():
		a.Profile = views.Plain
	}
	if a.Lang = s.language(c); a.Profile == views.Plain {
		a.Lang = views.Languages()[0]
	}
	if known := in.day("known", 0); known != s.today() {
		a.Known = known
	}
	return a
}

// A listFile is a list that is to be a file: what it is about, how many rows it has, and
// what begins it and returns what adds the rows.
type listFile struct {
	about views.About
	rows  int
	begin func(io.Writer) (file *views.File, fill func() error)
}

// A prepareFile reads what an address asks of a list.
type prepareFile func(c *gin.Context, in *query, about views.About) (listFile, error)

// sendFile answers with a list as a file.
func (s *server) sendFile(prepare prepareFile) func(*gin.Context) error {
	return func(c *gin.Context) error {
		in := queryOf(c)
		f, err := prepare(c, in, s.aboutFile(c, in))
		if err != nil {
			return err
		}
		var fill func() error
		file, err := s.beginFile(c, f.about, in, f.rows, func(w io.Writer, _ views.About) (file *views.File) {
			file, fill = f.begin(w)
			return file
		})
		if err != nil {
			return err
		}
		if err := fill(); err != nil {
			return err
		}
		return file.Close()
	}
}

// beginFile notes in the trail who downloads a file, and what is in it, before
// anything is sent. Then it sets the headers of the file, which is named after
// its list, and begins it.
func (s *server) beginFile(c *gin.Context, a views.About, in *query, rows int, begin func(io.Writer, views.About) *views.File) (*views.File, error) {
	if err := fits(a.Format, rows); err != nil {
		return nil, err
	}
	if err := s.spooled(c); err != nil {
		return nil, err
	}
	err := s.write(c, func(tx *db.Tx) error {
		filter, asked := filterOf(in.values)
		about := []any{"what", a.List[1:] + "." + string(a.Format), "rows", rows}
		if a.Format == views.CSV {
			about = append(about, "profile", string(a.Profile))
		}
		return tx.Note(db.Event{Action: "export", Noun: "file", Filter: asked, About: append(about, "filter", filter)})
	})
	if err != nil {
		return nil, err
	}
	name := a.List[1:] + "-" + s.today().String()
	if known := asOfDay(c.Request.Context()); known != 0 {
		name += "-known-" + known.String()
	}
	c.Header("Content-Type", a.Format.ContentType())
	c.Header("Content-Disposition", `attachment; filename="`+name+"."+string(a.Format)+`"`)
	c.Status(http.StatusOK)
	return begin(c.Writer, a), nil
}

// fits refuses a workbook of more rows than a sheet holds. (A row of the trail takes
// several in its file: those that do not fit then are left out, and the file says so.)
func fits(f views.Format, rows int) error {
	if f != views.XLSX || rows <= views.MostSheetRows {
		return nil
	}
	return models.Problems{{Field: "rows", Row: -1, Message: models.Say("problem.sheet_rows", "rows", rows, "most", views.MostSheetRows)}}
}

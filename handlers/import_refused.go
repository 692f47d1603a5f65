package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/db/interchange"
	"samband/models"
	"samband/views"
)

// refusedCSV answers with the rows of a file that are refused, as they came, each with
// the reasons in its last column: it can be mended and sent in again.
func (s *server) refusedCSV(c *gin.Context) error {
	im, err := s.importOf(c)
	if err != nil {
		return err
	}
	if len(im.File) == 0 || im.Applied != "" {
		return db.ErrNotFound
	}
	ctx, lang := c.Request.Context(), s.language(c)
	j := s.preview(ctx, im, nil, s.actor(c))
	select {
	case <-j.ended:
	case <-ctx.Done():
		return ctx.Err()
	}
	if j.err != nil {
		return j.err
	}
	say := func(m models.Message) string { return s.site.Say(lang, m) }
	column := func(name string) string { return s.site.ImportColumn(lang, name) }
	if err := s.spooled(c); err != nil {
		return err
	}
	c.Header("Content-Type", "text/csv; charset=utf-8; header=present")
	c.Header("Content-Disposition", `attachment; filename="refused-`+s.today().String()+`.csv"`)
	c.Status(http.StatusOK)
	file := views.RefusedCSV(c.Writer)
	if err := interchange.RefusedRows(upload(im), s.importOptions(im, nil), j.report, say, column, file.Row); err != nil {
		return err
	}
	return file.Close()
}

package handlers

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"samband/db"
)

// undo sets a field of a record back to its value before a row of the trail, and
// saves that like any other change: what the page calls Restore.
func undo[T db.Record, In any](e editor[T, In]) func(*gin.Context) error {
	return func(c *gin.Context) error {
		ctx := c.Request.Context()
		v, err := e.record(c)
		if err != nil {
			return err
		}
		row, err := strconv.ParseInt(c.PostForm("row"), 10, 64)
		if err != nil {
			return errBadForm
		}
		restored, err := db.Undone(ctx, e.s.reading(ctx), v, row, c.PostForm("field"))
		if err != nil {
			return err
		}
		_, version := e.ident(restored)
		*version = formVersion(c)
		if err := e.s.write(c, func(tx *db.Tx) error { return e.save(tx, restored) }); err != nil {
			return err
		}
		c.Redirect(http.StatusSeeOther, e.at(*restored))
		return nil
	}
}

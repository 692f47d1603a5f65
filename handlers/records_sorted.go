package handlers

import (
	"encoding/base64"
	"encoding/binary"
	"iter"
	"sort"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// sorted returns all lines that pass the filter, sorted by what a column shows. It
// looks at each of them: only what the store has no index for is sorted so.
func (l records[Row]) sorted(s *server, c *gin.Context, d *models.Directory, x choice) ([]views.Sorted, error) {
	ctx := c.Request.Context()
	ids, err := l.ids(s.reading(ctx), ctx, x.filter)
	if err != nil {
		return nil, err
	}
	passing := make(map[int64]struct{}, len(ids))
	for _, id := range ids {
		passing[id] = struct{}{}
	}
	var lines []views.Line
	lineOf := l.liner(s, c, d, x)
	for _, r := range l.known(d, func(id int64) bool { _, has := passing[id]; return has }) {
		lines = append(lines, lineOf(&r))
	}
	return s.site.SortLines(x.order.Language, l.of, x.order.Column, x.order.Descending, lines), nil
}

// pageSorted returns a page of sorted lines. A cursor is the key and the ID of a line.
func pageSorted(all []views.Sorted, o db.Order, at db.Page) (lines []views.Line, ends db.Ends, err error) {
	from, to := 0, min(at.Limit, len(all))
	if text := at.After + at.Before; text != "" {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil || len(raw) < 8 {
			return nil, ends, db.ErrCursor
		}
		id, key := int64(binary.BigEndian.Uint64(raw)), raw[8:]
		n := sort.Search(len(all), func(i int) bool { return all[i].Compare(key, id, o.Descending) >= 0 })
		if at.Before != "" {
			from, to = max(0, n-at.Limit), n
		} else {
			if n < len(all) && all[n].ID == id {
				n++
			}
			from, to = n, min(n+at.Limit, len(all))
		}
	}
	ends.Count = min(len(all), mostCount+1)
	cursor := func(s views.Sorted) string {
		return base64.RawURLEncoding.EncodeToString(append(binary.BigEndian.AppendUint64(nil, uint64(s.ID)), s.Key...))
	}
	for _, s := range all[from:to] {
		lines = append(lines, s.Line)
	}
	if from > 0 && from < to {
		ends.Prev = cursor(all[from])
	}
	if to < len(all) && from < to {
		ends.Next = cursor(all[to-1])
	}
	return lines, ends, nil
}

// writeSorted writes the lines of a file that is sorted by what a column shows: by
// lined, or if that is nil by write.
func (l records[Row]) writeSorted(s *server, c *gin.Context, d *models.Directory, x choice, lined func(views.Line) error, write func(*models.Directory, *Row) error) error {
	named := d.NamedOn(x.filter.On)
	all, err := l.sorted(s, c, named, x)
	if err != nil {
		return err
	}
	if lined != nil {
		return each(lineSeq(all), func(x *views.Line) error { return lined(*x) })
	}
	rows := map[int64]*Row{}
	for _, r := range l.known(named, func(int64) bool { return true }) {
		rows[l.line(s, named, x.filter.On, &r).ID] = &r
	}
	return each(lineSeq(all), func(x *views.Line) error { return write(d, rows[x.ID]) })
}

func lineSeq(all []views.Sorted) iter.Seq2[views.Line, error] {
	return func(yield func(views.Line, error) bool) {
		for _, x := range all {
			if !yield(x.Line, nil) {
				return
			}
		}
	}
}

package handlers

import (
	"slices"
	"strings"

	"samband/models"
	"samband/views"
)

// listRows makes the rows of a record's list from the table of its form, without
// the empty ones. refer fills in what the row refers to, given its cells, and may be
// nil. Problems have the row of the record.
func listRows[R any](in views.RecordInput, list string, refer func(row *R, cell func(string) string, ps *models.Problems)) (rows []R, ps models.Problems) {
	for n, i := range in.Filled(list) {
		var r R
		cell := func(field string) string { return trim(in.Cell(list, field, i)) }
		wrong := models.SetTexts(&r, cell)
		if refer != nil {
			refer(&r, cell, &wrong)
		}
		for _, p := range wrong {
			p.Field, p.Row = list+"."+p.Field, n
			ps = append(ps, p)
		}
		rows = append(rows, r)
	}
	return rows, ps
}

// placeRows moves problems from rows of the record to those of the form, which may
// have empty ones in between.
func placeRows(in views.RecordInput, ps models.Problems) models.Problems {
	placed := slices.Clone(ps)
	for i, p := range placed {
		list, _, _ := strings.Cut(p.Field, ".")
		if rows := in.Filled(list); p.Row >= 0 && p.Row < len(rows) {
			placed[i].Row = rows[p.Row]
		}
	}
	return placed
}

// moreRows adds rows to the table whose button was pressed, and reports whether one
// was.
func moreRows(in *views.RecordInput) bool {
	if in.More == "" {
		return false
	}
	for name := range in.Lists {
		if list, field, _ := strings.Cut(name, "."); list == in.More {
			for range 3 {
				in.Add(list, map[string]string{field: ""})
			}
			return true
		}
	}
	return false
}

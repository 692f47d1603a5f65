package views

import (
	"net/url"
	"strings"

	"samband/models"
)

// A RecordInput is the form of a record that has lists: its plain fields, and the
// columns of its tables. Entry i of each column belongs to row i of the form, which
// may be empty.
type RecordInput struct {
	Values
	Lists map[string][]string // by list.field, as "body_members.country"
	// More names a list that is to get further empty rows, instead of saving.
	More string
}

// Take takes what a form has sent.
func (in *RecordInput) Take(form url.Values) {
	in.Values.Take(form)
	in.Lists, in.More = map[string][]string{}, form.Get("more")
	for name, column := range form {
		if strings.Contains(name, ".") {
			in.Lists[name] = column
		}
	}
}

// Cell returns a cell of a list's table, "" beyond its end.
func (in RecordInput) Cell(list, field string, row int) string {
	return at(in.Lists[list+"."+field], row)
}

// Rows returns how many rows the table of a list has.
func (in RecordInput) Rows(list string) (n int) {
	for name, column := range in.Lists {
		if of, _, _ := strings.Cut(name, "."); of == list {
			n = max(n, len(column))
		}
	}
	return n
}

// Filled returns which rows of the table have anything filled in.
func (in RecordInput) Filled(list string) (rows []int) {
	for i := range in.Rows(list) {
		text := ""
		for name, column := range in.Lists {
			if of, _, _ := strings.Cut(name, "."); of == list {
				text += at(column, i)
			}
		}
		if strings.TrimSpace(text) != "" {
			rows = append(rows, i)
		}
	}
	return rows
}

// Add adds a row to the table of a list.
func (in *RecordInput) Add(list string, cells map[string]string) {
	if in.Lists == nil {
		in.Lists = map[string][]string{}
	}
	row := in.Rows(list)
	for field, text := range cells {
		name := list + "." + field
		for len(in.Lists[name]) < row {
			in.Lists[name] = append(in.Lists[name], "")
		}
		in.Lists[name] = append(in.Lists[name], text)
	}
}

// AddAll adds the rows of a record's list, by what files call their fields. refer
// returns what the form has for references, and may be nil.
func AddAll[R any](in *RecordInput, list string, rows []R, refer func(R) map[string]string) {
	for _, r := range rows {
		cells := models.Texts(&r)
		if refer != nil {
			for field, text := range refer(r) {
				cells[field] = text
			}
		}
		in.Add(list, cells)
	}
}

// listTable adds the table of a list, with as many empty rows as it offers. fields
// are those of a row, by their names in files.
func (b *formBuilder) listTable(in RecordInput, list string, empty int, fields ...Field) {
	var heads []string
	for _, f := range fields {
		heads = append(heads, f.Name)
	}
	var rows [][]Field
	for i := range in.Rows(list) + empty {
		row := make([]Field, len(fields))
		for j, f := range fields {
			f.Value, f.Name = in.Cell(list, f.Name, i), list+"."+f.Name
			row[j] = f
		}
		rows = append(rows, b.row(i, "", row))
	}
	b.table(list, heads, rows)
}

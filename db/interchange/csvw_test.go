package interchange

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// fullPackage has rows in every file.
func fullPackage() map[string]string {
	base := aPackage()
	base["agencies.csv"] += "se-customs,SE,customs,Tullverket,,,,\nfi-police,FI,police,KRP,,,,\n"
	base["postings.csv"] += "seat,se-police,SE,Visby,bstf,2000-01-01,,\n"
	base["assignments.csv"] += "a-3,o-2,bangkok,2010-01-01,2012-02-29,,,\n"
	base["postings.csv"] += "second-seat,se-police,,,opc,2000-01-01,,\n"
	maps.Copy(base, youngerFiles())
	base["bodies.csv"] += "old,,board,Old board,,,,,,,,,,\n"
	base["body_names.csv"] += "old,Older board,,,,2000-12-31\n"
	return base
}

func titled(table, column string) map[string]string {
	return map[string]string{"en": table + "/" + column, "sv": "å " + column}
}

// The metadata tell of each file what it is: every column by its name and titles, and
// every cell holds what they say.
func TestMetadataDescribeThePackage(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	if got := imported(t, s, folder(t, fullPackage()), Options{}); got.Refused > 0 {
		t.Fatalf("%+v", got.Refusals)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if err := ExportTitled(context.Background(), s, db.Local, dir, false, titled); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, metadataName))
	if err != nil {
		t.Fatal(err)
	}
	var group tableGroup
	if err := json.Unmarshal(b, &group); err != nil {
		t.Fatal(err)
	}
	if group.Context[0] != "http://www.w3.org/ns/csvw" || group.Type != "TableGroup" || group.Dialect.Delimiter != "," || !group.Dialect.Header || len(group.Tables) != len(sheets) {
		t.Errorf("the group is %+v", group)
	}
	cells := map[string]map[string][]string{} // by file and column
	for _, table := range group.Tables {
		rows, err := csv.NewReader(strings.NewReader(read(t, filepath.Join(dir, table.URL)))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		cells[table.URL] = map[string][]string{}
		if len(table.Schema.Columns) != len(rows[0]) {
			t.Fatalf("%s has %d columns, and is said to have %d", table.URL, len(rows[0]), len(table.Schema.Columns))
		}
		for i, c := range table.Schema.Columns {
			if c.Name != rows[0][i] || c.Titles["und"] != c.Name || c.Titles["sv"] != "å "+c.Name || c.Titles["en"] != strings.TrimSuffix(table.URL, ".csv")+"/"+c.Name {
				t.Errorf("%s: %s is said to be %+v", table.URL, rows[0][i], c)
			}
			for _, row := range rows[1:] {
				cells[table.URL][c.Name] = append(cells[table.URL][c.Name], row[i])
				if !c.holds(row[i]) {
					t.Errorf("%s: a cell of %+v is %q", table.URL, c, row[i])
				}
			}
		}
		seen := map[string]bool{}
		for i := range rows[1:] {
			id := ""
			for _, column := range table.Schema.PrimaryKey {
				id += cells[table.URL][column][i] + "\x00"
			}
			if id != "" && seen[id] {
				t.Errorf("%s: two rows are %q", table.URL, id)
			}
			seen[id] = true
		}
	}
	n := 0
	for _, table := range group.Tables {
		for _, f := range table.Schema.ForeignKeys {
			n++
			for _, cell := range cells[table.URL][f.Columns] {
				if cell != "" && !slices.Contains(cells[f.Reference.Resource][f.Reference.Columns], cell) {
					t.Errorf("%s: %s refers to %s, which %s has not", table.URL, f.Columns, cell, f.Reference.Resource)
				}
			}
		}
	}
	if n != 18 {
		t.Errorf("%d columns refer to other files", n)
	}
}

// holds reports whether a cell is what a column is said to have.
func (c csvwColumn) holds(cell string) bool {
	if cell == "" {
		return !c.Required
	}
	typed, _ := c.Datatype.(map[string]any)
	switch typed["base"] {
	case "date":
		_, err := models.ParseDate(cell)
		return err == nil && typed["format"] == "yyyy-MM-dd"
	case "boolean":
		return slices.Contains(strings.Split(typed["format"].(string), "|"), cell)
	case "integer":
		n, err := strconv.Atoi(cell)
		return err == nil && n >= 1
	case nil:
		return c.Datatype == "string"
	}
	return false
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A column is said to be required if an import refuses an empty cell in it, whatever
// else is in the row, and only then.
func TestMetadataKeepsItsPromises(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	imported(t, s, folder(t, fullPackage()), Options{})
	_, files := exported(t, s)
	for _, sheet := range sheets {
		rows, err := csv.NewReader(strings.NewReader(files[sheet.name])).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%s: %d rows, %v", sheet.name, len(rows), err)
		}
		required := strings.Fields(promises[sheet].required)
		for _, column := range append(slices.Clone(required), strings.Fields(promises[sheet].primary)...) {
			if !slices.Contains(sheet.columns, column) {
				t.Errorf("%s has no column %s", sheet.name, column)
			}
		}
		for i, column := range rows[0] {
			refused := 0
			for _, row := range rows[1:] {
				row = slices.Clone(row)
				row[i] = ""
				var b strings.Builder
				if err := csv.NewWriter(&b).WriteAll([][]string{rows[0], row}); err != nil {
					t.Fatal(err)
				}
				got := imported(t, s, folder(t, map[string]string{sheet.name: b.String()}), Options{DryRun: true})
				if slices.ContainsFunc(got.Refusals, func(r Refusal) bool { return r.Column == column }) {
					refused++
				}
			}
			if all := refused == len(rows)-1; all != slices.Contains(required, column) {
				t.Errorf("%s: an empty %s is refused in %d of %d rows, and is said to be required: %t", sheet.name, column, refused, len(rows)-1, !all)
			}
		}
	}
}

// An import leaves the metadata alone, whatever they say; an export does not write
// over them unless it may.
func TestMetadataAreNotImported(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	files := aPackage()
	files[metadataName] = "{nothing that could be read"
	if got := imported(t, s, folder(t, files), Options{}); got.Refused > 0 || got.Total().New != 13 {
		t.Errorf("%+v", got)
	}
	dir := folder(t, map[string]string{metadataName: "{}"})
	if err := Export(context.Background(), s, db.Local, dir, false); err == nil || read(t, filepath.Join(dir, metadataName)) != "{}" {
		t.Errorf("an export over metadata is %v", err)
	}
}

package interchange

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// What an import does to records of which the package has no row, it does in the
// order of their keys, and tells in that order what it has against it.
func TestImportInOrder(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	files, keys := aHall(), []string{}
	for i := range 12 {
		key := fmt.Sprintf("z-%02d", (i*5)%12)
		keys = append(keys, key)
		files["postings.csv"] += key + ",se-police,,,bstf,2000-01-01,2040-12-31,,,\n"
		files["assignments.csv"] += fmt.Sprintf("%s,o-1,bangkok,%d-01-01,%d-12-31,,,\n", key, 2040-i, 2040-i)
	}
	slices.Sort(keys)
	if got := imported(t, s, folder(t, files), Options{}); got.Refused != 0 {
		t.Fatal(refusals(got))
	}
	head := func(file string) string { return files[file][:strings.IndexByte(files[file], '\n')+1] }
	refused := func(file, row string) (all []string) {
		for _, x := range imported(t, s, folder(t, map[string]string{file: head(file) + row}), Options{}).Refusals {
			all = append(all, fmt.Sprint(x.Reason.Args))
		}
		return all
	}
	said := refused("agencies.csv", "se-police,DK,police,Politiet,,,,\n")
	for i, said := range said {
		if !strings.Contains(said, " "+keys[i]+" ") {
			t.Errorf("number %d of the agency's postings is %s, want %s", i, said, keys[i])
		}
	}
	if len(said) != 12 { // bangkok represents all five
		t.Errorf("of the agency are %q", said)
	}
	said = refused("postings.csv", "bangkok,se-police,TH,Bangkok,,2010-01-01,2020-12-31,,,\n")
	for i := range said {
		if year := 2040 - i*5%12; !strings.Contains(said[i], fmt.Sprintf("first %d-", year)) {
			t.Errorf("number %d of the terms left outside is %s, want that of %d", i, said[i], year)
		}
	}
	if len(said) != 12 {
		t.Errorf("outside are %q", said)
	}
	moved := strings.Replace(files["bodies.csv"], "SE,Visby", "LV,Riga", 1)
	imported(t, s, folder(t, map[string]string{"bodies.csv": moved}), Options{})
	rows, err := s.As(models.Everything).Trail(context.Background(), models.AllRights, db.TrailFilter{Action: "update", Noun: "posting"}, 100)
	if err != nil || len(rows) != 13 {
		t.Fatal(len(rows), err)
	}
	d := directory(t, s)
	for i, want := range append([]string{"seat"}, keys...) {
		if got := d.Post(rows[12-i].RecordID).Key; got != want {
			t.Errorf("number %d of the postings that move is %s, want %s", i, got, want)
		}
	}
}

package interchange

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// Files of records with keys end with the version of each record, which an import
// reads, remembers and compares with nothing.
func TestVersionsInThePackage(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		imported(t, s, folder(t, aPackage()), Options{})
		write(t, s, func(tx *db.Tx) error {
			all, err := db.WithParts[models.Officer](tx.Reader, "WHERE key = ?", "o-1")
			if err != nil {
				return err
			}
			all[0].Rank = "kommissarie"
			return tx.SaveOfficer(all[0])
		})
		dir, files := exported(t, s)
		for _, name := range []string{"agencies.csv", "officers.csv", "bodies.csv", "postings.csv", "assignments.csv"} {
			rows, err := csv.NewReader(strings.NewReader(files[name])).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			last := len(rows[0]) - 1
			if rows[0][last] != versionColumn {
				t.Errorf("%s ends with %q", name, rows[0][last])
			}
			for _, row := range rows[1:] {
				want := "1"
				if row[0] == "o-1" {
					want = "2"
				}
				if row[last] != want {
					t.Errorf("%s: %s has version %q, want %s", name, row[0], row[last], want)
				}
			}
		}
		if strings.Contains(files["contact_points.csv"], versionColumn) || strings.Contains(files["coverages.csv"], versionColumn) {
			t.Error("a file without keys has versions")
		}
		for _, cell := range []string{"2", "1", "900", " 2 ", ""} {
			text := strings.Replace(files["officers.csv"], ",2\r\n", ","+cell+"\r\n", 1)
			if err := os.WriteFile(filepath.Join(dir, "officers.csv"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := imported(t, s, dir, Options{}); got.Total().New+got.Total().Changed+got.Refused > 0 || got.Total().Unchanged == 0 {
				t.Errorf("version %q: %+v", cell, got)
			}
		}
		for _, cell := range []string{"0", "-1", "1.5", "two", "99999999999999999999", "2027-01-01"} {
			changed := "key,version,agency,name,rank,email,phone,languages,masked,note\no-1," + cell + ",se-police,Somebody else,,,,,,\n"
			got := imported(t, s, folder(t, map[string]string{"officers.csv": changed}), Options{})
			if got.Refused != 1 || got.Refusals[0].Column != versionColumn || got.Refusals[0].Line != 2 || got.Refusals[0].Reason.Key != "problem.version" {
				t.Errorf("version %q: %+v", cell, got)
			}
		}
		if _, again := exported(t, s); again["officers.csv"] != files["officers.csv"] {
			t.Error("a refused version has changed something")
		}
	})
}

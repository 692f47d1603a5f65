package db

import (
	"context"
	"testing"

	"samband/models"
)

// Pages that are taken from the directory are those that are read, for each scope and
// after each write.
func TestPagesFromTheDirectory(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addHall(t, s)
		ctx, f := context.Background(), Filter{On: date("2023-01-01"), Current: true}
		same := func(what string) (assignments, officers int) {
			t.Helper()
			for _, rights := range []string{"coordinator:all", "partner:SE", "coordinator:FI", ""} {
				v := s.As(models.ParseRights(rights).Scope())
				d, err := v.Directory(ctx)
				if err != nil {
					t.Fatal(err)
				}
				d = d.NamedOn(f.On)
				for range 2 { // the second time what was found is known
					read, _, err := v.Assignments(ctx, f, Order{}, Page{})
					in, ends, bad := v.Assignments(ctx, f, Order{}, Page{In: d, Most: 1})
					n, worse := v.CountAssignments(ctx, f, 1)
					if err != nil || bad != nil || worse != nil || len(in) != len(read) || ends.Count != n {
						t.Fatalf("%s, %q: %d and %d assignments, %d and %d counted, %v %v %v", what, rights, len(in), len(read), ends.Count, n, err, bad, worse)
					}
					for i, a := range in {
						b := read[i]
						if a.ID != b.ID || a.Note != b.Note || *a.Officer != *b.Officer || a.Posting.Note != b.Posting.Note || a.Agency.Name != b.Agency.Name {
							t.Errorf("%s, %q: in the directory %+v, read %+v", what, rights, a, b)
						}
					}
					people, _, err := v.Officers(ctx, f, Order{}, Page{})
					known, ends, bad := v.Officers(ctx, f, Order{}, Page{In: d, Most: 100})
					if err != nil || bad != nil || len(known) != len(people) || ends.Count != len(people) {
						t.Fatalf("%s, %q: %d and %d officers, %d counted, %v %v", what, rights, len(known), len(people), ends.Count, err, bad)
					}
					for i := range known {
						if known[i].Officer != people[i].Officer || known[i].Agency.Name != people[i].Agency.Name {
							t.Errorf("%s, %q: in the directory %+v, read %+v", what, rights, known[i], people[i])
						}
					}
					if rights == "" {
						assignments, officers = len(in), len(known)
					}
				}
			}
			return assignments, officers
		}
		before, _ := same("at first")
		x.bo.Masked = true
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.bo) })
		same("masked")
		p, err := s.As(models.Everything).Posting(ctx, x.seat.ID)
		if err != nil {
			t.Fatal(err)
		}
		p.Restricted = true
		write(t, s, func(tx *Tx) error { return tx.SavePosting(&p) })
		if after, _ := same("restricted"); after >= before {
			t.Errorf("%d assignments before, %d after a posting was restricted", before, after)
		}
	})
}

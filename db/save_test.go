package db

import (
	"context"
	"reflect"
	"testing"
)

func TestSaveAndRead(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		agency, err := s.Agency(ctx, x.agency.ID)
		if err != nil || agency != x.agency {
			t.Errorf("got %+v, %v, want %+v", agency, err, x.agency)
		}
		officer, err := s.Officer(ctx, x.officer.ID)
		if err != nil || officer != x.officer {
			t.Errorf("got %+v, %v, want %+v", officer, err, x.officer)
		}
		posting, err := s.Posting(ctx, x.posting.ID)
		if err != nil || !reflect.DeepEqual(posting, x.posting) {
			t.Errorf("got %+v, %v, want %+v", posting, err, x.posting)
		}
		assignment, err := s.Assignment(ctx, x.assignment.ID)
		if err != nil || assignment != x.assignment {
			t.Errorf("got %+v, %v, want %+v", assignment, err, x.assignment)
		}
		for key, want := range map[string]string{agency.Key: "se-police", officer.Key: "o-ase-lindqvist",
			posting.Key: "bangkok-se-police", assignment.Key: "a-bangkok-se-police-1"} {
			if key != want {
				t.Errorf("key is %q, want %q", key, want)
			}
		}
	})
}

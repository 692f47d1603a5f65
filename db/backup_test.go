package db

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"samband/models"
)

// A sign-in try or the first device key while a copy is made does not make the
// copy wrong: neither leaves a row in the trail. A record too few does.
func TestTallyOfWhatLeavesNoTrail(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "samband.db"))
	count := func() tally {
		all, err := s.tally(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := count()
	if _, _, err := s.TakeTries(ctx, time.Now(), []Meter{{Who: "somebody", Most: 3, Every: time.Minute}}, true); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DeviceKey(ctx); err != nil {
		t.Fatal(err)
	}
	during, after := count(), count()
	if err := during.between(before, after); err != nil {
		t.Errorf("a copy made between two tries is refused: %v", err)
	}
	during.rows[TableOf[models.ContactPoint]().Name]--
	if err := during.between(before, after); err == nil {
		t.Error("a copy that lacks a contact point is taken")
	}
}

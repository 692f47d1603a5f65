package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

// served returns an office with an officer whose assignment ended so many days
// ago, for each of these numbers, in turn in one posting; negative ones are yet
// to end.
func served(t *testing.T, ago ...int) (env map[string]string) {
	t.Helper()
	env = office(t)
	today := models.DateOf(time.Now())
	err := kept(t, env).Write(t.Context(), db.Local, func(tx *db.Tx) error {
		agency := models.Agency{Key: "spa", Country: "SE", Kind: "police", Name: "Polisen", Period: models.Period{Last: models.Forever}}
		if err := tx.SaveAgency(&agency); err != nil {
			return err
		}
		for i, days := range ago {
			end := today - models.Date(days)
			o := models.Officer{AgencyID: agency.ID, Key: fmt.Sprintf("o-%d", i), Name: fmt.Sprintf("Officer Number %d", 9-i), Email: fmt.Sprintf("o%d@example.org", i)}
			p := models.Posting{AgencyID: agency.ID, HostCountry: "TH", Key: fmt.Sprintf("p-%d", i), Opened: end - 1000, Closed: models.Forever}
			err := errors.Join(tx.SaveOfficer(&o), tx.SavePosting(&p))
			if err == nil {
				err = tx.SaveAssignment(&models.Assignment{OfficerID: o.ID, PostingID: p.ID, Period: models.Period{First: end - 900, Last: end}, Note: "a note"})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return env
}

// names returns how the officers are called now, by name.
func names(t *testing.T, env map[string]string) (all []string) {
	t.Helper()
	d, err := kept(t, env).As(models.Everything).Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range d.Officers() {
		all = append(all, o.Name)
	}
	return all
}

func TestRetention(t *testing.T) {
	env := served(t, 4000, 30, -30, 2000)
	before := names(t, env)
	leaves(t, env, func() {
		out := does(t, env, "retention --months 60 --dry-run")
		if out != "due: Officer Number 9 (o-0)\ndue: Officer Number 6 (o-3)\n2 officers due\n" {
			t.Errorf("the dry run says %q", out)
		}
	})
	if got := names(t, env); !slices.Equal(got, before) {
		t.Errorf("after the dry run the officers are %q", got)
	}
	one := []string{"retention update officer SE", "retention erase officer SE", "retention update assignment SE", "retention erase assignment SE"}
	leaves(t, env, func() {
		out := does(t, env, "retention --months 60")
		if out != "2 officers replaced by pseudonyms\n" {
			t.Errorf("it says %q", out)
		}
	}, append(slices.Clone(one), one...)...)
	got := names(t, env)
	pseudonyms := slices.DeleteFunc(slices.Clone(got), func(name string) bool { return !strings.HasPrefix(name, "Former officer ") })
	if !slices.Contains(got, "Officer Number 8") || !slices.Contains(got, "Officer Number 7") || len(pseudonyms) != 2 || len(got) != 4 {
		t.Errorf("the officers are %q", got)
	}
	leaves(t, env, func() {
		if out := does(t, env, "retention --months 60"); out != "0 officers replaced by pseudonyms\n" {
			t.Errorf("the second time it says %q", out)
		}
	})
	if out := does(t, env, "audit verify"); !strings.HasPrefix(out, "the trail is whole: ") {
		t.Errorf("afterwards, verify says %q", out)
	}
}

// A checkpoint from before an erasure still proves the trail after it.
func TestRetentionKeepsCheckpoints(t *testing.T) {
	env := served(t, 4000)
	_, file := seal(t, env)
	does(t, env, "retention --months 1")
	if out := does(t, env, "audit verify --checkpoint "+file); !strings.HasPrefix(out, "the trail is whole: ") || strings.Contains(out, "Officer Number") {
		t.Errorf("it says %q", out)
	}
	behind(t, env, "DELETE FROM audit WHERE action = 'erase' AND noun = 'officer'")
	refuses(t, env, "audit verify --checkpoint "+file, "the trail is broken at row")
}

func TestRetentionRefuses(t *testing.T) {
	env := served(t, 4000)
	before := names(t, env)
	for words, says := range map[string]string{
		"retention":                              "give --months",
		"retention --months 0":                   "give --months",
		"retention --months -1":                  "give --months",
		"retention --months 1.5":                 "--months",
		"retention --months five":                "--months",
		"retention --months 9999999999999999999": "--months",
		"retention --months 60 now":              "no further words",
		"retention --retention-months -60":       "cannot be negative",
		"retention --year 5":                     "unknown flag",
	} {
		refuses(t, env, words, says)
	}
	if got := names(t, env); !slices.Equal(got, before) {
		t.Errorf("the officers are %q", got)
	}
}

func TestRetentionBySetting(t *testing.T) {
	env := served(t, 4000)
	env["SAMBAND_RETENTION_MONTHS"] = "60"
	if out := does(t, env, "retention --months 600"); out != "0 officers replaced by pseudonyms\n" {
		t.Errorf("the flag does not go before the setting: %q", out)
	}
	if out := does(t, env, "retention"); out != "1 officers replaced by pseudonyms\n" {
		t.Errorf("by the setting, it says %q", out)
	}
}

// More months than the calendar has keep everybody.
func TestRetentionForEver(t *testing.T) {
	env := served(t, 4000)
	for _, months := range []string{"100000", "9223372036854775807", "9223372036854770000"} {
		if out := does(t, env, "retention --dry-run --months "+months); out != "0 officers due\n" {
			t.Errorf("after %s months it says %q", months, out)
		}
	}
}

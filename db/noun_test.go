package db

import (
	"fmt"
	"strings"
	"testing"

	"samband/models"
)

// A noun that is declared wrongly fails at start.
func TestDeclareRefuses(t *testing.T) {
	t.Parallel()
	key := func(models.Agency) string { return "" }
	state := func(*Tx, models.Agency) (models.State, error) { return "", nil }
	kept := nounsByName["agency"]
	for says, k := range map[string]kind[models.Agency]{
		`"novelty" has no place`: {noun: "novelty", key: key, state: state},
		`"agency" has no place`:  {noun: "agency", key: key, state: state}, // it is declared already
		"a agency has no key":    {noun: "agency", state: state},
		"or is nobody's":         {noun: "agency", key: key},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, says) {
					t.Errorf("%s: %s", says, got)
				}
			}()
			declare(k)
		}()
	}
	if nounsByName["agency"] != kept {
		t.Error("what was refused has taken a place")
	}
}

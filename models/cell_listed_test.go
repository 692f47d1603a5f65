package models

import (
	"slices"
	"testing"
)

// TestListedFields takes what stands in flat files from the struct, in its order.
func TestListedFields(t *testing.T) {
	type thing struct {
		ID     int64  `as:"-"`
		Name   string `told:"open"`
		Rooms  string `as:"premises,code,listed" told:"holder"`
		Shared bool   `as:",listed" told:"open"`
		Until  Date   `as:",open,listed" told:"open"`
	}
	if got, want := Listed[thing](), []string{"premises", "shared", "until"}; !slices.Equal(got, want) {
		t.Errorf("listed are %q", got)
	}
	if got, want := ListedTexts(&thing{Name: "x", Rooms: "2 rooms", Shared: true, Until: Forever}), []string{"2 rooms", "yes", ""}; !slices.Equal(got, want) {
		t.Errorf("they say %q", got)
	}
}

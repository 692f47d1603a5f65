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
		Rooms  string `as:"premises,code,flat" told:"holder"`
		Shared bool   `as:",flat" told:"open"`
		Until  Date   `as:",open,flat" told:"open"`
	}
	if got, want := FlatNames[thing](), []string{"premises", "shared", "until"}; !slices.Equal(got, want) {
		t.Errorf("listed are %q", got)
	}
	var got []string
	EachFlat(&thing{Name: "x", Rooms: "2 rooms", Shared: true, Until: Forever}, func(_ any, text string) { got = append(got, text) })
	if want := []string{"2 rooms", "yes", ""}; !slices.Equal(got, want) {
		t.Errorf("they say %q", got)
	}
}

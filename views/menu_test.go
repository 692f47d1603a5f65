package views

import (
	"slices"
	"testing"

	"samband/models"
)

func TestMenuOfRights(t *testing.T) {
	for rights, want := range map[string][]string{
		"":                            nil,
		"partner:FI":                  {"represent", "coverage", "directory", "work"},
		"auditor:all":                 {"audit"},
		"administrator:SE":            {"accounts"},
		models.AllRights.String():     {"represent", "coverage", "directory", "work", "accounts", "audit"},
		"partner:FI administrator:FI": {"represent", "coverage", "directory", "work", "accounts"},
	} {
		var got []string
		for _, task := range (Request{Rights: models.ParseRights(rights)}).Menu() {
			got = append(got, task.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: the menu has %v, want %v", rights, got, want)
		}
	}
	reader := Request{Path: "/findings?kind=gap", Rights: models.ParseRights("partner:FI")}
	if task := reader.Task(); task != nil {
		t.Errorf("a reader is offered %v beside the findings", task.Pages)
	}
	reader.Path = "/contact-points/3/edit"
	if task := reader.Task(); task == nil || task.Name != "directory" {
		t.Errorf("a contact point is a part of %v", task)
	}
}

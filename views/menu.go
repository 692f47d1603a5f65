package views

import (
	"slices"
	"strings"

	"samband/models"
)

// menu is the way through the site: the tasks, what lies under each of them, and
// who has links to it. A task of one page is that page.
var menu = []struct {
	name  string
	pages []menuPage
}{
	{"represent", []menuPage{{"represent", models.Rights.Reads}}},
	{"coverage", []menuPage{{"coverage", models.Rights.Reads}, {"map", models.Rights.Reads}, {"timeline", models.Rights.Reads}, {"changes", models.Rights.Reads},
		{"reports", models.Rights.Reads}}},
	{"directory", []menuPage{{"postings", models.Rights.Reads}, {"officers", models.Rights.Reads}, {"assignments", models.Rights.Reads}, {"bodies", models.Rights.Reads},
		{"projects", models.Rights.Reads}, {"agencies", models.Rights.Reads}, {"contact-points", models.Rights.Reads}}},
	{"work", []menuPage{{"findings", models.Rights.Reads}, {"what-if", coordinates}, {"plans", coordinates}, {"attestation", coordinates},
		{"removed", coordinates}, {"import", coordinates}}},
	{"accounts", []menuPage{{"accounts", holding(models.Administrator)}}},
	{"audit", []menuPage{{"audit", holding(models.Auditor)}}},
}

// A menuPage is the first part of a page's address, and who has links to it.
type menuPage struct {
	name  string
	right func(models.Rights) bool
}

var coordinates = holding(models.Coordinator)

func holding(role models.Role) func(models.Rights) bool {
	return func(r models.Rights) bool { return r.Holds(role) }
}

// A Task is one entry of the menu: the pages of it that a visitor has links to.
type Task struct {
	Name    string
	Pages   []string
	Current bool // the visitor is on one of them, or on what lies under one
}

// Alone reports whether the task is a single page for everybody.
func (t Task) Alone() bool { return len(t.Pages) == 1 && t.Pages[0] == t.Name }

// Menu returns the tasks that the visitor's rights open.
func (r Request) Menu() (tasks []Task) {
	section := r.Section()
	for _, task := range menu {
		t := Task{Name: task.name}
		for _, p := range task.pages {
			if p.right(r.Rights) {
				t.Pages = append(t.Pages, p.name)
			}
		}
		if len(t.Pages) > 0 {
			t.Current = slices.Contains(t.Pages, section)
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// Task returns the task that the request is a part of, and nil if that is none, or
// has no other page.
func (r Request) Task() *Task {
	for _, t := range r.Menu() {
		if t.Current && len(t.Pages) > 1 {
			return &t
		}
	}
	return nil
}

// Section returns the part of the site that the request is in: "postings" of
// /postings/12/edit.
func (r Request) Section() string { return section(r.Path) }

func section(path string) string {
	path, _, _ = strings.Cut(strings.TrimPrefix(path, "/"), "?")
	first, _, _ := strings.Cut(path, "/")
	if first == "imports" { // what came of /import
		return "import"
	}
	return first
}

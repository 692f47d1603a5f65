package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pelletier/go-toml/v2"
)

// topLevel is what may lie beside this file, as patterns of path.Match.
var topLevel = []string{
	"go.mod", "go.sum", "main.go", "layout_test.go", "Makefile", ".gitignore", ".git", ".ci", ".editorconfig",
	"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "LICENSES", "REUSE.toml", "docs", "e2e",
	"handlers", "models", "views", "db", "assets", "cli",
	"samband", "*.db", "*.db-wal", "*.db-shm", // what make run leaves
}

// packages are the folders that hold Go, each with those of ours that it may
// import. A package is called as the last part of its folder's path. The folder
// "." is the program itself.
var packages = map[string][]string{
	"models":         {},
	"assets":         {},
	"db":             {"models", "db/trail", "db/dbtest"},
	"db/trail":       {"models"},
	"db/interchange": {"models", "db", "db/dbtest"},
	"db/dbtest":      {}, // for tests
	"views":          {"models", "assets", "views/picture"},
	"views/picture":  {"models"},
	"handlers":       {"models", "db", "db/interchange", "db/trail", "views", "views/picture", "assets", "db/dbtest"},
	"e2e":            {"models", "db", "db/dbtest"},
	"cli":            {"models", "db", "db/interchange", "db/trail", "views", "assets", "handlers"},
	".":              {"cli"},
}

// keptIn says which folders may know a library, by the start of its name.
var keptIn = map[string][]string{
	"gorm.io/":              {"db"},
	"github.com/gin-gonic/": {"handlers", "cli", "e2e"}, // e2e has a server to compare with
	"github.com/chromedp/":  {"e2e"},
}

// longest is where a file must be split; about 300 lines are the sign for it.
const longest = 400

func TestLayout(t *testing.T) {
	problems, err := layoutProblems(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// layoutProblems returns what in a tree is not as docs and README promise: a
// line for each, with the name of the file.
func layoutProblems(tree fs.FS) ([]string, error) {
	var problems []string
	entries, err := fs.ReadDir(tree, ".")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !slices.ContainsFunc(topLevel, func(p string) bool { ok, _ := path.Match(p, e.Name()); return ok }) {
			problems = append(problems, e.Name()+": has no place at the top level")
		}
	}
	err = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata"):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go"):
			src, err := fs.ReadFile(tree, name)
			if err != nil {
				return err
			}
			for _, p := range fileProblems(name, src) {
				problems = append(problems, name+": "+p)
			}
		}
		return nil
	})
	return problems, err
}

// fileProblems returns what is wrong with one Go file.
func fileProblems(name string, src []byte) []string {
	folder, test := path.Dir(name), strings.HasSuffix(name, "_test.go")
	if _, ok := packages[folder]; !ok {
		return []string{"no folder for Go: each package is one of the folders that this test lists"}
	}
	var problems []string
	if base := path.Base(name); base == "utils.go" || base == "helpers.go" {
		problems = append(problems, "the name says nothing: name the file by its noun")
	}
	if lines := bytes.Count(src, []byte("\n")); lines > longest && !test {
		problems = append(problems, fmt.Sprintf("%d lines: split it by noun", lines))
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly|parser.ParseComments)
	switch {
	case err != nil:
		return append(problems, err.Error())
	case isGenerator(file):
		return problems // a program of its own, which go generate runs
	}
	want, got := path.Base(folder), file.Name.Name
	if folder == "." {
		want = "main"
	}
	if got != want && !(test && got == want+"_test") {
		problems = append(problems, fmt.Sprintf("package %s in the folder of package %s", got, want))
	}
	for _, spec := range file.Imports {
		if why := refused(folder, test, spec); why != "" {
			problems = append(problems, why)
		}
	}
	return problems
}

// refused says why a file of a folder must not import something, or nothing.
func refused(folder string, test bool, spec *ast.ImportSpec) string {
	imported, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return err.Error()
	}
	if ours, ok := strings.CutPrefix(imported, "samband/"); ok {
		if ours != folder && !slices.Contains(packages[folder], ours) {
			return fmt.Sprintf("imports %s: dependencies run the other way", ours)
		}
		if strings.HasSuffix(ours, "test") && !test {
			return fmt.Sprintf("imports %s: only tests do", ours)
		}
		return ""
	}
	first, _, _ := strings.Cut(imported, "/")
	if library := strings.Contains(first, "."); library && folder == "models" && !test {
		return fmt.Sprintf("imports %s: models needs the standard library only", imported)
	}
	for start, folders := range keptIn {
		if strings.HasPrefix(imported, start) && !slices.Contains(folders, folder) {
			return fmt.Sprintf("imports %s, which stays in %s", imported, strings.Join(folders, " and "))
		}
	}
	return ""
}

// isGenerator reports whether a file says above its package clause that it is
// no part of the package: //go:build ignore.
func isGenerator(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if x, err := constraint.Parse(c.Text); err == nil && c.Pos() < file.Package && x.String() == "ignore" {
				return true
			}
		}
	}
	return false
}

// TestLayoutSees plants one fault at a time in a tree that has none.
func TestLayoutSees(t *testing.T) {
	long := "package db\n" + strings.Repeat("\n", longest)
	for _, tt := range []struct{ fault, name, content, want string }{
		{"a stray folder", "services/doc.txt", "", "services: has no place at the top level"},
		{"a stray Go file", "server.go", "package main", "server.go: has no place at the top level"},
		{"a package below a package", "db/sql/sql.go", "package sql", "db/sql/sql.go: no folder for Go"},
		{"two packages in a folder", "db/other.go", "package store", "db/other.go: package store in the folder of package db"},
		{"a package called as the folder above", "views/picture/a.go", "package views", "views/picture/a.go: package views in the folder of package picture"},
		{"picture that imports views", "views/picture/a.go", `package picture; import _ "samband/views"`, "views/picture/a.go: imports views"},
		{"models that imports db", "models/a.go", `package models; import _ "samband/db"`, "models/a.go: imports db"},
		{"db that imports interchange in a test", "db/a_test.go", `package db; import _ "samband/db/interchange"`, "db/a_test.go: imports db/interchange: dependencies"},
		{"db that imports what is for tests", "db/a.go", `package db; import _ "samband/db/dbtest"`, "db/a.go: imports db/dbtest: only tests do"},
		{"db that imports views in a test", "db/a_test.go", `package db_test; import _ "samband/views"`, "db/a_test.go: imports views"},
		{"views that imports handlers", "views/a.go", `package views; import _ "samband/handlers"`, "views/a.go: imports handlers"},
		{"a library in models", "models/a.go", `package models; import _ "golang.org/x/text/language"`, "models/a.go: imports golang.org/x/text/language"},
		{"GORM in handlers", "handlers/a.go", `package handlers; import _ "gorm.io/gorm"`, "handlers/a.go: imports gorm.io/gorm, which stays in db"},
		{"Gin in views", "views/a.go", `package views; import _ "github.com/gin-gonic/gin"`, "views/a.go: imports github.com/gin-gonic/gin"},
		{"a file named by nothing", "views/utils.go", "package views", "views/utils.go: the name says nothing"},
		{"a long file", "db/long.go", long, "db/long.go: 401 lines"},
		{"a file that is no Go", "db/broken.go", "pakage db", "db/broken.go: db/broken.go:1:1: expected 'package'"},
	} {
		t.Run(tt.fault, func(t *testing.T) {
			tree := goodTree()
			tree[tt.name] = &fstest.MapFile{Data: []byte(tt.content)}
			problems, err := layoutProblems(tree)
			if err != nil {
				t.Fatal(err)
			}
			if len(problems) != 1 || !strings.HasPrefix(problems[0], tt.want) {
				t.Errorf("got %q, want one that starts with %q", problems, tt.want)
			}
		})
	}
}

func TestLayoutAccepts(t *testing.T) {
	problems, err := layoutProblems(goodTree())
	if err != nil || len(problems) > 0 {
		t.Errorf("got %q, %v for a tree without a fault", problems, err)
	}
}

// goodTree is a tree without a fault, that comes close to some.
func goodTree() fstest.MapFS {
	tree := fstest.MapFS{}
	for name, content := range map[string]string{
		"main.go":               `package main; import _ "samband/cli"`,
		"cli/serve.go":          `package cli; import ( _ "github.com/gin-gonic/gin"; _ "samband/handlers" )`,
		"models/date.go":        `package models; import _ "fmt"`,
		"models/date_test.go":   `package models_test; import ( _ "pgregory.net/rapid"; _ "samband/models" )`,
		"models/gen.go":         "// Gen writes a table.\n\n//go:build ignore\n\npackage main\n" + `import _ "golang.org/x/text/language"`,
		"db/open.go":            `package db; import ( _ "gorm.io/gorm"; _ "samband/models" )`,
		"db/long_test.go":       "package db\n" + strings.Repeat("\n", 2*longest),
		"views/map.go":          `package views; import _ "samband/views/picture"`,
		"views/picture/map.go":  `package picture; import _ "samband/models"`,
		"views/testdata/gen.go": "package other",
		"views/pages/x.html":    "",
		"samband.db":            "",
	} {
		tree[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return tree
}

// TestLicences wants the licence of every file to be told, and every licence
// that is told to be there with its text.
func TestLicences(t *testing.T) {
	var reuse struct {
		Annotations []struct {
			Path    string
			Licence string `toml:"SPDX-License-Identifier"`
		}
	}
	b, err := os.ReadFile("REUSE.toml")
	if err == nil {
		err = toml.Unmarshal(b, &reuse)
	}
	if err != nil || len(reuse.Annotations) == 0 || reuse.Annotations[0].Path != "**" {
		t.Fatalf("REUSE.toml does not begin with what holds for all files: %v", err)
	}
	told, apart := map[string]bool{}, map[string]bool{}
	for _, a := range reuse.Annotations {
		for licence := range strings.SplitSeq(a.Licence, " AND ") {
			told[licence+".txt"] = true
		}
		apart[a.Path] = a.Path != "**"
		if _, err := os.Stat(a.Path); apart[a.Path] && err != nil {
			t.Errorf("REUSE.toml tells of a file that is not there: %v", err)
		}
	}
	texts, err := os.ReadDir("LICENSES")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if !told[text.Name()] {
			t.Errorf("LICENSES/%s: no file is told to come under it", text.Name())
		}
		delete(told, text.Name())
	}
	for missing := range told {
		t.Errorf("LICENSES/%s is missing", missing)
	}
	own, err1 := os.ReadFile("LICENSE")
	same, err2 := os.ReadFile("LICENSES/EUPL-1.2.txt")
	if err1 != nil || err2 != nil || !bytes.Equal(own, same) {
		t.Errorf("LICENSE is not the text of EUPL-1.2: %v, %v", err1, err2)
	}
	for name, src := range dataFiles(t) {
		if bytes.Contains(src[:min(len(src), 4000)], []byte("\n# Licence of ")) != apart[name] {
			t.Errorf("%s says that it has a licence of its own, and REUSE.toml does not, or the other way round", name)
		}
	}
}

// dataFiles returns what is neither code nor prose in the packages, by path.
func dataFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for folder := range packages {
		for _, pattern := range []string{"*.txt", "*.tsv", "*.csv"} {
			names, err := fs.Glob(os.DirFS("."), path.Join(folder, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				if files[name], err = os.ReadFile(name); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return files
}

package db

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// mostSQL is how many statements, or parts of them, may be written in SQL
// outside the migrations. Ordinary work uses GORM's builder.
const mostSQL = 46

var isSQL = regexp.MustCompile(`\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b`)

// TestSQLByHand requires a file that contains SQL to say why at its top, and
// limits how much there is.
func TestSQLByHand(t *testing.T) {
	t.Parallel()
	var names []string
	for _, pattern := range []string{"*.go", "trail/*.go", "interchange/*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	all := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || name == "migrate.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		ast.Inspect(file, func(node ast.Node) bool {
			if text, ok := node.(*ast.BasicLit); ok && text.Kind == token.STRING && isSQL.MatchString(text.Value) {
				n++
			}
			return true
		})
		all += n
		says := len(file.Comments) > 0 && file.Comments[0].Pos() < file.Package && strings.HasPrefix(file.Comments[0].Text(), "SQL by hand: ")
		switch {
		case n > 0 && !says:
			t.Errorf("%s: %d statements in SQL, and nothing at its top says why", name, n)
		case n == 0 && says:
			t.Errorf("%s: there is no SQL in it, though its top says so", name)
		}
	}
	if all > mostSQL || all == 0 {
		t.Errorf("%d statements in SQL", all)
	}
	t.Log(all)
}

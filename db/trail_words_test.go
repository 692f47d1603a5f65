package db

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samband/models"
)

// For each field of a noun it is decided to whom it is told, if only to nobody.
func TestEachFieldIsDecidedOn(t *testing.T) {
	t.Parallel()
	for _, n := range nouns() {
		for _, field := range n.names()[versionColumn+1:] {
			if !slices.Contains(models.TrailFields(n.called()), field) {
				t.Errorf("nothing says to whom %s of %s is told: it is told to nobody", field, n.called())
			}
		}
	}
}

// A field that nobody has decided on is told to nobody, not even to a reader
// who sees everything.
func TestWhatIsUnknownIsWithheld(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		write(t, s, func(tx *Tx) error {
			return tx.Note(Event{Action: "new", Noun: "novelty", About: []any{"what", "kanarie"}, Secret: []any{"name", "kanarie"}})
		})
		for _, rights := range []string{"auditor:all", "auditor:all coordinator:all"} {
			r := models.ParseRights(rights)
			told, err := s.As(r.Scope()).Trail(context.Background(), r, TrailFilter{Noun: "novelty"}, 10)
			if err != nil || len(told) != 1 || len(told[0].Fields) != 2 || !told[0].Fields[0].Withheld || !told[0].Fields[1].Withheld {
				t.Errorf("with %q it is %+v, %v", rights, told, err)
			}
		}
	})
}

// A written is what the code writes to the trail: actions, nouns, and the
// fields of events.
type written struct {
	t                      *testing.T
	constants              map[string]string
	actions, nouns, fields map[string]bool
	actionAt               map[string]int // functions that take an action, and the index of that parameter
}

// TestTheTrailsWordsAreListed reads the code that writes the trail: it must
// write exactly what models lists. The page's filter, the sentences and to whom
// each field is told all follow from those lists.
func TestTheTrailsWordsAreListed(t *testing.T) {
	t.Parallel()
	w := &written{t, map[string]string{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]int{}}
	var files []*ast.File
	for _, pattern := range []string{"*.go", "trail/*.go", "interchange/*.go", "../handlers/*.go", "../*.go", "../cli/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
	}
	for _, f := range files {
		ast.Inspect(f, w.declared)
	}
	for _, f := range files {
		ast.Inspect(f, w.used)
	}
	same(t, "actions", w.actions, models.TrailActions())
	same(t, "nouns", w.nouns, models.TrailNouns())
	for field := range w.fields {
		if !slices.ContainsFunc(models.TrailNouns(), func(noun string) bool { return slices.Contains(models.TrailFields(noun), field) }) {
			t.Errorf("models.trailFields does not say to whom %q is told", field)
		}
	}
	if len(w.fields) < 10 {
		t.Errorf("the code writes only the fields %v", w.fields)
	}
}

func same(t *testing.T, what string, written map[string]bool, listed []string) {
	t.Helper()
	for one := range written {
		if !slices.Contains(listed, one) {
			t.Errorf("%s: %q is written and not listed", what, one)
		}
	}
	for _, one := range listed {
		if !written[one] {
			t.Errorf("%s: %q is listed and not written", what, one)
		}
	}
}

// declared collects constants, and functions that have an action among their
// parameters.
func (w *written) declared(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				if text, ok := literal(n.Values[i]); ok {
					w.constants[name.Name] = text
				}
			}
		}
	case *ast.FuncDecl:
		at := 0
		for _, p := range n.Type.Params.List {
			for _, name := range p.Names {
				if name.Name == "action" {
					w.actionAt[n.Name.Name] = at
				}
				at++
			}
		}
	}
	return true
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

// take adds a value if it is a text or a constant. A variable passed on has
// been added where it came from.
func (w *written) take(into map[string]bool, e ast.Expr) {
	if text, ok := literal(e); ok {
		into[text] = true
		return
	}
	if s, ok := e.(*ast.SelectorExpr); ok && typeName(s.X) == "trail" {
		e = s.Sel
	}
	if name, ok := e.(*ast.Ident); ok {
		if text, there := w.constants[name.Name]; there {
			into[text] = true
		} else if name.Name != "action" && name.Name != "noun" {
			w.t.Errorf("what %s stands for cannot be read", name.Name)
		}
	}
}

func (w *written) used(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CompositeLit:
		if name := typeName(n.Type); name == "Event" || name == "kind" || isTrailRow(n.Type) {
			w.literal(n)
		}
	case *ast.AssignStmt: // l.Action, other = "remove", …
		for i, to := range n.Lhs {
			if s, ok := to.(*ast.SelectorExpr); ok && s.Sel.Name == "Action" && i < len(n.Rhs) {
				w.take(w.actions, n.Rhs[i])
			} else if ok && (s.Sel.Name == "About" || s.Sel.Name == "Secret") {
				w.pairs(n.Rhs[i])
			}
		}
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if at, takes := w.actionAt[name]; takes && at < len(n.Args) {
			w.take(w.actions, n.Args[at])
		}
	}
	return true
}

func isTrailRow(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && typeName(s.X) == "trail" && s.Sel.Name == "Row"
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.IndexExpr:
		return typeName(e.X)
	}
	return ""
}

func (w *written) literal(n *ast.CompositeLit) {
	for _, element := range n.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch key := pair.Key.(*ast.Ident).Name; strings.ToLower(key) {
		case "action":
			w.take(w.actions, pair.Value)
		case "noun":
			w.take(w.nouns, pair.Value)
		case "about", "secret":
			w.pairs(pair.Value)
		case "filter":
			w.fields["asked"] = true
		}
	}
}

// pairs adds the names of alternating names and values.
func (w *written) pairs(e ast.Expr) {
	elements := []ast.Expr{}
	switch e := e.(type) {
	case *ast.CompositeLit:
		elements = e.Elts
	case *ast.CallExpr: // append(list, name, value)
		elements = e.Args[1:]
	}
	for i := 0; i < len(elements); i += 2 {
		w.take(w.fields, elements[i])
	}
}

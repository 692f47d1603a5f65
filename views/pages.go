package views

import (
	"net/url"
	"slices"
	"strings"
)

// The pages of no noun in particular; those of a noun are in its file.
var (
	FormPage   = page[Form]("form")
	RemovePage = page[Remove]("remove")
	ErrorPage  = page[Error]("error")
)

// A Count is how many there are of something.
type Count[T any] struct {
	Of T
	N  int
}

type (
	// A Remove asks whether a record is to be removed, or says why it cannot be.
	Remove struct {
		Noun, Name, Action, Cancel string
		Version                    int
		By                         []Link // what refers to it
		More                       int    // and this many more
		Refused                    bool   // something refers to it, even if By does not say what
		Stale                      bool   // somebody else has just changed it
	}
	// A Link links to a record, or to where something is done.
	Link struct{ Noun, Name, URL string }
	// An Error is a page that says what went wrong, and the ID of the request, to
	// be quoted in a question about it.
	Error struct {
		Status   int
		Why      string // unavailable or uncertain, where the status says too little
		Problems []FieldProblem
	}
)

// fileURL returns the address of the file of a list with the rows of a page: "csv",
// "excel" for CSV with that profile, or another of the Formats.
func fileURL(list string, query url.Values, as string) string {
	v := url.Values{}
	for name, values := range query {
		if !slices.Contains(pageParameters, name) && strings.Join(values, "") != "" {
			v[name] = values
		}
	}
	if as == string(Excel) {
		as = string(CSV)
		v.Set("profile", string(Excel))
	}
	if len(v) == 0 {
		return list + "." + as
	}
	return list + "." + as + "?" + v.Encode()
}

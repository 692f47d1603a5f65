package views

import (
	"net/url"
	"slices"
	"strings"

	"samband/models"
)

// BeforeRecordPage replaces a page that was asked for as it was known before the
// record begins.
var BeforeRecordPage = page[BeforeRecord]("before_record")

// A BeforeRecord is a page that was asked for as it was known on a day before
// the record begins.
type BeforeRecord struct {
	Path                 string
	Query                url.Values
	Known, Begins, Today models.Date
}

// First returns the address of the page as it was known on the record's first
// day.
func (b BeforeRecord) First() string { return with(b.Path, b.Query, "known", b.Begins.String()) }

// Present returns the address of the page as it is known now.
func (b BeforeRecord) Present() string { return with(b.Path, b.Query, "known", "") }

// Kept returns the parameters of the page that its form has to send along.
func (b BeforeRecord) Kept() []Option { return kept(b.Query, "known") }

// kept returns the parameters of a page, except some, for a form to send along.
func kept(query url.Values, but ...string) (all []Option) {
	for name, values := range query {
		if !slices.Contains(but, name) && len(values) > 0 && values[0] != "" {
			all = append(all, Option{name, values[0]})
		}
	}
	slices.SortFunc(all, func(a, b Option) int { return strings.Compare(a.Value, b.Value) })
	return all
}

// An AsOf says as of which day an answer holds. Known is the day asked for, 0 for
// none; Begins is the first day of the record if Known lies before it, else 0.
type AsOf struct{ Known, Begins models.Date }

package models

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Officers returns all officers, by name and then by key. The caller must not
// change the slice.
func (d *Directory) Officers() []Officer { return d.byName() }

// Agencies returns all agencies, by country, kind and key.
func (d *Directory) Agencies() []Agency {
	return slices.SortedFunc(maps.Values(d.agencies), func(a, b Agency) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), strings.Compare(string(b.Kind), string(a.Kind)), strings.Compare(a.Key, b.Key))
	})
}

// Assignment returns an assignment by ID, and its posting, nil if there is none.
func (d *Directory) Assignment(id int64) (Assignment, *Post) {
	for _, p := range d.posts {
		for _, a := range p.Assignments {
			if a.ID == id {
				return a, p
			}
		}
	}
	return Assignment{}, nil
}

// OfficersNamed returns the officers that a person may mean by text: the one
// with that key or number, which may stand in brackets at the end of the text,
// or else all with that name, in any spelling, by key.
func (d *Directory) OfficersNamed(text string) []Officer {
	var named []Officer
	key, name := bracketed(text), Fold(text)
	for _, o := range d.officers {
		if o.Key == key && key != "" || key == o.Number() {
			return []Officer{o}
		}
		if name != "" && slices.Contains(Spellings(o.Name), name) {
			named = append(named, o)
		}
	}
	slices.SortFunc(named, func(a, b Officer) int { return strings.Compare(a.Key, b.Key) })
	return named
}

// PostNamed returns the posting with a key, which may stand in brackets at the
// end of the text, and nil if there is none.
func (d *Directory) PostNamed(text string) *Post {
	key := bracketed(text)
	for _, p := range d.posts {
		if p.Key == key {
			return p
		}
	}
	return nil
}

// bracketed returns what stands in brackets at the end of text, or else the
// whole of it.
func bracketed(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndexByte(text, '('); i >= 0 && strings.HasSuffix(text, ")") {
		return text[i+1 : len(text)-1]
	}
	return text
}

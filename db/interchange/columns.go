package interchange

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"samband/models"
)

// ColumnCalled tells which column of a noun's file people mean by a head: what a column is
// called in one of the program's languages, or in a list. shown is true for what lists
// show beside the columns, such as the name of a host country; a head may be both. Spaces
// around a head and its case mean nothing.
type ColumnCalled func(noun string, columns []string, head string) (column string, shown bool)

// A Head is a column of a single file.
type Head struct {
	Name   string
	Column string // the column of ours, "" if it is left out
	// Shown says that it only shows what stands elsewhere, and Unknown that somebody
	// has to say what it is, or to leave it out.
	Shown, Unknown bool
	either         bool // it may be shown only as well as be its column
}

// headsOf tells what the heads of a single file are. Of two heads for a column one gives
// way that may only be shown.
func (s *sheet) headsOf(names []string, opts *Options) []Head {
	heads := make([]Head, len(names))
	for i, name := range names {
		if name != "" {
			heads[i] = s.headOf(name, opts)
		}
	}
	for i, h := range heads {
		other := func(o Head) bool { return o.Column == h.Column && o.Name != h.Name }
		if h.either && h.Column != "" && slices.ContainsFunc(heads, other) {
			heads[i].Column, heads[i].Shown = "", true
		}
	}
	return heads
}

// Heads tells what the heads of a single file are, and of which noun it has records:
// "" for a package. Errors are those of Import.
func Heads(u Upload, opts Options) (heads []Head, noun string, err error) {
	p, err := openUpload(u, &opts)
	if err != nil {
		return nil, "", wrap("heads", err)
	}
	defer p.Close()
	if p.single == nil {
		return nil, "", nil
	}
	file, err := p.files(p.single, func(_ string, r io.Reader, _ int64) io.Reader { return r })
	if err != nil {
		return nil, "", wrap("heads", err)
	}
	defer file.Close()
	cells, _, err := file.next()
	if err != nil && err != io.EOF {
		return nil, "", wrap("heads", fmt.Errorf("%w: %w", ErrUnreadable, err))
	}
	if len(cells) > mostColumns {
		return nil, "", wrap("heads", fmt.Errorf("%w: %d columns, at most %d", ErrTooLarge, len(cells), mostColumns))
	}
	all := p.single.headsOf(cleanHeads(cells), &opts)
	return slices.DeleteFunc(all, func(h Head) bool { return h.Name == "" }), p.single.noun, nil
}

// calledOtherwise reports whether some head of a single file is not the plain name of its
// column: programs use these alone, and spreadsheets what people call them.
func (s *sheet) calledOtherwise(names []string, opts *Options) bool {
	names = names[:min(len(names), mostColumns)]
	return slices.ContainsFunc(s.headsOf(cleanHeads(names), opts), func(h Head) bool { return h.Column != "" && h.Name != h.Column })
}

// cleanHeads returns heads without spaces around them.
func cleanHeads(cells []string) []string {
	names := make([]string, len(cells))
	for i, cell := range cells {
		names[i] = strings.ToValidUTF8(strings.TrimSpace(cell), "\uFFFD")
	}
	return names
}

// reasonColumn is the last column of files of refused rows.
const reasonColumn = "reason"

// headOf tells what a head of a single file is, as somebody has chosen or by its name.
func (s *sheet) headOf(name string, opts *Options) Head {
	h := Head{Name: name}
	if column, chosen := opts.Columns[name]; chosen {
		if h.Column = column; column != "" && !s.has(column) {
			h.Column, h.Unknown = "", true
		}
		return h
	}
	word := strings.ToLower(name)
	switch {
	case s.has(word):
		h.Column = word
		return h
	case s.noun != "" && word == s.noun && s.versioned:
		h.Column = "key"
		return h
	case word == reasonColumn:
		h.Shown = true
		return h
	}
	if opts.Called != nil {
		column, shown := opts.Called(s.noun, Columns(s.noun), name)
		if s.has(column) {
			h.Column, h.either = column, shown
			return h
		}
		if shown {
			h.Shown = true
			return h
		}
	}
	h.Unknown = true
	return h
}

// has reports whether a sheet has a column.
func (s *sheet) has(column string) bool {
	return column != "" && (slices.Contains(s.columns, column) || slices.Contains(s.optional, column))
}

// needs reports whether a single file must have a column: of records with keys only
// the key.
func (s *sheet) needs(column string) bool {
	switch {
	case s.versioned:
		return column == "key"
	case s == contactPointSheet:
		return column == "state" || column == "matter" || column == "name"
	}
	return slices.Contains(s.columns, column)
}

// Columns returns the columns that a single file of a noun may have, with the version
// last. They are nil for what is no noun of files.
func Columns(noun string) []string {
	s := sheetOf(noun)
	if s == nil {
		return nil
	}
	return slices.Concat(s.columns, s.optional)
}

// Nouns returns what a single file can have records of.
func Nouns() (all []string) {
	for _, s := range sheets {
		if s.noun != "" {
			all = append(all, s.noun)
		}
	}
	return all
}

// sheetFor returns the sheet of a single file: that of the noun that somebody chose, or
// of the file's name, or else the one that knows most of the heads.
func sheetFor(name string, head []string, opts *Options) *sheet {
	if s := sheetOf(opts.Noun); opts.Noun != "" && s != nil {
		return s
	}
	for _, s := range sheets {
		stem := strings.TrimSuffix(s.name, ".csv")
		if rest, begins := strings.CutPrefix(strings.ToLower(name), stem); begins && (rest == "" || !isLetter(rest[0])) {
			return s
		}
	}
	best, most := postingSheet, 0
	for _, s := range sheets {
		if s.noun == "" {
			continue
		}
		n := 0
		for _, h := range head {
			if of := s.headOf(strings.TrimSpace(h), opts); of.Column != "" {
				n += 2
			} else if of.Shown {
				n++
			}
		}
		if n > most {
			best, most = s, n
		}
	}
	return best
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c == '_' }

// head finds the columns of a sheet in the head, in any order. Missing, unknown and
// repeated columns are refused by name.
func (im *importing) head(s *sheet, head []string) (place []int, ok bool) {
	names, single := cleanHeads(head), im.parcel.single != nil
	var heads []Head
	if single {
		heads = s.headsOf(names, &im.opts)
	} else {
		for _, name := range names {
			heads = append(heads, Head{Name: name, Column: name, Unknown: !s.has(name)})
		}
	}
	columns := make([]string, len(head)) // "" for those that are left out
	ok = true
	for i, h := range heads {
		if single && h.Name == "" { // of an empty column; see read
			im.nameless = append(im.nameless, i)
			continue
		}
		key := ""
		switch {
		case h.Unknown:
			key = "problem.column_unknown"
		case h.Column != "" && slices.Contains(columns[:i], h.Column):
			key = "problem.column_twice"
		}
		if key != "" {
			im.refuse(s, 1, h.Name, models.Say(key))
			ok = false
		}
		columns[i] = h.Column
	}
	if single {
		im.report.Heads = slices.DeleteFunc(heads, func(h Head) bool { return h.Name == "" })
	}
	for _, column := range slices.Concat(s.columns, s.optional) {
		i := slices.Index(columns, column)
		required := slices.Contains(s.columns, column)
		if single {
			required = s.needs(column)
		}
		if i < 0 && required {
			im.refuse(s, 1, column, models.Say("problem.column_missing"))
			ok = false
		}
		place = append(place, i)
	}
	return place, ok
}

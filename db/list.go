package db

import "samband/models"

// A Filter selects the rows of a list that match every field that is set. An
// invalid value, such as an unknown state, finds nothing. Postings are matched
// as they are on the day On, and assignments by their posting. For officers,
// Sending, Kind and Agency are about the officer's agency, while State, Matter,
// Host and Region must all match one posting that the officer holds on On.
type Filter struct {
	// Text finds postings if each of its words begins some word, in any spelling
	// (see models.Spellings), of their city, body, key or agency, or
	// means a country that they sit in or are ever accredited to (see
	// models.FindCountries). The whole text may also mean such a country. For
	// officers it is matched with name, rank, key and agency, for assignments
	// with officer and posting. A whole key finds its record.
	Text string
	// State and Matter are represented on On. Matter alone matches any state,
	// State alone any matter.
	State  models.State
	Matter models.Matter
	// Sending and Kind are those of the posting's agency, or the officer's.
	Sending models.State
	Kind    models.AgencyKind
	// Seating is what the posting is: abroad, a desk or a seat. Area is one that it
	// is there for, or one that the officer knows.
	Seating models.Seating
	Area    models.Area
	// Host is what hosts the posting: a country does not match postings that a
	// body hosts there. Region is where the posting sits in any case.
	Host   models.Place
	Region models.Region
	Agency int64
	// Holder is an officer: it finds the postings that the officer holds on On,
	// the officer's assignments on any days, and the officer.
	Holder int64
	// Status is that of a posting on On. Assignments are held while they last
	// within the posting's life, planned before and closed after. Officers are
	// held while they hold a posting, and vacant otherwise.
	Status models.Status
	// Current leaves out what is over on On: closed postings, assignments that have
	// ended, and officers whose assignments have all ended.
	Current bool
	// EndsBy finds assignments that have ended, or will, by that day: their own last
	// day, or their posting's. 0 means any.
	EndsBy models.Date
	On     models.Date
}

// all reports whether every record that may be seen passes.
func (f Filter) all() bool { return f == Filter{On: f.On} }

// An Order is how a list is sorted. An unknown column or language means the
// default.
type Order struct {
	Column     string
	Descending bool
	Language   string
}

// A Page is a part of a list: at most Limit rows after the cursor After or before
// the cursor Before, or from the beginning if both are empty. A Limit that is not
// positive means 50; the most is 1000.
type Page struct {
	After, Before string
	Limit         int
	// In is the reader's directory, called as on the day of the filter, or nil. If it
	// has all rows of the page, they are taken from it, and only found in the store.
	In *models.Directory
	// Most is up to how many rows of the whole list are counted, 0 for no count.
	Most int
}

// Ends are the cursors of a page: what comes before it is before Prev, and what comes
// after it is after Next. Each is "" where there is nothing more. Count is how many rows
// the whole list has, at most one more than were to be counted.
type Ends struct {
	Prev, Next string
	Count      int
}

// The columns by which lists are sorted, the default first. place sorts by host
// country's name, then city, then body; agency by state, kind and key.
var (
	PostingColumns    = []string{"place", "agency", "opened", "closed", "key"}
	OfficerColumns    = []string{"name", "agency", "rank"} // no key: the position would hint at the name
	AssignmentColumns = []string{"first_day", "last_day", "officer", "place", "agency", "key"}
)

// A PostingRow is a posting with its parts, and what it refers to. Rows may
// share what their pointers point to.
type PostingRow struct {
	models.Posting
	Agency *models.Agency
	Body   *models.Body // that hosts it, nil where a country does
}

// An OfficerRow is an officer and what the officer refers to.
type OfficerRow struct {
	models.Officer
	Agency *models.Agency
}

// An AssignmentRow is an assignment and what it refers to.
type AssignmentRow struct {
	models.Assignment
	Officer *models.Officer
	Posting *models.Posting // with its parts
	Agency  *models.Agency  // which sends the posting
	Body    *models.Body    // that hosts the posting, nil where a country does
}

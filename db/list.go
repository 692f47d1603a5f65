package db

import "samband/models"

// A Filter says which rows of a list are wanted: those for which every field
// that is set holds. A value that nothing can have, such as an unknown state,
// finds nothing. Postings are filtered by what they are on the day On,
// assignments by their posting. Of officers, Sending, Kind and Agency say
// whose they are, while State, Matter, Host and Region ask for one posting, held
// on On, of which all of them are true.
type Filter struct {
	// Text finds the rows of which each word begins some word, in any of its
	// spellings (see models.Spellings), of a posting's city, organisation, key
	// or agency, or may mean a country that it sits in or is ever accredited to
	// (see models.FindCountries). Of officers it looks at name, rank, key and
	// agency, of assignments at both. A whole key finds what has it.
	Text string
	// State and Matter: represented on On. Matter alone asks for any state,
	// State alone for any matter.
	State  models.State
	Matter models.Matter
	// Sending and Kind are those of the posting's agency, of officers their own.
	Sending models.State
	Kind    models.Matter
	// Host is what hosts the posting: a country hosts none that an organisation
	// does. Region is where the posting sits, be it at an organisation.
	Host   models.Place
	Region models.Region
	Agency int64
	// Holder is an officer: postings held by that officer on On, and his or her
	// assignments whenever they are.
	Holder int64
	// Status is that of a posting on On. Assignments are held while they last,
	// though not beyond the posting's life, planned before and closed after.
	// Officers are held while they hold a posting, and vacant otherwise.
	Status models.Status
	On     models.Date
}

// An Order is how a list is sorted. A column or language that is not known
// means the default.
type Order struct {
	Column     string
	Descending bool
	Language   string
}

// A Page is which part of a list is wanted: at most Limit rows after the
// place that a cursor names, from the beginning if it is empty.
type Page struct {
	After string
	Limit int
}

// The columns by which lists are sorted, the default first. A place is a host
// country's name and then the city; agencies come by state and kind.
var (
	PostingColumns    = []string{"place", "agency", "opened", "closed", "key"}
	OfficerColumns    = []string{"name", "agency", "rank"} // not by key: where one stands tells of the name
	AssignmentColumns = []string{"first_day", "last_day", "officer", "place", "agency", "key"}
)

// A PostingRow is a posting, with its three lists, and what it refers to.
// What the pointers of rows lead to may be shared with other rows.
type PostingRow struct {
	models.Posting
	Agency *models.Agency
}

// An OfficerRow is an officer and what he or she refers to.
type OfficerRow struct {
	models.Officer
	Agency *models.Agency
}

// An AssignmentRow is an assignment and what it refers to.
type AssignmentRow struct {
	models.Assignment
	Officer *models.Officer
	Posting *models.Posting // with its three lists
	Agency  *models.Agency  // that sends the posting
}

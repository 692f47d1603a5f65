// Package models is the domain of Samband: its types, and the rules of Nordic
// liaison postings as pure functions of them. It reads no clock, no file and no
// database, and holds no prose: where a rule has something to say, it names a
// Message that package views turns into a sentence.
//
// # Glossary
//
// These words, and only these, name things in the code and on the screen.
//
//   - Body: where states meet or officers are hosted: an organisation, a board, a
//     committee, a group, a project area or a programme.
//   - Posting: a post with a host, a sending agency and a life. It outlives its
//     holders and exists while vacant. (Not: station, office.) One that a country
//     hosts is abroad, one that an organisation hosts is a desk, and one that any
//     other body hosts is a seat.
//   - Officer: a person of one Nordic agency.
//   - Assignment: an officer holds a posting from a first day to a last day.
//     (Not: secondment, term. A term is only the length of an assignment.)
//   - Absence: days on which the holder of a posting cannot be turned to, with or
//     without a stand-in, who is another assignment.
//   - Representation: a posting acts for a Nordic country in police matters,
//     customs matters or both, from a day to a day.
//   - Coverage: a country where a posting acts. Its host is covered as
//     resident; the others are side-accredited, each from a day to a day.
//   - Contact point: whom to ring in one's own country.
//   - State: one of the five Nordic countries. Country: any country.
//   - Sending state: the state whose agency keeps the posting.
//   - Place: what the main question is asked about: a country or a body.
//   - Area: a subject of co-operation. (A part of the world is a region.)
//   - Spot: a place on the map, with the postings that act there.
//   - Handing over: one holder's assignment ends and the next one's begins, with
//     or without days that both share.
//   - Finding: what is wrong, or will be, with a posting, an officer or a state.
//   - Report: tables of what the directory says on a day, made again with the same
//     numbers for the same days. An officer-year is 365.25 days on which an officer
//     holds a posting, a gap day one on which a posting is neither held nor
//     suspended.
//   - Plan: changes that are tried out and kept, until they are carried out.
//   - Attestation: a state says that its list is right. (On the page:
//     confirmation.)
//   - Trail: the rows that say what was done, by whom and when. (On the page:
//     log.) As of a past day, or known on it: as the trail says it was then.
//   - Secretariat: the coordinators of all five states.
//   - Scope: what a reader may see; a field is told to some readers, and
//     withheld from others.
//   - Post: a posting together with its assignments, as a Directory holds it.
//   - At home: said of a place that is the state asked for, or the one that
//     sends the posting. Nobody is represented there.
//
// # Days
//
// A Date is a calendar day without clock or zone, and every last day is
// inclusive: a successor who starts the day after leaves no gap. Nothing like
// "current" is stored. It is worked out from days, for any day.
package models

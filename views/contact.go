package views

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-vcard"

	"samband/models"
)

// A CardFormat is how contacts are written for address books.
type CardFormat string

// The formats. Outlook reads vCard 3.0, and a CSV with heads of its own.
const (
	VCard3     CardFormat = "vcard3" // RFC 2426
	VCard4     CardFormat = "vcard4" // RFC 6350
	OutlookCSV CardFormat = "outlook"
)

// CardFormats returns all formats, the usual one first.
func CardFormats() []CardFormat { return []CardFormat{VCard3, VCard4, OutlookCSV} }

// Valid reports whether f is a known format.
func (f CardFormat) Valid() bool { return slices.Contains(CardFormats(), f) }

// Media returns the media type of a file of the format, and how its name ends.
func (f CardFormat) Media() (media, end string) {
	if f == OutlookCSV {
		return "text/csv; charset=utf-8; header=present", ".csv"
	}
	return "text/vcard; charset=utf-8", ".vcf"
}

// A Contact is an officer whose contacts somebody takes away.
type Contact struct {
	Officer models.Officer
	Own     models.Agency // the officer's
	Post    *models.Post  // that the officer holds, nil for none
	Sending models.Agency // of that posting
}

// Takeable reports whether there is anything to take of an officer.
func Takeable(o models.Officer) bool { return !o.Hidden() && reachable(o) }

// MostContacts is how many contacts can be taken at once.
const MostContacts = 500

// Contacts writes contacts for address books, as they stand at an instant. A phone
// number that cannot be read is written as it was typed. Notes are not written.
func (s *Site) Contacts(w io.Writer, lang string, format CardFormat, at time.Time, all []Contact) error {
	if format == OutlookCSV {
		return s.outlook(w, lang, all)
	}
	for _, c := range all {
		var b bytes.Buffer
		if err := vcard.NewEncoder(&b).Encode(s.card(lang, format, at, c)); err != nil {
			return fmt.Errorf("views: %w", err)
		}
		if err := writeCard(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// card makes the card of a contact.
func (s *Site) card(lang string, format CardFormat, at time.Time, c Contact) vcard.Card {
	f, card, text := s.factsOf(lang, c), vcard.Card{}, component
	if format == VCard4 {
		text = printable // in a value of one text a semicolon stands for itself there
	}
	add := func(name, value string, params vcard.Params) {
		if strings.Trim(value, ";") != "" {
			card.Add(name, &vcard.Field{Value: value, Params: params})
		}
	}
	add(vcard.FieldProductID, "-//Samband//Samband//EN", nil)
	add(vcard.FieldUID, s.cardID(c.Officer.ID), nil)
	add(vcard.FieldRevision, at.UTC().Format("20060102T150405Z"), nil)
	add(vcard.FieldFormattedName, text(f.name), nil)
	add(vcard.FieldName, component(f.family)+";"+component(f.given)+";;;", nil)
	add(vcard.FieldOrganization, component(f.agency), nil)
	add(vcard.FieldTitle, text(f.title), nil)
	add(vcard.FieldRole, text(f.posting), nil)
	add(vcard.FieldAddress, ";;;"+component(f.city)+";;;"+component(f.country), vcard.Params{vcard.ParamType: {"WORK"}})
	for _, category := range f.categories {
		add(vcard.FieldCategories, text(category), nil)
	}
	add(vcard.FieldURL, text(f.url), nil)
	if format == VCard3 {
		card.SetValue(vcard.FieldVersion, "3.0")
		add(vcard.FieldEmail, text(f.email), vcard.Params{vcard.ParamType: {"INTERNET", "WORK"}})
		add(vcard.FieldTelephone, text(f.phone), vcard.Params{vcard.ParamType: {"WORK", "VOICE"}})
		return card
	}
	card.SetValue(vcard.FieldVersion, "4.0")
	card.SetKind(vcard.KindIndividual)
	add(vcard.FieldEmail, text(f.email), vcard.Params{vcard.ParamType: {"WORK"}})
	phone := vcard.Params{vcard.ParamType: {"WORK", "VOICE"}, vcard.ParamValue: {"text"}}
	if f.dialled {
		phone[vcard.ParamValue], f.phone = []string{"uri"}, "tel:"+f.phone
	}
	add(vcard.FieldTelephone, text(f.phone), phone)
	return card
}

// facts are what an address book is told of somebody.
type facts struct {
	name, given, family, agency, title, posting, city, country, email, phone, url string
	dialled                                                                       bool
	categories                                                                    []string
}

// factsOf returns what an address book is told of somebody. The last word of a name is
// taken for the family name: the directory does not tell them apart.
func (s *Site) factsOf(lang string, c Contact) facts {
	o := c.Officer
	f := facts{name: strings.Join(strings.Fields(printable(o.Name)), " "), agency: s.agency(lang, c.Own), title: o.Rank, email: o.Email, phone: o.Phone,
		url: s.BaseURL + "/officers/" + itoa(int(o.ID))}
	f.family = f.name
	if i := strings.LastIndexByte(f.name, ' '); i > 0 {
		f.given, f.family = f.name[:i], f.name[i+1:]
	}
	if f.title == "" {
		f.title = s.text(lang, "card.title")
	}
	if c.Post != nil {
		f.posting, f.city = s.PostingTitle(lang, c.Post, c.Sending), c.Post.HostCity
		if c.Post.HostBody == "" {
			f.country = s.word(lang, c.Post.HostCountry)
		}
	}
	if dialled, ok := Dialled(o.Phone, c.Own.Country.Country()); ok {
		f.phone, f.dialled = dialled, true
	}
	f.categories = []string{"Samband", s.word(lang, c.Own.Country), s.word(lang, c.Own.Kind)}
	return f
}

// cardID returns what a card is known by, the same each time (RFC 9562, version 8).
func (s *Site) cardID(officer int64) string {
	sum := sha256.Sum256([]byte(s.uid("card " + itoa(int(officer)))))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// semicolon stands for one within a component until the card has been encoded: the
// encoder leaves semicolons alone, as they separate components.
const semicolon = "\x1f"

// component returns a text as a component of a card's value.
func component(text string) string { return strings.ReplaceAll(printable(text), ";", semicolon) }

// writeCard writes an encoded card with its lines folded.
func writeCard(w io.Writer, card string) error {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(card, "\r\n"), "\r\n") {
		fold(&b, strings.ReplaceAll(line, semicolon, `\;`))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mostOctets is how long a line may be (RFC 6350, 3.2), without its end.
const mostOctets = 75

// fold writes a line, folded where it is too long, and never within a letter.
func fold(b *strings.Builder, line string) {
	for most := mostOctets; len(line) > most; most = mostOctets - 1 {
		at := foldAt(line, most)
		b.WriteString(line[:at] + "\r\n ")
		line = line[at:]
	}
	b.WriteString(line + "\r\n")
}

// foldAt returns where to fold a line: at most after so many octets, before a letter
// with all its marks and, if it is not put together of too many, before a whole
// picture.
func foldAt(line string, most int) int {
	for at := most; at > most/2; at-- {
		if !utf8.RuneStart(line[at]) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(line[at:])
		before, _ := utf8.DecodeLastRuneInString(line[:at])
		if !joins(next) && before != '\u200d' && before != '\\' {
			return at
		}
	}
	for !utf8.RuneStart(line[most]) {
		most--
	}
	return most
}

// joins reports whether a rune belongs to the one before it.
func joins(r rune) bool {
	return r == '\u200d' || unicode.Is(unicode.M, r) || r >= 0x1f3fb && r <= 0x1f3ff
}

// outlookHeads are the columns that Outlook's import knows by these names.
var outlookHeads = []string{"First Name", "Last Name", "Company", "Job Title", "Department", "Business City", "Business Country/Region", "Business Phone",
	"E-mail Address", "E-mail Display Name", "Categories", "Web Page"}

// outlook writes contacts as Outlook's import takes them: commas, UTF-8 with a byte
// order mark, by which it is known as such, and heads in English. A text that a
// spreadsheet could take for a formula is guarded; a phone number is none.
func (s *Site) outlook(w io.Writer, lang string, all []Contact) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	var heads []heading
	for _, name := range outlookHeads {
		heads = append(heads, heading{name, name})
	}
	t := newCSV(w, Plain, heads)
	for _, c := range all {
		f := s.factsOf(lang, c)
		for _, text := range []string{f.given, f.family, f.agency, f.title, f.posting, f.city, f.country} {
			t.text(unformulated(text))
		}
		if !f.dialled {
			f.phone = unformulated(f.phone)
		}
		t.text(f.phone)
		for _, text := range []string{f.email, f.name, strings.Join(f.categories, ";"), f.url} {
			t.text(unformulated(text))
		}
		if err := t.end(); err != nil {
			return err
		}
	}
	return t.flush()
}

// unformulated returns a text with an apostrophe before what looks like a formula.
func unformulated(text string) string {
	if models.Formula(text) {
		return "'" + text
	}
	return text
}

// A Cards offers contacts to take away: where the choice is sent, and what with it.
type Cards struct {
	Action string
	Hidden []Option
}

// Formats returns the formats that are offered.
func (Cards) Formats() []CardFormat { return CardFormats() }

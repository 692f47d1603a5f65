package views

import (
	"cmp"
	"encoding/xml"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"samband/models"
)

// MostEntries bounds a feed: programs read the whole of it each time.
const MostEntries = 500

// The elements of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Rights  string      `xml:"rights,omitempty"`
		Updated string      `xml:"updated"`
		Link    []atomLink  `xml:"link"`
		Author  atomAuthor  `xml:"author"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		HRef string `xml:"href,attr"`
	}
	atomEntry struct {
		ID       string       `xml:"id"`
		Title    string       `xml:"title"`
		Updated  string       `xml:"updated"`
		Link     atomLink     `xml:"link"`
		Category atomCategory `xml:"category"`
		Content  string       `xml:"content,omitempty"` // plain text, which is what no type means
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
)

// Feed writes what a digest tells as an Atom feed (RFC 4287), the latest first: an entry
// for each thing, with an ID that it keeps, dated by the day on which it takes effect, or
// on which it has come near if it is ahead. name distinguishes the feed from others of
// the site. The bytes are the same whenever the same is told on the same day; midnight
// returns the instant at which a day begins.
func (s *Site) Feed(w io.Writer, lang, name string, d Digest, midnight func(models.Date) time.Time) error {
	feed := atomFeed{Lang: lang, ID: s.tag("feed " + name), Title: s.text(lang, "feed.title"), Rights: s.Banner, Author: atomAuthor{"Samband"},
		Updated: midnight(d.To).Format(time.RFC3339), Link: []atomLink{{"alternate", s.BaseURL + "/changes"}}}
	type dated struct {
		digestLine
		part string
	}
	var lines []dated
	seen := map[string]bool{}
	for _, part := range s.digestParts(lang, d) {
		for _, l := range part.Lines {
			if !l.New { // since then it is near enough
				l.On -= models.DigestAhead
			}
			if l.On = min(l.On, d.To); !seen[l.Name] {
				seen[l.Name] = true
				lines = append(lines, dated{l, part.Heading})
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b dated) int { return cmp.Compare(b.On, a.On) })
	for _, l := range lines[:min(len(lines), MostEntries)] {
		feed.Entries = append(feed.Entries, atomEntry{ID: s.tag(l.Name), Title: printable(l.Said), Updated: midnight(l.On).Format(time.RFC3339),
			Link: atomLink{"alternate", l.URL}, Category: atomCategory{printable(l.part)}, Content: printable(strings.Join(l.Why, "\n"))})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(feed)
}

// tag returns an ID that nothing else has: a tag URI (RFC 4151) of this site. Its day is
// one on which the name was the site's.
func (s *Site) tag(name string) string {
	at, _ := url.Parse(s.BaseURL)
	return "tag:" + cmp.Or(at.Hostname(), "localhost") + ",2026:" + hashOf(name)
}

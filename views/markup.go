package views

import (
	"html/template"
	"strings"
)

// What a page has hundreds of (the lines of a list, the options of a choice) is written
// by hand: html/template takes ten times as long. It is the same HTML, byte for byte.

// markup is HTML that is being written.
type markup struct{ strings.Builder }

// put adds HTML, each second text of which is escaped: markup, text, markup and so on.
func (m *markup) put(all ...string) {
	for i, s := range all {
		if i%2 == 0 {
			m.WriteString(s)
		} else {
			m.text(s)
		}
	}
}

// text adds a text, as it stands between tags and in quoted attributes.
func (m *markup) text(s string) {
	from := 0
	for i := range len(s) {
		if by := escapes[s[i]]; by != "" {
			m.WriteString(s[from:i])
			m.WriteString(by)
			from = i + 1
		}
	}
	m.WriteString(s[from:])
}

// escapes are what html/template writes in place of a byte.
var escapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// link adds the attribute href with the address of a page. What may have to be encoded
// is left to html/template.
func (m *markup) link(url string) {
	plain := func(c rune) bool {
		return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.ContainsRune("/-_#", c)
	}
	if strings.HasPrefix(url, "/") && !strings.ContainsFunc(url, func(c rune) bool { return !plain(c) }) {
		m.put(` href="`, url, `"`)
		return
	}
	var b strings.Builder
	_ = link.Execute(&b, url) // a text fails nowhere
	m.WriteString(b.String()[len("<a") : b.Len()-len(">")])
}

var link = template.Must(template.New("").Parse(`<a href="{{.}}">`))

func (m *markup) html() template.HTML { return template.HTML(m.String()) }

// say adds a sentence without places, as {{t KEY}} does.
func (m *markup) say(s *Site, lang, key string) { m.WriteString(string(s.html(lang, key))) }

// options are the choices of a field after the empty one, each on a line.
func options(f Field) template.HTML {
	var m markup
	m.Grow(50 * len(f.Options))
	for _, o := range f.Options {
		selected := `">`
		if o.Value == f.Value {
			selected = `" selected>`
		}
		m.put(`<option value="`, o.Value, selected)
		m.put("", o.Label, "</option>\n")
	}
	return m.html()
}

// cell returns what is in a cell.
func (s *Site) cell(lang string, bits []Bit) template.HTML {
	var m markup
	s.bits(&m, lang, bits)
	return m.html()
}

func (s *Site) bits(m *markup, lang string, bits []Bit) {
	for i, b := range bits {
		switch {
		case i > 0 && b.Class == "code":
			m.WriteString(" ")
		case i > 0:
			m.WriteString(", ")
		}
		s.bit(m, lang, b)
	}
}

func (s *Site) bit(m *markup, lang string, b Bit) {
	titled := func() {
		if b.Title != "" {
			m.put(` title="`, b.Title, `"`)
		}
	}
	switch {
	case b.Closed > 0:
		m.put(`<form class="open" method="post" action="/officers/`, itoa(int(b.Closed)), `/contacts" data-contact="`, b.Class, `"><button>`)
		m.say(s, lang, "list.closed")
		m.WriteString(`<span class="unseen">: `)
		m.say(s, lang, "field."+b.Class)
		m.put(", ", b.Title, "</span></button></form>")
	case b.URL != "":
		m.WriteString("<a")
		m.link(b.URL)
		titled()
		m.put(">", b.Text, "</a>")
	case b.Class == "code":
		m.put(`<abbr class="code" title="`, b.Title, `">`, b.Text, "</abbr>")
	default:
		m.WriteString("<span")
		if b.Class != "" {
			m.put(` class="`, b.Class, `"`)
		}
		titled()
		m.put(">", b.Text, "</span>")
	}
}

// lines are the rows of a list's table.
func (s *Site) lines(lang string, r Records) template.HTML {
	var m markup
	m.Grow(600 * len(r.Rows))
	for _, row := range r.Rows {
		m.WriteString("<tr>")
		if len(r.Acts) > 0 {
			m.WriteString(`<td class="choose">`)
			if row.Mine {
				m.put(`<input type="checkbox" name="id" value="`, itoa(int(row.ID)), `" form="chosen" aria-label="`, row.Name, `">`)
			}
			m.WriteString("</td>")
		}
		m.WriteString("\n")
		for i, c := range row.Cells {
			m.put(`<td data-label="`, r.Heads[i].Label, `">`)
			s.bits(&m, lang, c.Bits)
			m.WriteString("</td>\n")
		}
		if r.Of == "assignments" {
			m.put(`<td><a href="/assignments/`, itoa(int(row.ID)), `">`)
			m.say(s, lang, "column.details")
			m.put(`<span class="unseen"> `, row.Name, "</span></a></td>")
		}
		m.WriteString("</tr>\n")
	}
	return m.html()
}

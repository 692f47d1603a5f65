package db

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"samband/models"
)

// log adds a row to the trail: l with the actor, the instant, and its place in
// the chain. What is no change of the directory is of the revision before.
func (tx *Tx) log(l *link) error {
	l.id, l.at, l.request = tx.ids(1), tx.at, tx.actor.Request
	l.actorID, l.actor, l.role = tx.actor.Account, tx.actor.Name, tx.actor.Rights.String()
	if l.revision == 0 {
		l.revision = tx.revision - 1
	}
	tx.logged, tx.head = true, l.after(tx.head)
	return tx.trail.add(l.values(tx.head)...)
}

// An Event is something that is kept in the trail though no record changed: who
// signed in, opened contact data, or took an export away.
type Event struct {
	Action string // sign_in, open, export, print and so on
	Noun   string
	ID     int64        // of the record, if it is about one
	State  models.State // whose it is, "" for nobody's or several
	// About is told by name: strings and ints. It must hold nothing personal.
	About []any
	// Filter is what was asked for, which may name somebody.
	Filter string
	// Secret is told by name like About, and may name somebody too: strings.
	Secret []any
	// Vouched are names and values that the row holds commitments to, so that
	// they can be compared though the trail does not hold them: strings.
	Vouched []string
}

// vouchedField is the field in which commitments stand, as name=commitment with
// a space between.
const vouchedField = "vouched"

// pairs writes values that are told by name.
func (j *jsonWriter) pairs(about []any) {
	for i := 0; i+1 < len(about); i += 2 {
		switch v := about[i+1].(type) {
		case int:
			j.number(about[i].(string), int64(v))
		case string:
			j.text(about[i].(string), v)
		}
	}
}

// Note keeps an event.
func (tx *Tx) Note(e Event) error {
	var j jsonWriter
	j.begin()
	j.pairs(e.About)
	l := &link{action: e.Action, noun: e.Noun, recordID: e.ID, state: string(e.State)}
	if e.Filter != "" || len(e.Secret) > 0 {
		var secret jsonWriter
		secret.begin()
		if e.Filter != "" {
			secret.text("asked", e.Filter)
		}
		secret.pairs(e.Secret)
		personal := secret.end()
		l.salt, l.newPersonal = newSalt(), &personal
		j.text("personal", commitment(l.salt, personal))
	}
	if len(e.Vouched) > 0 {
		if l.salt == nil {
			l.salt = newSalt()
		}
		var all []string
		for pair := range slices.Chunk(e.Vouched, 2) {
			all = append(all, pair[0]+"="+commitment(l.salt, pair[1]))
		}
		j.text(vouchedField, strings.Join(all, " "))
	}
	about := j.end()
	l.new = &about
	return tx.log(l)
}

// Noted reports whether an account has left an event in the trail since an
// instant: the same action and noun, and told about in the same words. What is
// secret of it does not count.
func (s *Store) Noted(ctx context.Context, account int64, e Event, since time.Time) (found bool, err error) {
	var j jsonWriter
	j.begin()
	j.pairs(e.About)
	about := j.end()
	secret := strings.TrimSuffix(about, "}") + `,"personal":` // what follows is the commitment
	err = s.view(ctx, func(r reader) error {
		return r.each("SELECT 1 FROM audit WHERE actor_id = ? AND at >= ? AND action = ? AND noun = ? AND (new = ? OR substr(new, 1, ?) = ?) LIMIT 1",
			[]any{account, since.UTC().Format(instants), e.Action, e.Noun, about, utf8.RuneCountInString(secret), secret}, func(*sql.Rows) error {
				found = true
				return nil
			})
	})
	return found, wrap("noted", err)
}

// A jsonWriter writes one JSON object, field by field, for the trail. Days are
// ISO text, null when not given, and 9999-12-31 for an open end.
type jsonWriter struct{ b []byte }

func (j *jsonWriter) begin() { j.b = append(j.b[:0], '{') }

func (j *jsonWriter) end() string {
	j.b = append(j.b, '}')
	return string(j.b)
}

// name starts a field. Names are ours, and need no escaping.
func (j *jsonWriter) name(name string) {
	if j.b[len(j.b)-1] != '{' {
		j.b = append(j.b, ',')
	}
	j.b = append(j.b, '"')
	j.b = append(j.b, name...)
	j.b = append(j.b, '"', ':')
}

func (j *jsonWriter) number(name string, n int64) {
	j.name(name)
	j.b = strconv.AppendInt(j.b, n, 10)
}

func (j *jsonWriter) yes(name string, yes bool) {
	j.name(name)
	j.b = strconv.AppendBool(j.b, yes)
}

func (j *jsonWriter) day(name string, d models.Date) {
	j.name(name)
	if d <= 0 {
		j.b = append(j.b, "null"...)
		return
	}
	j.b = append(d.Append(append(j.b, '"')), '"')
}

func (j *jsonWriter) text(name, s string) {
	j.name(name)
	j.b = append(j.b, '"')
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			j.b = append(j.b, '\\', c)
			i++
		case c < 0x20:
			const hex = "0123456789abcdef"
			j.b = append(j.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			i++
		case c < utf8.RuneSelf:
			j.b = append(j.b, c)
			i++
		default: // runes that are not UTF-8 become the replacement character
			r, n := utf8.DecodeRuneInString(s[i:])
			j.b = utf8.AppendRune(j.b, r)
			i += n
		}
	}
	j.b = append(j.b, '"')
}

// objects writes a field that is a list of n objects.
func (j *jsonWriter) objects(name string, n int, object func(i int)) {
	j.name(name)
	j.b = append(j.b, '[')
	for i := range n {
		if i > 0 {
			j.b = append(j.b, ',')
		}
		j.b = append(j.b, '{')
		object(i)
		j.b = append(j.b, '}')
	}
	j.b = append(j.b, ']')
}

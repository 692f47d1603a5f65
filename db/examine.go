// SQL by hand: the databases' own tables, and rows that no record owns.

package db

import (
	"context"
	"database/sql"
	"fmt"
	"samband/db/trail"
	"slices"
	"time"
)

// SchemaDiffers returns the first difference between the database's tables and
// indexes and those that this program makes, "" if there is none: something is
// missing, unknown or changed. On PostgreSQL only names are compared.
func (s *Store) SchemaDiffers(ctx context.Context) (how string, err error) {
	fresh, err := openMemory(ctx)
	if err != nil {
		return "", wrap("schema", err)
	}
	defer fresh.Close()
	var want, got map[string]string
	err = fresh.View(ctx, func(r Reader) (err error) { want, err = r.schema(); return err })
	if err == nil {
		err = s.View(ctx, func(r Reader) (err error) { got, err = r.schema(); return err })
	}
	if err != nil {
		return "", wrap("schema", err)
	}
	for _, name := range sortedKeys(want) {
		text, there := got[name]
		switch {
		case !there:
			return name + " is missing", nil
		case !s.postgres && text != want[name]:
			return name + " is not as this program makes it", nil
		}
	}
	for _, name := range sortedKeys(got) {
		if _, ours := want[name]; !ours {
			return name + " is none of this program's", nil
		}
	}
	return "", nil
}

// schema returns the statement that made each table and each named index, by
// type and name; on PostgreSQL the statements are empty.
func (r Reader) schema() (map[string]string, error) {
	query := "SELECT type || ' ' || name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite%'"
	if r.postgres {
		query = `SELECT 'table ' || tablename, '' FROM pg_tables WHERE schemaname = current_schema()
			UNION ALL SELECT 'index ' || indexname, '' FROM pg_indexes WHERE schemaname = current_schema()
				AND NOT indexname LIKE '%\_pkey' AND NOT indexname LIKE '%\_key'`
	}
	schema := map[string]string{}
	err := r.each(query, nil, func(rows *sql.Rows) error {
		var name, text string
		err := rows.Scan(&name, &text)
		schema[name] = text
		return err
	})
	return schema, err
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// An owned is a column that refers to records of other tables without a foreign
// key.
type owned struct {
	table, column, where string
	owners               []string // nil for records of any noun
}

var ownedColumns = []owned{
	{"sort_names", "record_id", "", nil},
	{"search_words", "record_id", "", nil},
	{"absences", "stand_in_id", "stand_in_id <> 0", []string{"assignments"}},
	{"attestations", "posting_id", "posting_id <> 0", []string{"postings"}},
	{"snoozes", "posting_id", "posting_id <> 0", []string{"postings"}},
	{"claims", "posting_id", "posting_id <> 0", []string{"postings"}},
	{"sessions", "account_id", "account_id <> 0", []string{"accounts"}},
	{"links", "account_id", "account_id <> 0", []string{"accounts"}},
}

// Orphans returns, by table, how many rows belong to a record that does not
// exist; tables without such rows are left out.
func (s *Store) Orphans(ctx context.Context) (map[string]int64, error) {
	orphans := map[string]int64{}
	err := s.View(ctx, func(r Reader) error {
		for _, o := range ownedColumns {
			q := r.g.WithContext(r.ctx).Table(o.table)
			if o.where != "" {
				q = q.Where(o.where)
			}
			owners := o.owners
			if owners == nil {
				owners = nounTables()
			}
			for _, owner := range owners {
				q = q.Where(fmt.Sprintf("NOT EXISTS (SELECT 1 FROM %s WHERE id = %s.%s)", owner, o.table, o.column))
			}
			var n int64
			if err := q.Count(&n).Error; err != nil {
				return err
			}
			if n > 0 {
				orphans[o.table] = n
			}
		}
		return nil
	})
	return orphans, wrap("orphans", err)
}

// LastWrite returns the instant of the trail's last row, zero if it has none.
func (s *Store) LastWrite(ctx context.Context) (at time.Time, err error) {
	var text string
	err = s.View(ctx, func(r Reader) error {
		last, err := orNone(rowsOf[trail.Row](r.g).Order("id DESC").Limit(1).Take(r.ctx))
		text = last.At
		return err
	})
	if err == nil && text != "" {
		at, err = time.Parse(trail.Instants, text)
	}
	return at, wrap("last write", err)
}

// ServerClock returns the time on a PostgreSQL server, or on SQLite the
// program's own.
func (s *Store) ServerClock(ctx context.Context) (at time.Time, err error) {
	if !s.postgres {
		return s.now(), nil
	}
	err = s.View(ctx, func(r Reader) error {
		return r.each("SELECT clock_timestamp()", nil, func(rows *sql.Rows) error { return rows.Scan(&at) })
	})
	return at, wrap("clock", err)
}

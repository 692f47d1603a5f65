package db

import (
	"context"
	"database/sql"
	"reflect"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// tables are those that are derived from structs.
func tables() []*Table {
	all := []*Table{TableOf[models.Representation](), TableOf[models.Coverage](), TableOf[models.Suspension]()}
	for _, n := range nouns() {
		all = append(all, n.kept())
	}
	return all
}

// The structs and the migrations agree: no column is missing, and none is
// extra.
func TestTablesAreThoseOfTheDatabase(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		query := "SELECT name FROM pragma_table_info(?)"
		if s.postgres {
			query = "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?"
		}
		for _, table := range tables() {
			var there []string
			err := s.View(context.Background(), func(r Reader) error {
				return r.each(query, []any{table.Name}, func(rows *sql.Rows) error {
					var column string
					err := rows.Scan(&column)
					there = append(there, column)
					return err
				})
			})
			if want := slices.Sorted(slices.Values(table.columns)); err != nil || !slices.Equal(slices.Sorted(slices.Values(there)), want) {
				t.Errorf("%s has %v, %v, and its struct says %v", table.Name, there, err, want)
			}
		}
	})
}

// Package models derives the column names itself, to say to whom each field is
// told. They must be GORM's.
func TestColumnsAreCalledAsGORMDoes(t *testing.T) {
	t.Parallel()
	for _, record := range []any{models.Agency{}, models.Officer{}, models.Posting{}, models.Assignment{}, models.ContactPoint{}, models.Account{},
		models.Representation{}, models.Coverage{}, models.Suspension{}} {
		var columns []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(record)) {
			if !f.Anonymous && f.Tag.Get("gorm") != "-" {
				columns = append(columns, models.ColumnOf(f))
			}
		}
		kept, err := tableOf(record)
		if err != nil || !slices.Equal(columns, kept.columns) {
			t.Errorf("%T: %v in models, %v in db, %v", record, columns, kept, err)
		}
	}
}

func TestStructsThatCannotBeKept(t *testing.T) {
	t.Parallel()
	for want, record := range map[string]any{
		"Share: a float64 cannot be kept": struct {
			ID    int64
			Share float64
		}{},
		`Name: the tag told:"everybody" says nothing that is known`: struct {
			ID   int64
			Name string `told:"everybody"`
		}{},
		`Name: the tag told:"open,secret" says nothing that is known`: struct {
			ID   int64
			Name string `told:"open,secret"`
		}{},
		`Name: the tag as:"name,trimmed" says nothing that is known`: struct {
			ID   int64
			Name string `as:"name,trimmed"`
		}{},
	} {
		if _, err := tableOf(record); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

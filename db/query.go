package db

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A query is about rows of T's table. Each method gives another query and leaves the
// one that it was called on.
//
// It is the part of gorm.G that is used here, with the same results. The whole of that
// is compiled for each T anew, which was most of this package (docs/adr/0015).
type query[T any] struct {
	g   *gorm.DB
	ops []op
}

type op func(*gorm.DB) *gorm.DB

// rowsOf returns the query about all rows of T's table.
func rowsOf[T any](g *gorm.DB) query[T] { return query[T]{g: g} }

// upsert returns the query that creates a row of T's table, by the given clause if
// there is one already.
func upsert[T any](g *gorm.DB, conflict clause.OnConflict) query[T] {
	return query[T]{g, []op{func(g *gorm.DB) *gorm.DB { return g.Clauses(conflict) }}}
}

func with(ops []op, next op) []op { return append(slices.Clip(ops), next) }

// on returns the query for GORM.
func on(ctx context.Context, g *gorm.DB, ops []op) *gorm.DB {
	g = g.Session(&gorm.Session{NewDB: true, Context: ctx})
	for _, next := range ops {
		g = next(g)
	}
	return g
}

func (q query[T]) Table(name string) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Table(name) })}
}

func (q query[T]) Where(condition any, args ...any) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Where(condition, args...) })}
}

func (q query[T]) Select(columns string, more ...any) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Select(columns, more...) })}
}

func (q query[T]) Distinct(columns ...any) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Distinct(columns...) })}
}

func (q query[T]) Omit(columns ...string) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Omit(columns...) })}
}

func (q query[T]) Order(by string) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Order(by) })}
}

func (q query[T]) Limit(n int) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Limit(n) })}
}

func (q query[T]) Offset(n int) query[T] {
	return query[T]{q.g, with(q.ops, func(g *gorm.DB) *gorm.DB { return g.Offset(n) })}
}

// Find returns the rows.
func (q query[T]) Find(ctx context.Context) (all []T, err error) {
	err = on(ctx, q.g, q.ops).Find(&all).Error
	return all, err
}

// Take returns one row: gorm.ErrRecordNotFound if there is none.
func (q query[T]) Take(ctx context.Context) (one T, err error) {
	err = on(ctx, q.g, q.ops).Take(&one).Error
	return one, err
}

// Scan puts the rows into result, which is of another type than T.
func (q query[T]) Scan(ctx context.Context, result any) error {
	return on(ctx, q.g, q.ops).Model(new(T)).Find(result).Error
}

// Count returns how many rows there are.
func (q query[T]) Count(ctx context.Context) (n int64, err error) {
	err = on(ctx, q.g, q.ops).Model(new(T)).Count(&n).Error
	return n, err
}

// Create adds a row.
func (q query[T]) Create(ctx context.Context, row *T) error {
	return on(ctx, q.g, q.ops).Create(row).Error
}

// Update sets one column, and returns in how many rows.
func (q query[T]) Update(ctx context.Context, column string, value any) (int, error) {
	done := on(ctx, q.g, q.ops).Model(new(T)).Update(column, value)
	return int(done.RowsAffected), done.Error
}

// Updates sets the selected columns to those of to, and returns in how many rows.
func (q query[T]) Updates(ctx context.Context, to T) (int, error) {
	done := on(ctx, q.g, q.ops).Updates(to)
	return int(done.RowsAffected), done.Error
}

// Delete deletes the rows, and returns how many.
func (q query[T]) Delete(ctx context.Context) (int, error) {
	done := on(ctx, q.g, q.ops).Delete(new(T))
	return int(done.RowsAffected), done.Error
}

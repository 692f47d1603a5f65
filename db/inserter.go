// SQL by hand: hundreds of rows to a statement, prepared once.

package db

import "strings"

// An inserter gathers rows of one table and inserts them in batches.
type inserter struct {
	tx      *Tx
	table   string
	columns []string
	most    int // rows in one statement
	args    []any
	full    string // the statement for that many rows
}

// mostArgs bounds the arguments of one statement. Both databases take more;
// larger statements are no faster.
const mostArgs = 2000

func (tx *Tx) inserter(table string, columns []string) *inserter {
	return &inserter{tx: tx, table: table, columns: columns, most: mostArgs / len(columns)}
}

// add gathers one row, and inserts the batch if it is full.
func (in *inserter) add(values ...any) error {
	if in.args == nil {
		in.args = make([]any, 0, len(in.columns)*4)
	}
	in.args = append(in.args, values...)
	if len(in.args) < in.most*len(in.columns) {
		return nil
	}
	return in.flush()
}

// flush inserts the rows that have been gathered.
func (in *inserter) flush() (err error) {
	n := len(in.args) / len(in.columns)
	switch n {
	case 0:
		return nil
	case in.most:
		if in.full == "" {
			in.full = in.statement(n)
		}
		err = in.tx.execPrepared(in.full, in.args...)
	default:
		err = in.tx.exec(in.statement(n), in.args...)
	}
	clear(in.args)
	in.args = in.args[:0]
	return err
}

func (in *inserter) statement(n int) string {
	row := "(" + marks(len(in.columns)) + ")"
	return "INSERT INTO " + in.table + " (" + strings.Join(in.columns, ",") + ") VALUES " +
		strings.Repeat(row+",", n-1) + row
}

// marks returns n question marks, separated by commas.
func marks(n int) string { return strings.Repeat("?,", n-1) + "?" }

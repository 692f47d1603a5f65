//go:build !race

package dbtest

// raced says that the race detector looks on.
const raced = false

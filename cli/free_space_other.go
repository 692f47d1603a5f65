//go:build !linux && !darwin && !freebsd

package cli

func freeSpace(string) (bytes uint64, known bool) { return 0, false }

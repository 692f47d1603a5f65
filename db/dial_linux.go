package db

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// giveUpUnacked makes the system drop a connection when data it has sent stay
// unacknowledged for unackedTime. By default, Linux keeps resending for about a
// quarter of an hour.
func giveUpUnacked(_, _ string, c syscall.RawConn) error {
	var err error
	bad := c.Control(func(fd uintptr) {
		err = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(unackedTime.Milliseconds()))
	})
	if bad != nil {
		return bad
	}
	if err == unix.ENOPROTOOPT || err == unix.EOPNOTSUPP {
		return nil // not TCP
	}
	return err
}

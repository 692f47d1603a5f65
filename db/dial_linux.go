package db

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// giveUpUnacked has the system give a connection up when what was sent is not
// acknowledged for a time: without that, it is sent again for a quarter of an hour.
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

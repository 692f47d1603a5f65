package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	dialect "gorm.io/driver/postgres"
)

const (
	connectTime  = 3 * time.Second  // per host, unless the address says otherwise
	answerTime   = 3 * time.Second  // a connection that is silent for longer is given up and another one tried
	unackedTime  = 10 * time.Second // unacknowledged data for longer than this make the system drop a connection
	connLifetime = 30 * time.Minute
	connIdleTime = 5 * time.Minute
)

// servers opens connections to the hosts of an address: first to the one that
// took the last connection, then to the others in order. So once it has moved
// on to another host, it does not try the old one each time, nor return to it
// when that one wakes up.
type servers struct {
	hosts      []driver.Connector
	preferred  atomic.Int32
	generation atomic.Int64

	asking sync.Mutex // held while a host is asked whether it answers
	asked  int32      // the last host asked
	at     time.Time  // when it was asked
	silent bool       // whether it was silent
}

const generationKey = "samband.generation"

func newServers(address string) (*servers, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errors.New("cannot use the postgres:// address") // the error would quote the password
	}
	if config.ConnectTimeout == 0 || !strings.Contains(address, "connect_timeout") {
		config.ConnectTimeout = connectTime
	}
	dialer := &net.Dialer{Timeout: config.ConnectTimeout, Control: giveUpUnacked,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	config.DialFunc = dialer.DialContext
	// The program leaves no state on a connection between transactions, so a
	// pooler may give each of them another one.
	config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	if validate := config.ValidateConnect; validate != nil {
		config.ValidateConnect = func(ctx context.Context, c *pgconn.PgConn) error {
			err := validate(ctx, c)
			if err != nil && ctx.Err() == nil {
				err = fmt.Errorf("%w: %w", errReadOnly, err)
			}
			return err
		}
	}
	s := &servers{}
	for _, one := range perHost(config) {
		s.hosts = append(s.hosts, stdlib.GetConnector(*one, stdlib.OptionAfterConnect(s.mark),
			stdlib.OptionShouldPing(func(_ context.Context, p stdlib.ShouldPingParams) bool {
				return p.IdleDuration > time.Second && s.fresh(p.Conn)
			}),
			stdlib.OptionResetSession(func(_ context.Context, c *pgx.Conn) error {
				if !s.fresh(c) {
					return driver.ErrBadConn
				}
				return nil
			})))
	}
	return s, nil
}

// perHost returns one configuration for each host, which may itself have
// several ways to connect, with and without TLS.
func perHost(config *pgx.ConnConfig) (all []*pgx.ConnConfig) {
	ways := append([]*pgconn.FallbackConfig{{Host: config.Host, Port: config.Port, TLSConfig: config.TLSConfig}}, config.Fallbacks...)
	for i, w := range ways {
		if i > 0 && w.Host == ways[i-1].Host && w.Port == ways[i-1].Port {
			last := all[len(all)-1]
			last.Fallbacks = append(last.Fallbacks, w)
			continue
		}
		one := config.Copy()
		one.Host, one.Port, one.TLSConfig, one.Fallbacks = w.Host, w.Port, w.TLSConfig, nil
		all = append(all, one)
	}
	return all
}

// Connect opens a connection to the first host that accepts one.
func (s *servers) Connect(ctx context.Context) (driver.Conn, error) {
	var errs []error
	first := int(s.preferred.Load())
	for i := range s.hosts {
		host := (first + i) % len(s.hosts)
		conn, err := s.hosts[host].Connect(ctx)
		if err == nil {
			s.preferred.Store(int32(host))
			return conn, nil
		}
		errs = append(errs, err)
		if ctx.Err() != nil {
			if errors.Is(context.Cause(ctx), errSlow) {
				s.leave(int32(host))
			}
			break
		}
	}
	return nil, errors.Join(errs...)
}

// leave makes the next host the preferred one if host still is.
func (s *servers) leave(host int32) {
	s.preferred.CompareAndSwap(host, (host+1)%int32(len(s.hosts)))
}

// fallenSilent reports whether a host fails to take a connection in time. If
// so, the connections already open to it are of no use either, however long
// their statements may take, and are dropped. A refusal counts as an answer. A
// host that was asked just now is not asked again.
func (s *servers) fallenSilent(host int32) bool {
	s.asking.Lock()
	defer s.asking.Unlock()
	if s.asked == host && time.Since(s.at) < answerTime/2 {
		return s.silent
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	conn, err := s.hosts[host].Connect(ctx)
	if err == nil {
		conn.Close()
	}
	network, ok := errors.AsType[net.Error](err)
	s.asked, s.at, s.silent = host, time.Now(), ctx.Err() != nil || ok && network.Timeout()
	if s.silent {
		s.leave(host)
		s.drop()
	}
	return s.silent
}

func (s *servers) Driver() driver.Driver { return s.hosts[0].Driver() }

// mark records on a new connection which generation it belongs to: see drop.
func (s *servers) mark(_ context.Context, c *pgx.Conn) error {
	c.PgConn().CustomData()[generationKey] = s.generation.Load()
	return nil
}

func (s *servers) fresh(c *pgx.Conn) bool {
	return c.PgConn().CustomData()[generationKey] == s.generation.Load()
}

// drop makes all connections that are open now unfit for further use: when one
// is lost, the others probably are too.
func (s *servers) drop() {
	if s != nil {
		s.generation.Add(1)
	}
}

// openPostgres opens one pool for both reads and writes.
func (s *Store) openPostgres(address string) (err error) {
	if s.servers, err = newServers(address); err != nil {
		return err
	}
	pool := sql.OpenDB(s.servers)
	pool.SetMaxOpenConns(mostConnections)
	pool.SetMaxIdleConns(idleConnections)
	pool.SetConnMaxLifetime(connLifetime)
	pool.SetConnMaxIdleTime(connIdleTime)
	if s.write, err = openGORM(dialect.New(dialect.Config{Conn: pool})); err != nil {
		return errors.Join(err, pool.Close())
	}
	s.read = s.write
	return nil
}

// PlainHosts returns the hosts to which the connection may do without TLS, by the
// address and the variables of libpq: of an SQLite file, and of an address that
// cannot be read, none.
func PlainHosts(database string) (hosts []string) {
	if !OnPostgres(database) {
		return nil
	}
	config, err := pgx.ParseConfig(database)
	if err != nil {
		return nil
	}
	if config.TLSConfig == nil {
		hosts = append(hosts, config.Host)
	}
	for _, f := range config.Fallbacks {
		if f.TLSConfig == nil {
			hosts = append(hosts, f.Host)
		}
	}
	return hosts
}

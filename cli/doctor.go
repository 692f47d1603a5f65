package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"samband/db"
)

var doctorCommand = command{
	name: "doctor", summary: "look over the database, the machine and the settings, and say what to do",
	example: "samband doctor --database /srv/samband.db", run: doctor,
}

// A verdict is what doctor thinks of one thing.
type verdict int

const (
	fine    verdict = iota
	notice          // works, and deserves a look
	failing         // must be fixed
)

func (v verdict) String() string { return [...]string{"ok", "look", "FAIL"}[v] }

// A diagnosis says how something is, and what to do about it.
type diagnosis struct {
	verdict
	state, todo string
}

// A patient is what doctor looks at: the settings and, where it could be
// opened, the database.
type patient struct {
	*program
	store *db.Store
}

// examinations are all that doctor looks at, in order. Those that need the
// database are left out if it cannot be opened.
var examinations = []struct {
	about      string
	needsStore bool
	examine    func(context.Context, *patient) []diagnosis
}{
	{"settings", false, settingsExamined},
	{"file rights", false, rightsExamined},
	{"free space", false, spaceExamined},
	{"schema", true, schemaExamined},
	{"integrity", true, integrityExamined},
	{"orphans", true, orphansExamined},
	{"trail", true, trailExamined},
	{"clock", true, clockExamined},
}

// errUnwell is the error if doctor found something that must be fixed, which it
// has already printed.
var errUnwell = fmt.Errorf("%w: something must be mended", errExplained)

// doctor prints a line for each thing that it looks at. It fails if something
// must be fixed.
func doctor(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	who := &patient{program: p}
	worst := fine
	say := func(about string, found []diagnosis) {
		if len(found) == 0 {
			found = []diagnosis{{state: "good"}}
		}
		for _, d := range found {
			if fmt.Fprintf(p.out, "%-4s  %-12s %s\n", d.verdict, about, d.state); d.todo != "" {
				fmt.Fprintf(p.out, "%19s-> %s\n", "", d.todo)
			}
			worst = max(worst, d.verdict)
		}
	}
	store, err := db.Look(ctx, p.database)
	if err == nil {
		who.store = store
		defer store.Close()
	}
	say("database", openingExamined(p, err))
	for _, e := range examinations {
		if e.needsStore && who.store == nil {
			continue
		}
		say(e.about, e.examine(ctx, who))
	}
	if worst == failing {
		return errUnwell
	}
	return nil
}

// unknown is the diagnosis of what could not be looked at: a failure, since
// that is no good sign.
func unknown(err error) []diagnosis {
	return []diagnosis{{verdict: failing, state: "could not be looked at: " + err.Error(), todo: "mend what the message names, and run samband doctor again"}}
}

func openingExamined(p *program, err error) []diagnosis {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, db.ErrNotThere):
		return []diagnosis{{verdict: failing, state: err.Error(), todo: "give --database the right path; samband serve makes a new one, samband restore puts a copy back"}}
	case errors.Is(err, db.ErrOlder):
		return []diagnosis{{verdict: failing, state: err.Error(), todo: "samband backup it, then start samband serve once with this version"}}
	case errors.Is(err, db.ErrNewer):
		return []diagnosis{{verdict: failing, state: err.Error(), todo: "use the newer version of samband that wrote it"}}
	case errors.Is(err, db.ErrForeign):
		return []diagnosis{{verdict: failing, state: err.Error(), todo: "give --database the path of a database of Samband's"}}
	}
	todo := "if the file is damaged, samband restore a copy"
	if db.OnPostgres(p.database) {
		todo = "see that the server runs and lets this address and password in"
	}
	return []diagnosis{{verdict: failing, state: err.Error(), todo: todo}}
}

func schemaExamined(ctx context.Context, who *patient) []diagnosis {
	differs, err := who.store.SchemaDiffers(ctx)
	switch {
	case err != nil:
		return unknown(err)
	case differs != "":
		return []diagnosis{{verdict: failing, state: differs, todo: "somebody changed the tables by hand: take that back, or restore a copy"}}
	}
	return nil
}

func integrityExamined(ctx context.Context, who *patient) []diagnosis {
	if err := who.store.Sound(ctx); err != nil {
		return []diagnosis{{verdict: failing, state: err.Error(), todo: "end samband serve, and samband restore the newest copy that is good"}}
	}
	return nil
}

func orphansExamined(ctx context.Context, who *patient) (found []diagnosis) {
	orphans, err := who.store.Orphans(ctx)
	if err != nil {
		return unknown(err)
	}
	for table, n := range orphans {
		found = append(found, diagnosis{verdict: failing, state: fmt.Sprintf("%d rows of %s belong to records that are not there", n, table),
			todo: "rows were removed past the program: compare with samband audit verify, or restore a copy"})
	}
	slices.SortFunc(found, func(a, b diagnosis) int { return strings.Compare(a.state, b.state) })
	return found
}

func trailExamined(ctx context.Context, who *patient) []diagnosis {
	report, err := who.store.Verify(ctx, nil)
	switch {
	case err != nil:
		return unknown(err)
	case report.Err() != nil:
		return []diagnosis{{verdict: failing, state: report.Err().Error(),
			todo: "somebody changed the database past the program: keep this file for those who look into it, and restore a copy from before"}}
	}
	return []diagnosis{{state: fmt.Sprintf("whole, %d rows", report.Rows)}}
}

// mostSkew is how far apart two clocks may be.
const mostSkew = 5 * time.Second

func clockExamined(ctx context.Context, who *patient) []diagnosis {
	now := time.Now()
	last, err := who.store.LastWrite(ctx)
	if err != nil {
		return unknown(err)
	}
	server, err := who.store.ServerClock(ctx)
	if err != nil {
		return unknown(err)
	}
	const set = "set this machine's clock, and let it be kept by a time server"
	switch skew := server.Sub(now).Abs(); {
	case last.After(now.Add(mostSkew)):
		return []diagnosis{{verdict: failing, todo: set,
			state: fmt.Sprintf("it says %s, but the trail was last written at %s", now.UTC().Format(time.RFC3339), last.Format(time.RFC3339))}}
	case skew > mostSkew:
		return []diagnosis{{verdict: failing, state: fmt.Sprintf("it is %s apart from the database server's", skew.Round(time.Second)), todo: set}}
	}
	return []diagnosis{{state: fmt.Sprintf("%s, today is %s in %s", now.UTC().Format(time.RFC3339), who.todayOrNone(), who.timezone)}}
}

func (p *program) todayOrNone() string {
	today, err := p.today()
	if err != nil {
		return "unknown"
	}
	return today.String()
}

// rightsExamined checks that only their owner can read the files that hold
// secrets, that the database can be written, and that nobody else can replace
// it.
func rightsExamined(_ context.Context, who *patient) (found []diagnosis) {
	if runtime.GOOS == "windows" {
		return []diagnosis{{verdict: notice, state: "not looked at on this system", todo: "see that only the account of the service can read the database and the keys"}}
	}
	files := []string{who.tlsKey}
	if !db.OnPostgres(who.database) {
		files = append(files, who.database, who.database+"-wal")
	}
	for _, path := range files {
		info, err := os.Stat(path)
		if path == "" || errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return unknown(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			found = append(found, diagnosis{verdict: failing, state: fmt.Sprintf("%s is open to others (%s)", path, info.Mode().Perm()), todo: "chmod 600 " + path})
		}
		if f, err := os.OpenFile(path, os.O_RDWR, 0); err != nil && path != who.tlsKey {
			found = append(found, diagnosis{verdict: failing, state: err.Error(), todo: "give the account that runs samband the right to write the file"})
		} else if err == nil {
			f.Close()
		}
	}
	if folder := filepath.Dir(who.database); !db.OnPostgres(who.database) {
		if info, err := os.Stat(folder); err == nil && info.Mode().Perm()&0o022 != 0 && info.Mode()&os.ModeSticky == 0 {
			found = append(found, diagnosis{verdict: failing, state: fmt.Sprintf("others may put another file in the place of the database (%s is %s)", folder, info.Mode().Perm()), todo: "chmod go-w " + folder})
		}
	}
	return found
}

// leastFree is how many bytes should be free, on top of twice the size of the
// database: for its log, and for a copy.
const leastFree = 200 << 20

func spaceExamined(_ context.Context, who *patient) []diagnosis {
	if db.OnPostgres(who.database) {
		return []diagnosis{{state: "the database server's to watch"}}
	}
	free, known := freeSpace(filepath.Dir(who.database))
	if !known {
		return []diagnosis{{verdict: notice, state: "not known on this system", todo: "see that the disk has room for twice the database"}}
	}
	want := uint64(leastFree)
	if info, err := os.Stat(who.database); err == nil {
		want += 2 * uint64(info.Size())
	}
	state := fmt.Sprintf("%d MB free, %d MB wanted", free>>20, want>>20)
	if free < want {
		return []diagnosis{{verdict: failing, state: state, todo: "make room on the disk of the database"}}
	}
	return []diagnosis{{state: state}}
}

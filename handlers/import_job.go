package handlers

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"samband/db"
	"samband/db/interchange"
	"samband/models"
)

const (
	jobTime  = 10 * time.Minute // a preview or an import may take
	jobWait  = time.Second      // a page waits for one before it shows how far it is
	mostJobs = 8                // whose outcome is remembered
)

// A job is a preview, an import or a revert under way, which outlasts the request that
// began it, or what came of it. Its fields are read when it has ended.
type job struct {
	mu          sync.Mutex
	done, total int64

	key      string
	began    time.Time
	ended    chan struct{} // closed at the end
	report   interchange.Report
	draft    models.Draft
	reverted []db.Reverted
	by       int64 // the account that took something back, with its rights of then
	err      error
}

// jobs are the jobs of this process. Another process works out again what it is asked
// for: a preview keeps nothing.
type jobs struct {
	mu  sync.Mutex
	all []*job // the latest last
}

// find returns the job of a key, nil if there is none.
func (js *jobs) find(key string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.all {
		if j.key == key {
			return j
		}
	}
	return nil
}

// forget forgets a job that has ended.
func (js *jobs) forget(j *job) {
	js.mu.Lock()
	defer js.mu.Unlock()
	js.all = slices.DeleteFunc(js.all, func(o *job) bool { return o == j })
}

// start begins a job in place of an earlier one with its key that has ended. It returns
// the one that is under way, if there is one.
func (js *jobs) start(ctx context.Context, key string, work func(context.Context, *job)) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	for i, j := range js.all {
		if j.key == key {
			if !j.over() {
				return j
			}
			js.all = slices.Delete(js.all, i, i+1)
			break
		}
	}
	j := &job{key: key, began: time.Now(), ended: make(chan struct{})}
	js.all = append(js.all, j)
	for i := 0; len(js.all) > mostJobs && i < len(js.all); {
		if js.all[i].over() {
			js.all = slices.Delete(js.all, i, i+1)
		} else {
			i++
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), jobTime)
	go func() {
		defer cancel()
		defer close(j.ended)
		work(ctx, j)
	}()
	return j
}

func (j *job) over() bool {
	select {
	case <-j.ended:
		return true
	default:
		return false
	}
}

// wait reports whether the job ends while a page can wait for it.
func (j *job) wait(ctx context.Context) bool {
	late := time.NewTimer(jobWait)
	defer late.Stop()
	select {
	case <-j.ended:
		return true
	case <-late.C:
	case <-ctx.Done():
	}
	return j.over()
}

func (j *job) progress(done, total int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done, j.total = done, total
}

// percent returns how far the job is.
func (j *job) percent() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.total == 0 {
		return 0
	}
	return int(100 * j.done / j.total)
}

// importKey identifies what an import would do: the file, how its heads are read, which
// stale rows are taken, and for whom.
func importKey(kind string, im db.Import, take []string, actor db.Actor) string {
	take = slices.Compact(slices.Sorted(slices.Values(take)))
	return strings.Join(slices.Concat([]string{kind, im.ID, im.Hash, im.Noun, im.Columns, actor.Rights.String()}, take), "\x00")
}

// importOptions returns how a file is imported.
func (s *server) importOptions(im db.Import, take []string) interchange.Options {
	opts := interchange.Options{Noun: im.Noun, Columns: im.Chosen(), Called: s.site.ColumnCalled, Codes: s.site.CodeCalled, Changes: true, Take: map[string]bool{}}
	for _, of := range take {
		opts.Take[of] = true
	}
	return opts
}

// preview begins or finds the preview of a file.
func (s *server) preview(ctx context.Context, im db.Import, take []string, actor db.Actor) *job {
	key := importKey("preview", im, take, actor)
	if j := s.jobs.find(key); j != nil && j.over() && j.err == nil {
		if now, err := s.store.Revision(ctx); err == nil && now == j.report.Revision {
			return j
		}
	}
	return s.jobs.start(ctx, key, func(ctx context.Context, j *job) {
		give, err := s.turns.take(ctx)
		if err != nil {
			j.err = err
			return
		}
		defer give()
		opts := s.importOptions(im, take)
		opts.Progress = j.progress
		j.report, j.draft, err = interchange.Preview(ctx, s.store, actor, upload(im), opts)
		j.err = fileError(err)
	})
}

// carryOutImport begins the import of a file, at the revision of its preview.
func (s *server) carryOutImport(ctx context.Context, im db.Import, take []string, leave bool, revision int64, actor db.Actor) *job {
	return s.jobs.start(ctx, importKey("import", im, nil, actor), func(ctx context.Context, j *job) {
		opts := s.importOptions(im, take)
		opts.Progress, opts.LeaveRefused, opts.Revision = j.progress, leave, revision
		opts.Then = func(tx *db.Tx, r interchange.Report) error {
			total := r.Total()
			im.Added, im.Changed, im.LeftOut = total.New, total.Changed, total.Refused+total.Stale
			return tx.Applied(im, r.Begun)
		}
		var err error
		j.report, err = interchange.ImportUpload(ctx, s.store, actor, upload(im), opts)
		j.err = fileError(err)
	})
}

// revertImport begins to take an import back.
func (s *server) revertImport(ctx context.Context, im db.Import, actor db.Actor) *job {
	return s.jobs.start(ctx, "revert\x00"+im.ID, func(ctx context.Context, j *job) {
		j.by = actor.Account
		_, j.reverted, j.err = s.store.RevertImport(ctx, actor, im)
	})
}

func upload(im db.Import) interchange.Upload {
	return interchange.Upload{Name: im.Name, Content: bytes.NewReader(im.File), Size: im.Size}
}

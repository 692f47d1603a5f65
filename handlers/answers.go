package handlers

import (
	"sync"
	"weak"

	"samband/models"
	"samband/views"
)

// answers caches the answers given to programs, by the directory that they come
// from: programs ask the same questions again and again.
type answers struct {
	mu   sync.Mutex
	told map[weak.Pointer[models.Directory]]*told
	size int // of all answers, in bytes
}

// told holds the answers from one directory.
type told map[answerKey][]byte

type answerKey struct {
	models.Question
	views.AsOf
	lang string
}

const (
	// mostTold bounds the memory that answers take, in bytes.
	mostTold = 16 << 20
	// mostDirectories bounds how many directories have their answers, or their
	// standings, cached: each scope has its own directory.
	mostDirectories = 32
)

// of returns the answer to a question asked of a directory: the cached one, or
// else what tell returns, which is then cached. A full cache is emptied.
func (a *answers) of(d *models.Directory, key answerKey, tell func() []byte) []byte {
	from := weak.Make(d)
	a.mu.Lock()
	if known := a.told[from]; known != nil && (*known)[key] != nil {
		defer a.mu.Unlock()
		return (*known)[key]
	}
	a.mu.Unlock()
	answer := tell()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.told[from] == nil && len(a.told) >= mostDirectories || a.size+len(answer) > mostTold || a.told == nil {
		a.told, a.size = map[weak.Pointer[models.Directory]]*told{}, 0
	}
	if a.told[from] == nil {
		a.told[from] = &told{}
	}
	(*a.told[from])[key] = answer
	a.size += len(answer)
	return answer
}

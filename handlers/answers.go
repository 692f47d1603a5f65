package handlers

import (
	"sync"
	"weak"

	"samband/models"
	"samband/views"
)

// answers keeps what programs have just been told, by the directory that it was
// told from: the same question is asked again and again.
type answers struct {
	mu   sync.Mutex
	told map[weak.Pointer[models.Directory]]*told
	size int // bytes told
}

// told is what was told from one directory.
type told map[answerKey][]byte

type answerKey struct {
	models.Question
	views.AsOf
	lang string
}

const (
	// mostTold bounds the memory that answers take, in bytes.
	mostTold = 16 << 20
	// mostDirectories is from how many directories answers are kept: there is
	// one for each scope in which it is read.
	mostDirectories = 32
)

// of returns the answer to a question, from a directory: the one kept, or what
// tell makes.
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

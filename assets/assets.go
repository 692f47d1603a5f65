// Package assets holds the style, the script and the icon of the site, served
// under names that change with their content.
package assets

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed *.css *.js icon.svg
var files embed.FS

// types are given here because the machine's own tables may differ, and a
// browser that is told not to guess refuses a script of the wrong type.
var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// contents are the files by the name under which they are served; names maps
// plain names to those.
var contents, names = load()

func load() (contents map[string][]byte, names map[string]string) {
	contents, names = map[string][]byte{}, map[string]string{}
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are part of the program
	}
	for _, e := range entries {
		b, err := files.ReadFile(e.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(b)
		ext := path.Ext(e.Name())
		hashed := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		contents[hashed], names[e.Name()] = b, hashed
	}
	return contents, names
}

// URL returns the address of a file by its plain name.
func URL(name string) string { return "/assets/" + names[name] }

// Text returns what is in files, one after the other, for a page that has to carry them
// with it.
func Text(names ...string) string {
	var all strings.Builder
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			panic(err) // the files are part of the program
		}
		all.Write(b)
	}
	return all.String()
}

// Serve answers with the file that the end of the address names, for browsers
// to keep for good. It reports whether there is one.
func Serve(w http.ResponseWriter, r *http.Request) bool {
	name := path.Base(r.URL.Path)
	b, ok := contents[name]
	if !ok {
		return false
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("ETag", `W/"`+name+`"`) // a weak one: the same bytes may be sent compressed
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
	return true
}

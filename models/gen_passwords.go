//go:build ignore

// Gen_passwords writes passwords.txt, the passwords that are tried first, made
// from the list in the npm package @zxcvbn-ts/language-common, version 4.1.3,
// which comes under the MIT licence. Its argument is the folder that holds the
// package. To regenerate the file, in an empty folder outside this repository:
//
//	npm install @zxcvbn-ts/language-common@4.1.3
//
// and then, in this folder, with ZXCVBN set to the node_modules of that one:
//
//	go generate password.go
package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	shortest = 6       // in characters: shorter ones are parts of too many good passwords
	most     = 398_000 // bytes of all passwords with their line ends
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen_passwords: ")
	if len(os.Args) != 2 || os.Args[1] == "" {
		log.Fatal("give the folder that holds @zxcvbn-ts (go generate: set ZXCVBN to it)")
	}
	dir := os.DirFS(os.Args[1])
	var ranked []string // the most used first
	read(dir, "src/passwords.json", &ranked)
	list := chosen(ranked)
	out := preamble(dir, len(list)) + strings.Join(list, "\n") + "\n"
	if err := os.WriteFile("passwords.txt", []byte(out), 0o644); err != nil {
		log.Fatal(err)
	}
}

// chosen returns the first of ranked that are long enough, as many as fit, in
// lower case and sorted.
func chosen(ranked []string) []string {
	var list []string
	seen := map[string]bool{}
	size := 0
	for _, word := range ranked {
		word = strings.ToLower(word)
		switch {
		case seen[word] || utf8.RuneCountInString(word) < shortest:
			continue
		case strings.HasPrefix(word, "# ") || strings.ContainsAny(word, "\r\n"):
			log.Fatalf("%q cannot be told from a comment, or is no line", word)
		}
		if size += len(word) + 1; size > most {
			break
		}
		seen[word] = true
		list = append(list, word)
	}
	slices.Sort(list)
	return list
}

func preamble(dir fs.FS, count int) string {
	var pack struct{ Version, License string }
	read(dir, "package.json", &pack)
	if pack.License != "MIT" {
		log.Fatalf("the licence is %q instead of MIT: look at what it asks for", pack.License)
	}
	text := ""
	for line := range strings.Lines(fmt.Sprintf(about, pack.Version, count) + strings.TrimSpace(string(file(dir, "LICENSE.txt")))) {
		text += strings.TrimRight("# "+line, " \r\n") + "\n"
	}
	return text
}

const about = `Passwords that are tried first: made by gen_passwords.go, not by hand.
Source: zxcvbn-ts %s, npm package @zxcvbn-ts/language-common, src/passwords.json.
Taken: the %d most used ones of 6 characters or more, in lower case and sorted.
Lines that begin with # and a space, or are # alone, are not passwords.
Licence of the list: MIT, as follows.

`

func read(dir fs.FS, name string, to any) {
	if err := json.Unmarshal(file(dir, name), to); err != nil {
		log.Fatal(name, ": ", err)
	}
}

func file(dir fs.FS, name string) []byte {
	text, err := fs.ReadFile(dir, "@zxcvbn-ts/language-common/"+name)
	if err != nil {
		log.Fatal(err)
	}
	return text
}
